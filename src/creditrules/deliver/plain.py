"""Deliver: how wide text is on a terminal, and what of it may be shown there."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

# 210681 19900101 123X, also with the blanks people type; a run that is longer by a slip is hidden as well.
_CITIZEN_NUMBER = re.compile(r"\d{17,}[\dXxＸｘ]|\d{6}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ]")
# Controls (an escape would repaint the terminal) and marks that reorder what the reader sees.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]")
# What may stand alone on a line: a word, or a wide character with the marks that may not start a line.
_WIDE = r"\u2e80-\uffef"
_PIECES = re.compile(
    rf"[（《“〔(]*(?:[{_WIDE}]|[^\s{_WIDE}（《“〔，。；：、）》”？！〕]+)[，。；：、）》”？！〕,.;:)]*\s*|\s+|."
)
_FIRST, _LAST = 6, 4


def width(text: str) -> int:
    """Return how many cells a text takes: Chinese characters take two, combining marks none."""
    return sum(_cells(character) for character in text)


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def clean(text: str) -> str:
    """Replace what would steer the terminal, one character for one: a tab by a blank, the rest by U+FFFD."""
    return _UNSAFE.sub(lambda found: " " if found[0] in "\t\n\r" else "\ufffd", text)


def mask(text: str) -> str:
    """Hide citizen numbers: the first six and the last four digits stay, the width stays."""
    return _CITIZEN_NUMBER.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    places = [at for at, character in enumerate(found[0]) if character not in " -"]
    shown = {*places[:_FIRST], *places[-_LAST:]}
    return "".join(
        character if at in shown or character in " -" else ("＊" if _cells(character) == 2 else "*")
        for at, character in enumerate(found[0])
    )


def shown(text: str) -> str:
    """Make text of a document or a dossier fit to be shown: cleaned and masked, character for character."""
    return mask(clean(text))


def window(text: str, start: int, end: int, cells: int = 96) -> tuple[str, int, int]:
    """Cut a long line to the part around `start:end`; return it with the place of that part in it."""
    if width(text) <= cells:
        return text, start, end
    first = start
    while first > 0 and width(text[first - 1 : start]) <= cells // 3:
        first -= 1
    last = first
    while last < len(text) and width(text[first : last + 1]) <= cells:
        last += 1
    head, tail = ("…" if first else ""), ("…" if last < len(text) else "")
    moved = len(head) - first
    return head + text[first:last] + tail, start + moved, min(end, last) + moved


def breaks(text: str, cells: int) -> list[int]:
    """Return where to break a line so that no part is wider than *cells*.

    A break stands between words or between Chinese characters; closing marks never start a line.
    """
    offsets, used, at = [], 0, 0
    for piece in _PIECES.findall(text):
        needed = width(piece.rstrip())
        if used and used + needed > cells:
            offsets.append(at)
            used = 0
        if needed > cells:
            # A word wider than the line is cut where the line ends.
            for place, character in enumerate(piece.rstrip()):
                if used + _cells(character) > cells:
                    offsets.append(at + place)
                    used = 0
                used += _cells(character)
            used += width(piece) - needed
        else:
            used += width(piece)
        at += len(piece)
    return offsets


def wrapped(text: str, cells: int) -> list[str]:
    """Break text into lines by display width, see `breaks`."""
    places = [0, *breaks(text, cells), len(text)]
    return [text[start:end].rstrip() for start, end in itertools.pairwise(places)]
