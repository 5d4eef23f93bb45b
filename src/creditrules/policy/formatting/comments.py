"""Policy: give every comment of a file to what it stands by.

A comment on a line of its own belongs to what follows, unless it stands deeper than that: then it closes the
entries it is level with. One behind a value belongs to that value.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from attrs import define

from creditrules.policy.formatting.syntax import Collection, Item, Node, Scalar, Written

_COMMENT = re.compile(r"#[^\n]*")


@define
class _Placed:
    """An item of block style, and the block collections it stands in, from the outermost in."""

    item: Item
    chain: tuple[Collection, ...]


@define
class _Line:
    """An empty line, or a comment on a line of its own, and how far in it stands."""

    text: str
    indent: int


def give_out(written: Written) -> list[str]:
    """Put the comments and empty lines of a file into its items; return the lines above the first."""
    return _Giver(written).give()


class _Giver:
    def __init__(self, written: Written) -> None:
        self.text = written.text
        self.root = written.root
        self.gaps = zip(
            [0, *(end for _, end in written.places)],
            [*(start for start, _ in written.places), len(written.text)],
            strict=True,
        )
        self.placed = list(_placed(written.root, ()))
        self.starts = [placed.item.start for placed in self.placed]
        self.flows = list(_flows(written.root))
        self.flow_starts = [flow.start for flow in self.flows]
        self.ends = dict(_ends(written.root, None))
        self.above: list[str] = []

    def give(self) -> list[str]:
        """Go through the file from word to word."""
        for start, end in self.gaps:
            gap = self.text[start:end]
            if self._inside_flow(start, "#" in gap):
                continue
            begins_line = start == 0 or self.text[start - 1] == "\n"
            first, *lines = gap.split("\n")
            if begins_line:
                # The empty lines below a folded text are read as its end.
                ends_empty = self.text[:start].rstrip(" ").endswith("\n\n")
                lines = [*([""] if ends_empty else []), first, *lines]
            elif comment := _COMMENT.search(first):
                self._beside(comment[0].rstrip(), start)
            # What precedes the next word on its line is room and dashes.
            own = lines[:-1] if end < len(self.text) else lines
            self._own_lines([_line_of(line) for line in own if line.strip(" -") or not line.strip()], end)
        return self.above

    def _inside_flow(self, start: int, commented: bool) -> bool:
        at = bisect_left(self.flow_starts, start) - 1
        if at < 0 or not self.flows[at].start < start < self.flows[at].end:
            return False
        self.flows[at].has_comments = self.flows[at].has_comments or commented
        return True

    def _beside(self, comment: str, start: int) -> None:
        item, is_head = self.ends.get(start, (None, False))
        if item is None:
            self.above.append(comment)
        elif is_head:
            item.head = comment
        else:
            item.after = comment

    def _own_lines(self, lines: list[_Line], end: int) -> None:
        after = bisect_left(self.starts, end)
        following = self.placed[after] if after < len(self.placed) else None
        if following is None and not self.placed:
            self.above += [line.text for line in lines]
            return
        before = self.placed[after - 1].chain if after else ()
        chain = following.chain if following else ()
        closed = [one for one in before if not any(one is other for other in chain)]
        level = self._column(chain[-1].start) if chain else -1
        while lines and closed:
            first = next((n for n, line in enumerate(lines) if line.text), None)
            if first is None or lines[first].indent <= level:
                break
            # Entries that have ended further in than this comment stands take none any more.
            while len(closed) > 1 and self._column(closed[-1].start) > lines[first].indent:
                closed.pop()
            closed[-1].tail += [line.text for line in lines[: first + 1]]
            lines = lines[first + 1 :]
        if following is not None:
            following.item.before = [line.text for line in lines]

    def _column(self, place: int) -> int:
        return place - (self.text.rfind("\n", 0, place) + 1)


def _line_of(line: str) -> _Line:
    text = line.strip()
    # Behind a dash a comment speaks of the entry that begins there.
    indent = -1 if text.startswith("-") else len(line) - len(line.lstrip())
    return _Line(text.lstrip("- "), indent)


def _placed(node: Node, chain: tuple[Collection, ...]) -> Iterator[_Placed]:
    """Yield the items of block collections as they come; of two that begin together, the outer first."""
    if isinstance(node, Collection) and not node.is_flow:
        for item in node.items:
            yield _Placed(item, (*chain, node))
            yield from _placed(item.value, (*chain, node))


def _flows(node: Node) -> Iterator[Collection]:
    if isinstance(node, Collection):
        if node.is_flow:
            yield node
            return
        for item in node.items:
            yield from _flows(item.value)


def _ends(node: Node, owner: Item | None) -> Iterator[tuple[int, tuple[Item, bool]]]:
    """Yield where something ends that a comment may follow: the item, and whether its value stands below."""
    if owner is not None and (isinstance(node, Scalar) or node.is_flow):
        yield node.end, (owner, False)
    if isinstance(node, Collection) and not node.is_flow:
        if owner is not None and node.anchor:
            yield node.start + len(node.anchor), (owner, True)
        for item in node.items:
            if item.key is not None:
                yield item.key.end, (item, True)
            yield from _ends(item.value, item)
