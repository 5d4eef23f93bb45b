"""Policy: a YAML file as it is written: every value with its place and style, before comments are given out.

ruamel.yaml reads it, whose events keep the places and styles of everything; what a value means is no concern
here.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from attrs import define, field

from creditrules.errors import Finding, Span, UsageError


@define
class Scalar:
    """A single value as written, its anchor included; an alias is one too."""

    text: str
    start: int
    end: int
    style: str = ""

    @property
    def is_block(self) -> bool:
        """Whether it is written below its key, after `|` or `>`."""
        return self.style in ("|", ">")


@define(eq=False)
class Item:
    """One entry of a mapping (with a key) or of a list (without), and the comments that belong to it.

    `start` is where its first word stands. `before` are the lines above it, empty ones included; `head`
    follows its key where its value stands below, `after` its value. `breaks` says that it begins a line.
    """

    key: Scalar | None
    value: Node
    start: int
    before: list[str] = field(factory=list)
    head: str = ""
    after: str = ""
    breaks: bool = False


@define(eq=False)
class Collection:
    """A mapping or a list. `tail` are the lines between its last entry and its end.

    A flow collection with comments inside keeps the lines of `text` as they are.
    """

    is_mapping: bool
    items: list[Item]
    is_flow: bool
    anchor: str
    start: int
    end: int
    text: str = ""
    has_comments: bool = False
    tail: list[str] = field(factory=list)

    @property
    def is_block(self) -> bool:
        """Whether its entries stand below each other; an empty one never does."""
        return not self.is_flow


Node = Scalar | Collection


@define
class Written:
    """The tree of a file and the places of its words, in order: what lies between them may be a comment."""

    text: str
    root: Node
    places: list[tuple[int, int]]


def check_reader() -> None:
    """Say so when the package that reads YAML with its places is not installed.

    Raises:
        UsageError: CR579.
    """
    if find_spec("ruamel.yaml") is None:
        words = {"given": "fmt", "package": "ruamel.yaml", "extra": "policy"}
        raise UsageError([Finding("CR579", Span(""), words)])


def read_written(text: str) -> Written:
    """Read a text whose syntax is known to be sound.

    Raises:
        ValueError: it is written in a way that this reader does not know, such as with `?` before a key.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        reader = _Reader(text, YAML(typ="rt", pure=True).parse(text))
        root = reader.document()
    except YAMLError as error:
        raise ValueError(str(error)) from None
    return Written(text, root, sorted(reader.places))


class _Reader:
    """Builds the tree from events."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self.text = text
        self.events = events
        self.places: list[tuple[int, int]] = []

    def document(self) -> Node:
        """Return the one value of the file."""
        for event in self.events:
            if type(event).__name__ == "DocumentStartEvent":
                return self._node(next(self.events))
        raise ValueError("no document")

    def _node(self, event: Any) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        name = type(event).__name__
        if name in ("ScalarEvent", "AliasEvent"):
            self.places.append((start, end))
            return Scalar(self.text[start:end], start, end, getattr(event, "style", None) or "")
        if start < end:
            self.places.append((start, end))
        anchor = f"&{event.anchor}" if event.anchor else ""
        made = Collection(name == "MappingStartEvent", [], bool(event.flow_style), anchor, start, end)
        while not type(inner := next(self.events)).__name__.endswith("EndEvent"):
            made.items.append(self._item(inner, made.is_mapping))
        made.end = inner.end_mark.index
        if made.is_flow:
            if made.end > inner.start_mark.index:
                self.places.append((inner.start_mark.index, made.end))
            made.text = self.text[made.start : made.end]
            _mark_breaks(made, self.text)
        return made

    def _item(self, event: Any, keyed: bool) -> Item:
        node = self._node(event)
        if not keyed:
            return Item(None, node, _first(node))
        if not isinstance(node, Scalar) or self.text[: node.start].rstrip(" ")[-1:] == "?":
            raise ValueError("a key that is not a plain word")
        return Item(node, self._node(next(self.events)), node.start)


def _first(node: Node) -> int:
    """Return where the first word of a value stands."""
    is_plain = isinstance(node, Collection) and not node.is_flow and not node.anchor and node.items
    return node.items[0].start if is_plain and isinstance(node, Collection) else node.start


def _mark_breaks(made: Collection, text: str) -> None:
    end = made.start
    for item in made.items:
        item.breaks = "\n" in text[end : item.start]
        end = item.value.end
