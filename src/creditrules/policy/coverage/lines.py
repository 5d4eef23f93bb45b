"""Policy, coverage: the lines of a document, each with what of it examples exercise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from attrs import frozen

from creditrules.policy.coverage.model import Document, Item, Mark

# So many lines in a row in which nothing can be exercised are folded away.
FOLDED = 6


@frozen
class Line:
    """One line of a file. `items` are the things written on it; `within` is the measure it is a part of.

    `mark` is that of its own things, or else that of the measure (then `is_own` is false).
    """

    number: int
    text: str
    items: tuple[Item, ...] = ()
    within: Item | None = None

    @property
    def is_own(self) -> bool:
        """Whether something that can be exercised is written on this very line."""
        return any(item.mark is not Mark.IDLE for item in self.items)

    @property
    def mark(self) -> Mark:
        """How far what is written on the line, or the measure it belongs to, is exercised."""
        if self.is_own:
            return joined_mark(self.items)
        return self.within.mark if self.within is not None else Mark.IDLE

    @property
    def indent(self) -> int:
        """How many blanks the line begins with."""
        return len(self.text) - len(self.text.lstrip(" "))


def joined_mark(items: Iterable[Item]) -> Mark:
    """Return one mark for several things: covered or uncovered when all are, else partly."""
    marks = {item.mark for item in items} - {Mark.IDLE}
    if not marks:
        return Mark.IDLE
    return marks.pop() if len(marks) == 1 else Mark.PARTLY


def lines_of(text: str, document: Document) -> tuple[Line, ...]:
    """Return the lines of the file a document is written in, with the things that stand on each."""
    file = document.span.file if document.span is not None else ""
    written = text.splitlines()
    on: dict[int, list[Item]] = {}
    for item in document.items:
        if item.span is not None and item.span.file == file:
            on.setdefault(item.span.line, []).append(item)
    within = dict(_within(written, document.of("measure"), file))
    return tuple(
        Line(number, line, tuple(on.get(number, ())), within.get(number))
        for number, line in enumerate(written, 1)
    )


@frozen
class Run:
    """Lines that belong together; folded where there are many in which nothing can be exercised."""

    lines: tuple[Line, ...]

    @property
    def folded(self) -> bool:
        """Whether a page shows them only when asked."""
        return len(self.lines) >= FOLDED and all(line.mark is Mark.IDLE for line in self.lines)


def runs_of(lines: Iterable[Line]) -> tuple[Run, ...]:
    """Return lines in runs: those with nothing to exercise, and the others."""
    return tuple(Run(tuple(run)) for _, run in groupby(lines, key=lambda line: line.mark is Mark.IDLE))


def _within(written: Sequence[str], measures: Iterable[Item], file: str) -> Iterator[tuple[int, Item]]:
    """Yield the numbers of the lines of each measure: until something stands further left than its keys."""
    for item in measures:
        if item.span is None or item.span.file != file:
            continue
        first, column = item.span.line, item.span.column
        last = first
        for number in range(first + 1, len(written) + 1):
            line = written[number - 1]
            bare = line.strip()
            if not bare or bare.startswith("#"):
                continue
            if len(line) - len(line.lstrip(" ")) < column - 1:
                break
            last = number
        yield from ((number, item) for number in range(first, last + 1))
