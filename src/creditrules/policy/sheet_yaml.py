"""Policy: a file of examples as YAML that people read, characters and days as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creditrules.deliver.plain import width
from creditrules.load.example_docs import ExampleDoc
from creditrules.load.example_sheet_yaml import flow, scalar
from creditrules.policy.sheet_rows import tree_of

# A mapping or list that fits into this many cells stands on one line.
_LINE = 108
# What always has its own lines, however short it is.
_OPEN = frozenset(("cases", "timeline"))


def to_yaml(doc: ExampleDoc, comments: tuple[str, ...] = ()) -> str:
    """Return a file of examples as text; a dossier that several cases have of their own is written once."""
    return "\n".join((*(f"# {line}".rstrip() for line in comments), *_document(tree_of(doc)))) + "\n"


def case_lines(case: dict[str, Any], indent: int = 2) -> list[str]:
    """Return one case as the lines of an entry of `cases`."""
    return [" " * indent + line for line in _entry(case, indent)]


def _document(tree: dict[str, Any]) -> Iterator[str]:
    anchors = _Anchors(tree["cases"])
    for key, value in tree.items():
        if key == "cases":
            yield ""
            yield "cases:"
            for number, case in enumerate(value):
                if number:
                    yield ""
                yield from (f"  {line}" for line in _entry(anchors.marked(case), 2))
        else:
            if key == "given":
                yield ""
            yield from _pair(key, value, 0)


class _Marked:
    """A dossier with the name that it has in a file, or that name where the dossier was written before."""

    def __init__(self, name: str, value: Any) -> None:
        self.name = name
        self.value = value


class _Anchors:
    """Names for the dossiers that several cases have."""

    def __init__(self, cases: list[dict[str, Any]]) -> None:
        contents = [repr(case["given"]) for case in cases if _has_dossier(case)]
        again = list(dict.fromkeys(content for content in contents if contents.count(content) > 1))
        self.names = {content: f"dossier{n}" for n, content in enumerate(again, 1)}
        self.written: set[str] = set()

    def marked(self, case: dict[str, Any]) -> dict[str, Any]:
        """Return a case whose dossier bears its name."""
        name = self.names.get(repr(case["given"])) if _has_dossier(case) else None
        if name is None:
            return case
        value = None if name in self.written else case["given"]
        self.written.add(name)
        return {**case, "given": _Marked(name, value)}


def _has_dossier(case: dict[str, Any]) -> bool:
    return isinstance(case.get("given"), dict) and bool(case["given"])


def _entry(value: Any, indent: int) -> list[str]:
    """Return an entry of a list as lines, the first behind its dash."""
    if isinstance(value, dict) and value and not _fits(value, indent + 2):
        lines = [line for key, inner in value.items() for line in _pair(key, inner, indent + 2)]
    elif isinstance(value, list | tuple) and value and not _fits(value, indent + 2):
        lines = [line for inner in value for line in _entry(inner, indent + 2)]
    else:
        lines = [flow(value)]
    return [f"- {lines[0]}", *(f"  {line}" if line else line for line in lines[1:])]


def _pair(key: str, value: Any, indent: int) -> list[str]:
    """Return a key and its value as lines."""
    head = f"{scalar(key)}:"
    if isinstance(value, _Marked):
        if value.value is None:
            return [f"{head} *{value.name}"]
        return [f"{head} &{value.name}", *(f"  {line}" for line in _block(value.value, indent + 2))]
    if not isinstance(value, dict | list | tuple) or not value:
        return [f"{head} {flow(value)}"]
    if key not in _OPEN and _fits(value, indent + width(head) + 1):
        return [f"{head} {flow(value)}"]
    return [head, *(f"  {line}" for line in _block(value, indent + 2))]


def _block(value: Any, indent: int) -> list[str]:
    if isinstance(value, dict):
        return [line for key, inner in value.items() for line in _pair(key, inner, indent)]
    return [line for inner in value for line in _entry(inner, indent)]


def _fits(value: Any, indent: int) -> bool:
    """Say whether a value may stand on one line: it is short, and it has nothing long within."""
    if isinstance(value, dict) and any(
        isinstance(inner, _Marked) or key in _OPEN for key, inner in value.items()
    ):
        return False
    if isinstance(value, dict) and "name" in value and "expect" in value:
        return False
    return indent + width(flow(value)) <= _LINE
