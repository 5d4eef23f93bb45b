"""Load: the tree a YAML file is read into, in which every value and every key knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from creditrules.errors import Span

Scalar = str | bool | int | Decimal | date | None


class Source:
    """The file a tree was read from; `text` is kept to find lines and columns in, and to quote from."""

    __slots__ = ("_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._starts: list[int] | None = None

    def _lines(self) -> list[int]:
        """Return where each line begins; worked out once, and only for a file with findings."""
        if self._starts is None:
            ends = (found.end() for found in re.finditer("\n", self.text))
            self._starts = [0, *ends, len(self.text) + 1]
        return self._starts

    def span(self, start: int, end: int) -> Span:
        """Turn two character positions into a span; what runs over several lines ends with its first."""
        starts = self._lines()
        start = min(start, len(self.text))
        line = bisect_right(starts, start)
        stop = starts[line] - 1
        if end > stop:
            end = start + len(self.text[start:stop].rstrip())
        column = start - starts[line - 1] + 1
        return Span(self.file, line, column, column + max(end - start, 1))

    def line(self, number: int) -> str:
        """Return a line by its number, counted from 1."""
        starts = self._lines()
        if number >= len(starts):
            return ""
        return self.text[starts[number - 1] : starts[number] - 1].rstrip("\r")


class Node(NamedTuple):
    """One value of a document with its place; a mapping's and a list's values are nodes again.

    Places are character positions, first and behind the last; `keys` holds those of a mapping's keys. Spans
    are made only when asked for: a document has many nodes and few findings.
    """

    value: Any
    source: Source
    start: int
    end: int
    keys: Mapping[str, tuple[int, int]] | None = None

    @property
    def span(self) -> Span:
        """The place of the value; of a block mapping or list, the place of its first entry."""
        value = self.value
        if value and self.source.text[self.start : self.start + 1] not in ("{", "["):
            if isinstance(value, dict):
                first = next(iter((self.keys or {}).values()), (self.start, self.end))
                return self.source.span(*first)
            if isinstance(value, list):
                inner: Node = value[0]
                return inner.span
        return self.source.span(self.start, self.end)

    @property
    def key_spans(self) -> dict[str, Span]:
        """The place of each key of a mapping."""
        return {key: self.key_span(key) for key in self.keys or ()}

    def key_span(self, key: str) -> Span:
        """Return the place of one key, or of the mapping when it has no such key."""
        place = (self.keys or {}).get(key)
        return self.span if place is None else self.source.span(*place)


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
        if isinstance(value, list):
            if isinstance(name, int) and name < len(value):
                node = value[name]
        elif isinstance(value, dict) and name in value:
            node = value[name]
        # A step that leads nowhere is one that a shorthand in the document left out.
    return node


def locate(node: Node, path: Sequence[str | int]) -> Span:
    """Return the place of the deepest node that exists along a path."""
    return step(node, path).span
