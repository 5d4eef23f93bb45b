"""Deliver: where the labels of a timeline stand, so that none covers another and no leader crosses one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from creditrules.deliver.plain import breaks, shown, width
from creditrules.model.text import Text

SIZE, SMALL = 13.0, 10.5  # of the Chinese and the English line, in the units of the picture
LINE, SMALL_LINE, GAP = 17.0, 13.5, 8.0


@frozen
class Line:
    """One line of a label: its words, how big they are, and how far below the top their baseline is."""

    text: str
    size: float
    baseline: float
    style: str


@frozen
class Label:
    """A block of lines that hangs on a day; `top` is how far below the line it begins."""

    x: float
    lines: tuple[Line, ...]
    width: float
    height: float
    top: float = 0.0


def wide(text: str, size: float) -> float:
    """Return how wide a text is at most: a Chinese character takes its size, a Latin one six tenths."""
    return sum(size if width(c) == 2 else size * 0.6 * width(c) for c in text)


def folded(text: str, size: float, room: float) -> list[str]:
    """Break a text into lines that fit into *room*."""
    cells = max(2, int(room / (size * 0.6)))
    if wide(text, size) <= room:
        return [text]
    places = [0, *breaks(text, int(min(cells, room / size * 2))), len(text)]
    return [text[a:b].strip() for a, b in pairwise(places) if text[a:b].strip()]


def label(x: float, heading: str, texts: Sequence[tuple[Text, str]], room: float) -> Label:
    """Return a label: a heading, then each text in Chinese and, smaller, in English."""
    lines: list[Line] = []
    y = 0.0
    for at, (text, style) in enumerate([(Text(heading, heading), "day"), *texts]):
        both = [(text("zh"), SIZE, LINE, style)]
        if at and text("en") != text("zh"):
            both.append((text("en"), SMALL, SMALL_LINE, "en"))
        for words, size, step, kind in both:
            for piece in folded(shown(words), size, room):
                y += step
                lines.append(Line(piece, size, y - step * 0.25, kind))
    widest = max(wide(line.text, line.size) for line in lines)
    return Label(x, tuple(lines), widest, y + GAP)


def hung(labels: Sequence[Label]) -> list[Label]:
    """Put labels below each other; they must be given from left to right.

    A label stands to the right of its leader. Taken from the right, each goes below all those its own box
    would cover or whose leaders would run through it; so nothing overlaps and no leader crosses a label.
    """
    placed: list[Label] = []
    for item in reversed(labels):
        above = [p.top + p.height for p in placed if p.x < item.x + item.width + GAP]
        placed.append(evolve(item, top=max(above, default=0.0)))
    return placed[::-1]
