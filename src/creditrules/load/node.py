"""Load: the tree a YAML file is read into, in which every value and every key knows its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from creditrules.errors import Span

Scalar = str | bool | int | Decimal | date | None


class Mark(Protocol):
    """A place as the parser counts it: all three from 0, `index` and `column` in characters."""

    index: int
    line: int
    column: int


class Event(Protocol):
    """What a node keeps of the parser's event."""

    start_mark: Mark
    end_mark: Mark


class Source(NamedTuple):
    """The file a tree was read from; `text` is kept to quote lines from."""

    file: str
    text: str

    def span(self, start: Mark, end: Mark) -> Span:
        """Turn two marks into a span on one line; what runs over several lines ends with its first."""
        column = start.column + 1
        if end.line == start.line:
            width = end.column - start.column
        else:
            rest = self.text.find("\n", start.index)
            width = (rest if rest >= 0 else len(self.text)) - start.index
            width = len(self.text[start.index : start.index + width].rstrip())
        return Span(self.file, start.line + 1, column, column + max(width, 1))

    def line(self, number: int) -> str:
        """Return a line by its number, counted from 1."""
        lines = self.text.split("\n", number)
        return lines[number - 1].rstrip("\r") if number <= len(lines) else ""


class Node(NamedTuple):
    """One value of a document with its place; a mapping's and a list's values are nodes again.

    `keys` holds the event of each key of a mapping. Spans are made only when asked for: a document has
    many nodes and few findings.
    """

    value: Any
    source: Source
    start: Event
    end: Event
    keys: Mapping[str, Event] | None = None

    @property
    def span(self) -> Span:
        """The place of the value; of a block mapping or list, the place of its first entry."""
        value = self.value
        if isinstance(value, dict) and self.keys and self._is_block():
            first = next(iter(self.keys.values()))
            return self.source.span(first.start_mark, first.end_mark)
        if isinstance(value, list) and value and self._is_block():
            inner: Node = value[0]
            return inner.span
        return self.source.span(self.start.start_mark, self.end.end_mark)

    @property
    def key_spans(self) -> dict[str, Span]:
        """The place of each key of a mapping."""
        return {key: self.key_span(key) for key in self.keys or ()}

    def key_span(self, key: str) -> Span:
        """Return the place of one key, or of the mapping when it has no such key."""
        event = (self.keys or {}).get(key)
        return self.span if event is None else self.source.span(event.start_mark, event.end_mark)

    def _is_block(self) -> bool:
        mark = self.start.start_mark
        return self.source.text[mark.index : mark.index + 1] not in ("{", "[")


def plain(node: Node) -> Any:
    """Return the values of a tree without their places."""
    value = node.value
    if type(value) is dict:
        return {key: plain(inner) for key, inner in value.items()}
    if type(value) is list:
        return [plain(inner) for inner in value]
    return value


def step(node: Node, path: Sequence[str | int]) -> Node:
    """Return the deepest node that exists along a path."""
    for name in path:
        value = node.value
        if isinstance(value, dict) and name in value:
            node = value[name]
        elif isinstance(value, list) and isinstance(name, int) and name < len(value):
            node = value[name]
        # A step that leads nowhere is one that a shorthand in the document left out.
    return node


def locate(node: Node, path: Sequence[str | int]) -> Span:
    """Return the place of the deepest node that exists along a path."""
    return step(node, path).span
