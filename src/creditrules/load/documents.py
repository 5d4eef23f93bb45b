"""Load: a tree becomes a document of its kind, or findings with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from attrs import frozen
from pydantic import BaseModel, ValidationError

from creditrules.load.aliases import WORDS, in_english
from creditrules.load.doc_measures import MemorandumDoc
from creditrules.load.doc_notices import NoticeDoc
from creditrules.load.doc_rules import ManifestDoc, RulesDoc
from creditrules.load.doc_types import Doc
from creditrules.load.findings import Findings
from creditrules.load.node import Node, plain, step

# First key of a file → what kind of document it is.
KINDS: Mapping[str, type[Doc]] = {
    "catalogue": ManifestDoc,
    "memorandum": MemorandumDoc,
    "notice": NoticeDoc,
    **dict.fromkeys(RulesDoc.model_fields, RulesDoc),
}

# What pydantic calls a wrong type → what it should have been, in both languages.
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "tuple_type": ("a list", "列表"),
    "dict_type": ("a mapping", "映射（键: 值）"),
    "model_type": ("a mapping", "映射（键: 值）"),
    "model_attributes_type": ("a mapping", "映射（键: 值）"),
}


@frozen
class Read:
    """One document that was read: what it says, and the tree it was written as."""

    doc: Doc
    node: Node
    layer: int


def read_document(node: Node, layer: int, found: Findings) -> Read | None:
    """Turn a tree into the document it is, of the kind its first key names.

    Args:
        node: the tree of the file.
        layer: the number of the source it comes from, the lowest first.
        found: where findings go (CR105, CR113, CR120–CR129).
    """
    node = in_english(node, found)
    if not isinstance(node.value, dict) or not node.value:
        found.at("CR122", node, **_words("a mapping", "映射（键: 值）"))
        return None
    first = next(iter(node.value))
    kind = KINDS.get(first)
    if kind is None:
        found.at_key("CR127", node, first, key=first, known=", ".join(KINDS), **found.near(first, KINDS))
        return None
    try:
        return Read(kind.model_validate(plain(node)), node, layer)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        # A list of which every entry is wrong counts as empty too; that is no second mistake.
        inside = {problem["loc"][:n] for problem in problems for n in range(len(problem["loc"]))}
        for problem in problems:
            if problem["type"] != "too_short" or problem["loc"] not in inside:
                _translate(problem, kind, node, found)
    return None


def _translate(problem: Any, kind: type[BaseModel], node: Node, found: Findings) -> None:
    code, path = problem["type"], problem["loc"]
    if code == "extra_forbidden":
        key = str(path[-1])
        known = _fields_at(kind, path[:-1])
        words = {"key": key, "known": ", ".join(known), **found.near(key, known)}
        found.at_key("CR120", step(node, path[:-1]), key, **words)
    elif code == "missing":
        found.at("CR121", node, *path[:-1], key=str(path[-1]))
    elif code == "too_short":
        found.at("CR125", node, *path, what_en="list", what_zh="列表")
    elif code in _EXPECTED:
        found.at("CR122", node, *path, **_words(*_EXPECTED[code]))
    else:
        words = {name: str(word) for name, word in problem.get("ctx", {}).items()}
        words |= _suggestion(words, found)
        place = step(node, path)
        if code == "CR120":
            found.at_key(code, place, words["key"], **words)
        else:
            found.at(code, place, **words)


def _suggestion(words: Mapping[str, str], found: Findings) -> dict[str, str]:
    known = words.get("known", "").split(", ")
    names = (*known, *(chinese for chinese, word in WORDS.items() if word in known))
    return found.near(words.get("word") or words.get("key", ""), names)


def _words(expected_en: str, expected_zh: str) -> dict[str, str]:
    return {"expected_en": expected_en, "expected_zh": expected_zh, "hint_en": "", "hint_zh": ""}


def _fields_at(kind: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that the class at the end of a path of fields knows."""
    for name in path:
        field = next((f for key, f in kind.model_fields.items() if name in (key, f.alias)), None)
        # Numbers, names of entries and tags of alternatives stay inside the class already found.
        inner = _class_in(field.annotation, name) if field is not None else None
        kind = inner or kind
    return tuple(field.alias or key for key, field in kind.model_fields.items())


def _class_in(annotation: Any, name: str | int) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((c for part in get_args(annotation) if (c := _class_in(part, name)) is not None), None)
