"""Population: the values of one field as a few classes, between which no test of the rulebook can tell.

Class 0 is "not known". A fact compared with two amounts falls into five more: below, equal, between, equal,
above. What every test says of every class is worked out once; a million values then only need their class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from attrs import field, frozen

from creditrules.model.condition import Op, Test, Value, holds
from creditrules.model.time import Period
from creditrules.model.words import Truth
from creditrules.population.arrays import by_word
from creditrules.population.days import day_of

_FEW = 16
Classes = Any  # a numpy array of whole numbers: the class of each value


class _Other:
    """A word that no test names."""


_OTHER = _Other()


@frozen(eq=False)
class Coder:
    """The classes of one field: what each test says of each (`truths`), and how values fall into them.

    `words` are the words that have a class of their own, `points` the sorted numbers that are compared with.
    """

    kind: str
    size: int
    truths: dict[Test, Any]
    words: Mapping[Value, int] = field(factory=dict)
    points: Any = None

    def of_words(self, words: Sequence[Value | None]) -> Classes:
        """Return the classes of some words; None is not known."""
        return np.array([0 if word is None else self.words.get(word, 1) for word in words], np.int32)

    def of_column(self, column: pl.Series) -> Classes:
        """Return the classes of a column of values of the type of the field."""
        match self.kind:
            case "yes_no":
                if column.null_count():
                    return column.cast(pl.Int8).fill_null(-1).to_numpy() + 1
                return column.to_numpy().view(np.int8) + 1
            case "ordered":
                numbers = column.to_physical().cast(pl.Int64)
                if not numbers.null_count():
                    return self.of_numbers(numbers.to_numpy(), None)
                return self.of_numbers(numbers.fill_null(0).to_numpy(), ~numbers.is_null().to_numpy())
            case _:
                return by_word(column, self.of_words)

    def of_numbers(self, numbers: Any, known: Any) -> Classes:
        """Return the classes of numbers (or days), 0 for those that are not *known* (None: all are)."""
        if len(self.points) <= _FEW:
            # How many points lie below, and how many not above: quicker than looking for the place.
            classes = np.ones(len(numbers), np.int8)
            for point in self.points.tolist():
                classes += numbers >= point
                classes += numbers > point
            return classes if known is None else np.where(known, classes, 0)
        place = np.searchsorted(self.points, numbers)
        equal = np.zeros(len(numbers), bool)
        if len(self.points):
            equal = self.points[np.minimum(place, len(self.points) - 1)] == numbers
        classes = (2 * place + equal).astype(np.int32) + 1
        return classes if known is None else np.where(known, classes, 0)


def yes_no_coder(tests: Iterable[Test], on: date) -> Coder:
    """Return the classes of a yes or a no."""
    truths = {t: _truths([Truth.of(holds(v, t.op, t.value, on)) for v in (False, True)]) for t in tests}
    return Coder("yes_no", 3, truths)


def word_coder(tests: Iterable[Test], on: date) -> Coder:
    """Return the classes of words: each one that a test names, and all others."""
    named: dict[Value, int] = {}
    for test in tests:
        for value in _values(test):
            named.setdefault(value, len(named) + 2)
    each = (_OTHER, *named)
    truths = {t: _truths([Truth.of(holds(v, t.op, t.value, on)) for v in each]) for t in tests}
    return Coder("words", len(each) + 1, truths, named)


def ordered_coder(tests: Iterable[Test], on: date) -> Coder:
    """Return the classes of numbers or days: those compared with, and the spans between them."""
    tests = tuple(tests)
    points = sorted({point for test in tests for point in _points(test, on)})
    place = {point: 2 * n + 1 for n, point in enumerate(points)}
    spans = np.arange(2 * len(points) + 1)
    truths = {}
    for test in tests:
        passes = _passes(test, on, place, spans)
        truths[test] = np.concatenate([[Truth.UNKNOWN], np.where(passes, 2, 0)]).astype(np.uint8)
    return Coder("ordered", len(spans) + 1, truths, points=np.array(points, np.int64))


def _passes(test: Test, on: date, place: dict[int, int], spans: Any) -> Any:
    points = [place[point] for point in _points(test, on)]
    match test.op:
        case Op.IS | Op.IN:
            return np.isin(spans, points)
        case Op.AT_LEAST | Op.NOT_OLDER:
            return spans >= points[0]
        case Op.AT_MOST:
            return spans <= points[0]
        case Op.MORE_THAN:
            return spans > points[0]
        case Op.LESS_THAN:
            return spans < points[0]
        case Op.WITHIN:
            return (spans >= points[0]) & (spans <= points[1])
        case Op.EXISTS:
            return np.ones(len(spans), bool)


def _points(test: Test, on: date) -> list[int]:
    """Return the numbers a test compares with."""
    value = test.value
    if isinstance(value, Period):
        first = day_of(value.before(on))
        return [first, day_of(on)] if test.op is Op.WITHIN else [first]
    return [day_of(v) if isinstance(v, date) else int(v) for v in _values(test)]


def _values(test: Test) -> tuple[Any, ...]:
    if test.op is Op.EXISTS:
        return ()
    return test.value if isinstance(test.value, tuple) else (test.value,)


def _truths(known: list[Truth]) -> Any:
    return np.array([Truth.UNKNOWN, *known], np.uint8)
