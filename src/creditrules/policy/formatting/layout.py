"""Policy: lay a tree out: two spaces a level, dashes indented, one blank line at most between entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from creditrules.deliver.plain import width
from creditrules.load.shapes import Shape
from creditrules.policy.formatting.order import Grammar
from creditrules.policy.formatting.scalars import key_text, value_text
from creditrules.policy.formatting.syntax import Collection, Item, Node, Scalar

# A short part stands on one line up to here, and a list broken by its author is joined again.
WIDTH = 72
_STEP = 2
# A line that goes on in the next one; other kinds of room belong to what is written.
_FOLD = re.compile(r"[ \t]*\n[ \t]*")
_BRACKETS = re.compile(r"[,\[\]{}]")
_HEADER = re.compile(r"([|>])([^\n]*)\n?")


class Layout:
    """Lays out one document; `reorders` says whether keys are put into the order of their part."""

    def __init__(self, grammar: Grammar, *, reorders: bool = True) -> None:
        self.grammar = grammar
        self.reorders = reorders

    def lines(self, root: Node, above: Sequence[str]) -> list[str]:
        """Return the lines of a whole document."""
        if isinstance(root, Scalar) or root.is_flow:
            return [*_quiet(above), self._inline(root, self.grammar.root, 0)]
        body = self._block(root, self.grammar.root, 0)
        return _quiet([*above, *body])

    def _block(self, node: Collection, shape: Shape, indent: int) -> list[str]:
        lines: list[str] = []
        for item in self._ordered(node, shape):
            own = self._item(item, shape, indent)
            before = item.before if lines else _without_leading(item.before)
            lines += [*(_at(line, indent) for line in before), *own]
        return lines + [_at(line, indent) for line in node.tail]

    def _ordered(self, node: Collection, shape: Shape) -> list[Item]:
        if not node.is_mapping or not self.reorders:
            return node.items
        ranks = {id(item): self.grammar.rank(shape, key_text(item.key)) for item in node.items if item.key}
        if None in ranks.values():
            return node.items
        return sorted(node.items, key=lambda item: ranks[id(item)] or 0)

    def _item(self, item: Item, shape: Shape, indent: int) -> list[str]:
        """Return the lines of one entry of a block collection."""
        name = None if item.key is None else key_text(item.key)
        inner = self.grammar.inner(shape, name)
        start = " " * indent + ("-" if item.key is None else f"{value_text(item.key)}:")
        value = item.value
        if isinstance(value, Scalar) and value.is_block:
            return _folded(start, value, indent + _STEP)
        if isinstance(value, Collection) and value.is_block:
            short = self._shortened(item, inner, start)
            return [short] if short is not None else self._below(item, value, inner, start, indent)
        room = indent + (_STEP if item.key is not None else 2 * _STEP)
        said = self._inline(value, inner, len(start) + 1, indent=room)
        comments = [comment for comment in (item.head, item.after) if comment]
        return " ".join(part for part in (start, said, *comments) if part).split("\n")

    def _below(self, item: Item, value: Collection, shape: Shape, start: str, indent: int) -> list[str]:
        """Return an entry whose value stands below its key, or begins behind its dash."""
        lines = self._block(value, shape, indent + _STEP)
        marks = [mark for mark in (value.anchor, item.head) if mark]
        if item.key is not None or marks:
            return [" ".join((start, *marks)), *lines]
        # A dash stands before the first entry, and the comments of that entry above the dash.
        first = next(n for n, line in enumerate(lines) if line.strip() and not line.strip().startswith("#"))
        above = [_at(line.strip(), indent) for line in lines[:first]]
        return [*above, f"{start} {lines[first].strip()}", *lines[first + 1 :]]

    def _shortened(self, item: Item, shape: Shape, start: str) -> str | None:
        """Return a short part on one line, when it has no comments and fits there."""
        value = item.value
        assert isinstance(value, Collection)
        if item.key is None or not value.is_mapping or not self.grammar.is_short(shape):
            return None
        if value.anchor or value.tail or item.head:
            return None
        for inner in value.items:
            node = inner.value
            if not isinstance(node, Scalar) or any((*inner.before, inner.head, inner.after)):
                return None
            if node.is_block or "\n" in node.text or not node.text:
                return None
            # Commas and brackets are words outside brackets, and would be marks inside them.
            if not node.style and _BRACKETS.search(node.text):
                return None
        line = f"{start} {self._inline(value, shape, 0)}"
        return line if width(line) <= WIDTH and "\n" not in line else None

    def _inline(self, node: Node, shape: Shape, column: int, indent: int = 0) -> str:
        """Return a value that begins on the line of its key, at a column."""
        if isinstance(node, Scalar):
            text = value_text(node)
            first, *rest = text.split("\n")
            return "\n".join([first, *(_at(line.strip(" \t"), indent) for line in rest)])
        if node.has_comments or (node.text and node.text[-1:] not in ("}", "]")):
            return _kept(node, column)
        anchor = f"{node.anchor} " if node.anchor else ""
        one = anchor + self._flow(node, shape, column + len(anchor), None)
        if not any(item.breaks for item in _all_items(node)) or width(one) + column <= WIDTH:
            return one
        return anchor + self._flow(node, shape, column + len(anchor), indent)

    def _flow(self, node: Collection, shape: Shape, column: int, hang: int | None) -> str:
        """Return a flow collection; broken where its author broke it when *hang* says how far to hang it in.

        What begins behind the bracket is aligned with its first entry, what begins below it hangs.
        """
        marks = "{}" if node.is_mapping else "[]"
        text = marks[0]
        items = self._ordered(node, shape)
        below = bool(node.items) and node.items[0].breaks
        margin = column + 1 if hang is None or not below else hang
        for n, item in enumerate(items):
            breaks = hang is not None and (item.breaks if n else below)
            text += "," if n else ""
            text += "\n" + " " * margin if breaks else " " if n else ""
            at = column + len(text) if "\n" not in text else len(text) - text.rfind("\n") - 1
            text += self._flow_item(item, shape, at, hang)
        return text + marks[1]

    def _flow_item(self, item: Item, shape: Shape, column: int, hang: int | None) -> str:
        name = None if item.key is None else key_text(item.key)
        inner = self.grammar.inner(shape, name)
        start = "" if item.key is None else f"{value_text(item.key)}: "
        node = item.value
        if isinstance(node, Scalar):
            # Nothing between a colon and a comma means null, and is easily overlooked.
            return start + (_FOLD.sub(" ", value_text(node)) or "null")
        anchor = f"{node.anchor} " if node.anchor else ""
        if node.text[-1:] not in ("}", "]"):
            return start + _FOLD.sub(" ", node.text)
        return start + anchor + self._flow(node, inner, column + len(start) + len(anchor), hang)


def _all_items(node: Collection) -> list[Item]:
    found = list(node.items)
    for item in node.items:
        if isinstance(item.value, Collection):
            found += _all_items(item.value)
    return found


def _kept(node: Collection, column: int) -> str:
    """Return a flow collection line by line as it is, moved to where it begins now."""
    first, *rest = node.text.split("\n")
    room = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first.rstrip(), *(_at(line[room:].rstrip(), column + 1) for line in rest)])


def _folded(start: str, value: Scalar, indent: int) -> list[str]:
    """Return a text below its key, its lines moved to where they belong now."""
    found = _HEADER.match(value.text[_anchor_end(value.text) :])
    assert found is not None
    anchor = value.text[: _anchor_end(value.text)]
    header = found[1] + re.sub(r"[0-9]", "", found[2], count=1).rstrip()
    body = value.text[len(anchor) + found.end() :].split("\n")
    keeps = "+" in header.partition("#")[0]
    while body and not body[-1].strip() and not keeps:
        body.pop()
    if keeps and body and not body[-1]:
        body.pop()
    filled = [line for line in body if line.strip()]
    given = re.search(r"[0-9]", found[2].partition("#")[0])
    room = min((len(line) - len(line.lstrip(" ")) for line in filled), default=0)
    if given or (filled and filled[0].startswith(" " * (room + 1))):
        raise ValueError("a text that begins with room of its own")
    return [f"{start} {anchor}{header}", *(_at(line[room:], indent) if line.strip() else "" for line in body)]


def _anchor_end(text: str) -> int:
    found = re.match(r"&\S+\s+", text)
    return found.end() if found else 0


def _at(line: str, indent: int) -> str:
    return " " * indent + line if line else ""


def _without_leading(lines: Sequence[str]) -> list[str]:
    first = next((n for n, line in enumerate(lines) if line), len(lines))
    return list(lines[first:])


def _quiet(lines: Sequence[str]) -> list[str]:
    """Return lines without those at the ends that are empty, and never two empty ones in a row."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
