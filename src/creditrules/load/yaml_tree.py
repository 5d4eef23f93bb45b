"""Load: build a tree from libyaml's events in one pass, refusing what documents have no use for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from creditrules.errors import Span
from creditrules.load.findings import Findings
from creditrules.load.limits import Limits
from creditrules.load.node import Node, Source
from creditrules.load.scalars import TYPED, Unreadable, resolve

# Control characters, separators that some tools take for line ends, half characters, what has no width, and
# marks that make text read in another order than it is stored.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def name_of(character: str) -> str:
    """Name a character by its number, as it may not show."""
    return f"U+{ord(character):04X}"


class _Stop(Exception):
    """The file has a finding after which reading on would be unsafe."""


def _place(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


class _Frame:
    """A mapping or list whose end has not come yet; `key` is the key that waits for its value."""

    __slots__ = ("before", "height", "key", "keys", "start", "value")

    def __init__(self, start: Any, value: Any, keys: dict[str, tuple[int, int]] | None, before: int) -> None:
        self.start = start
        self.value = value
        self.keys = keys
        self.key: str | None = None
        self.height = 1
        self.before = before


class TreeReader:
    """Builds the tree of one text in one pass over its events."""

    def __init__(self, source: Source, limits: Limits, found: Findings) -> None:
        self.source = source
        self.limits = limits
        self.found = found
        self.frames: list[_Frame] = []
        self.root: Node | None = None
        # The tree, the number of nodes and the height of every anchored value that is complete.
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.nodes = 0
        self.documents = 0

    def read(self) -> Node | None:
        """Return the root; None when there is none or reading had to stop."""
        next_event: Callable[[], Any] = yaml.CSafeLoader(self.source.text).get_event
        handlers: dict[type, Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start,
            SequenceStartEvent: self._start,
            MappingEndEvent: self._end,
            SequenceEndEvent: self._end,
            AliasEvent: self._alias,
            DocumentStartEvent: self._document,
        }
        try:
            while (event := next_event()) is not None and type(event) is not StreamEndEvent:
                handler = handlers.get(type(event))
                if handler is not None:
                    handler(event)
        except _Stop:
            return None
        if self.root is None or self.root.value is None:
            if not self.found:
                self.found.on("CR111", self.source, Span(self.source.file))
            return None
        return self.root

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._report("CR110", event)
            raise _Stop

    def _scalar(self, event: Any) -> None:
        text = event.value
        if event.tag is not None:
            self._report("CR106", event, tag=event.tag)
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.keys is not None and frame.key is None:
            self._key(frame, event, text)
            return
        value: Any = text
        if event.implicit[0]:
            if not text or text[0] in TYPED:
                value = self._resolved(event, text)
        elif event.style == '"' and HIDDEN.search(text):
            self._report("CR112", event, character=name_of(HIDDEN.findall(text)[0]))
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self._count(0, event)
        node = Node(value, self.source, event.start_mark.index, event.end_mark.index)
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, 1, 0)
        self._attach(node)

    def _resolved(self, event: Any, text: str) -> Any:
        try:
            return resolve(text)
        except Unreadable as unreadable:
            self._report(unreadable.code, event, text=text if len(text) < 60 else text[:57] + "…")
            return text

    def _key(self, frame: _Frame, event: Any, text: str) -> None:
        keys = frame.keys
        assert keys is not None
        if event.anchor is not None:
            self.anchors[event.anchor] = (Node(text, self.source, *_place(event)), 1, 0)
        if event.implicit[0]:
            if text == "<<":
                self._report("CR108", event)
            elif (not text or text[0] in TYPED) and not isinstance(self._resolved(event, text), str):
                self._report("CR109", event, key=text)
        if text in keys:
            self._report("CR105", event, self.source.span(*keys[text]), key=text)
        else:
            keys[text] = _place(event)
        frame.key = text

    def _start(self, event: Any) -> None:
        if event.tag is not None:
            self._report("CR106", event, tag=event.tag)
        if len(self.frames) >= self.limits.depth:
            self._report("CR103", event, limit=str(self.limits.depth))
            raise _Stop
        is_mapping = type(event) is MappingStartEvent
        self.frames.append(_Frame(event, {} if is_mapping else [], {} if is_mapping else None, self.nodes))
        self._count(1, event)

    def _end(self, event: Any) -> None:
        frame = self.frames.pop()
        node = Node(frame.value, self.source, frame.start.start_mark.index, event.end_mark.index, frame.keys)
        if frame.start.anchor is not None:
            self.anchors[frame.start.anchor] = (node, self.nodes - frame.before, frame.height)
        if self.frames and self.frames[-1].height <= frame.height:
            self.frames[-1].height = frame.height + 1
        self._attach(node)

    def _alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        if known is None:
            self._report("CR107", event, alias=event.anchor)
            raise _Stop
        frame = self.frames[-1] if self.frames else None
        if frame is not None and frame.keys is not None and frame.key is None:
            self._report("CR109", event, key=f"*{event.anchor}")
            frame.key = ""
            return
        node, size, height = known
        if len(self.frames) + height > self.limits.depth:
            self._report("CR103", event, limit=str(self.limits.depth))
            raise _Stop
        self._count(size, event)
        if self.frames and self.frames[-1].height <= height:
            self.frames[-1].height = height + 1
        self._attach(node)

    def _count(self, more: int, event: Any) -> None:
        self.nodes += more
        if self.nodes > self.limits.nodes:
            self._report("CR116", event, limit=str(self.limits.nodes))
            raise _Stop

    def _attach(self, node: Node) -> None:
        if not self.frames:
            self.root = node
            return
        frame = self.frames[-1]
        if frame.keys is None:
            frame.value.append(node)
        elif frame.key is None:
            # A whole mapping or list stood where a key was expected.
            self.found.at("CR109", node, key="…")
            frame.key = ""
        else:
            frame.value[frame.key] = node
            frame.key = None

    def _report(self, code: str, event: Any, *related: Span, **words: str) -> None:
        span = self.source.span(*_place(event))
        self.found.on(code, self.source, span, words, related=related)
