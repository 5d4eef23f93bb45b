"""Policy: fill a skeleton: comments in one language, values quoted as YAML needs it, laid out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from creditrules.load.scalars import TYPED, Unreadable, resolve
from creditrules.policy.formatting.documents import formatted
from creditrules.policy.schema.files import modeline

# A value; None leaves out the line it stands on. `Written` is YAML already.
Value = str | int | None
_COMMENT = re.compile(r"^( *)# (zh|en): (.*)$")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_MARKS = re.compile(r"[,\[\]{}#&*!|>%@`\"':]|^[-?\s]|\s$")


class Written(str):
    """A piece of YAML that is put in as it is; its lines take the indentation of their place."""

    __slots__ = ()


def skeleton(name: str, lang: str, values: Mapping[str, Value], schema: str | None = None) -> str:
    """Return a skeleton as a document, laid out; *schema* is where its schema lies.

    Values that are None leave out their lines, words and numbers are quoted where YAML needs it.
    """
    head = [modeline(schema)] if schema else []
    text = "\n".join([*head, filled(name, lang, values)])
    return formatted(text.encode("utf-8"), name)


def filled(name: str, lang: str, values: Mapping[str, Value]) -> str:
    """Return a skeleton with its comments in one language and its places filled."""
    page = Path(__file__).parents[2] / "texts" / "skeletons" / f"{name}.yaml"
    lines: list[str] = []
    for line in page.read_text("utf-8").splitlines():
        comment = _COMMENT.match(line)
        if comment is not None:
            if comment[2] == lang:
                lines.append(f"{comment[1]}# {comment[3]}")
            continue
        lines += _filled(line, values)
    return "\n".join(lines) + "\n"


def _filled(line: str, values: Mapping[str, Value]) -> Sequence[str]:
    names = [name for name in _PLACE.findall(line) if name in values]
    if any(values[name] is None for name in names):
        return ()
    if len(names) == 1 and line.strip() == f"{{{names[0]}}}" and "\n" in str(values[names[0]]):
        indent = line[: len(line) - len(line.lstrip())]
        return [indent + inner if inner else "" for inner in str(values[names[0]]).splitlines()]
    for name in names:
        line = line.replace(f"{{{name}}}", quoted(values[name]))
    return [line]


def quoted(value: Value) -> str:
    """Return a value as YAML writes it, in quotes where it would be taken for something else."""
    if isinstance(value, Written | int):
        return str(value)
    text = str(value)
    if not text or _MARKS.search(text) or not text.isprintable() or _is_typed(text):
        return json.dumps(text, ensure_ascii=False)
    return text


def _is_typed(text: str) -> bool:
    if text[0] not in TYPED:
        return text.lower() in ("y", "yes", "no", "on", "off")
    try:
        return not isinstance(resolve(text), str) or text.lower() in ("n", "no")
    except Unreadable:
        return True


def both(zh: str, en: str) -> Written:
    """Return a text in both languages, or in one, as YAML."""
    parts = [f"{lang}: {quoted(text)}" for lang, text in (("zh", zh), ("en", en)) if text]
    return Written(f"{{{', '.join(parts)}}}")
