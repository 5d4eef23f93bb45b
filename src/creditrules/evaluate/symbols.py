"""Evaluate: values as small whole numbers, so that durable-rules never sees a text, a boolean or a fraction.

A column is one field as the tests of a rulebook look at it. Texts go through a table of the texts in those
tests (every other text is one and the same symbol), dates are day numbers, yes and no are 1 and 0, money and
numbers stay what they are within ±2**53. Unknown is no code of any column: it lies outside `DOMAIN`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from attrs import frozen

from creditrules.evaluate.normal_form import Allowed, Run, join
from creditrules.model.condition import Op, Test, Value
from creditrules.model.time import Period

# Whole numbers within 2**53 survive every representation durable-rules (or JSON) might use; see defect 14.
DOMAIN: Run = (-(2**53), 2**53)
UNKNOWN_BELOW, UNKNOWN_ABOVE = DOMAIN[0] - 1, DOMAIN[1] + 1
ORDERINGS = frozenset({Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN})

Encode = Callable[[Any], int]


class Unfit(Exception):
    """A value or a test cannot be turned into codes: the finding's code and its words."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@frozen
class Column:
    """One field of a row as its tests see it: where it stands, the range of its codes, how to get them."""

    place: int
    path: str
    bounds: Run
    encode: Encode


class Columns:
    """Every column the tests of a rulebook need; *fields* is the order of the values in a row."""

    def __init__(self, tests: Iterable[Test], fields: Sequence[str], on: date) -> None:
        self._on = on
        self._numbers: dict[tuple[str, bool], int] = {}
        self.columns: list[Column] = []
        self._unfit: dict[str, Unfit] = {}
        # By identity: the tests belong to the rulebook, which outlives this object.
        self._known: dict[int, tuple[int, Allowed]] = {}
        places = {path: place for place, path in enumerate(fields)}
        by_column: dict[tuple[str, bool], list[Test]] = {}
        for test in tests:
            by_column.setdefault((test.path, test.op is Op.EXISTS), []).append(test)
        for (path, is_exists), those in by_column.items():
            try:
                bounds, encode = ((0, 1), is_there) if is_exists else _coding(path, those)
            except Unfit as problem:
                self._unfit[path] = problem
                continue
            self._numbers[path, is_exists] = len(self.columns)
            self.columns.append(Column(places[path], path, bounds, encode))

    @property
    def fit_all(self) -> bool:
        """Whether every test of the rulebook has codes, so that `literal` raises for none."""
        return not self._unfit

    def literal(self, test: Test) -> tuple[int, Allowed]:
        """Return the column of a test and the codes that pass it.

        Raises:
            Unfit: CR501, a number is too large; CR503, the field is compared with values of different kinds.
        """
        if test.path in self._unfit:
            raise self._unfit[test.path]
        # One test stands in many conditions (a clause in every measure it covers); it is coded once.
        known = self._known.get(id(test))
        if known is None:
            number = self._numbers[test.path, test.op is Op.EXISTS]
            column = self.columns[number]
            known = number, Allowed(column.bounds, join(_passing(test, column, self._on)))
            self._known[id(test)] = known
        return known


def _passing(test: Test, column: Column, on: date) -> list[Run]:
    code, (lowest, highest), value = column.encode, column.bounds, test.value
    match test.op, value:
        case Op.EXISTS, _:
            return [(1, 1)]
        case Op.WITHIN, Period():
            return [(code(value.before(on)), code(on))]
        case Op.NOT_OLDER, Period():
            return [(code(value.before(on)), highest)]
        case Op.IN, tuple():
            return [(code(each), code(each)) for each in value]
        case Op.AT_LEAST, _:
            return [(code(value), highest)]
        case Op.AT_MOST, _:
            return [(lowest, code(value))]
        case Op.MORE_THAN, _:
            return [(code(value) + 1, highest)]
        case Op.LESS_THAN, _:
            return [(lowest, code(value) - 1)]
        case _:
            return [(code(value), code(value))]


def _coding(path: str, tests: list[Test]) -> tuple[Run, Encode]:
    constants = [value for test in tests for value in _constants(test)]
    if not constants:  # an `in` of nothing, which no value passes
        return (0, 0), lambda value: 0
    kinds = {kind_of(value) for value in constants}
    if len(kinds) != 1:
        raise Unfit("CR503", path=path, kinds=", ".join(sorted(kinds)))
    match kinds.pop():
        case "number":
            for value in constants:
                _number(value, path, "CR501")
            return DOMAIN, _number_coding(path)
        case "date":
            return (1, date.max.toordinal()), lambda value: _day(value, path)
        case "text":
            return _text_coding(path, tests, sorted(set(constants)))
        case kind:
            raise Unfit("CR503", path=path, kinds=kind)


def _constants(test: Test) -> tuple[Any, ...]:
    match test.value:
        case Period():
            return (date.min,)
        case tuple() as values:
            return values
        case value:
            return (value,)


def kind_of(value: Any) -> str:
    """Name the kind of a value; yes and no are numbers, as in Python's own comparison."""
    match value:
        case int():
            return "number"
        case str():
            return "text"
        case date() if not isinstance(value, datetime):
            return "date"
        case _:
            return type(value).__name__


def is_there(value: Value) -> int:
    """Code a value for `exists`."""
    # `exists` asks for anything but a plain no; the number 0 is there.
    return 0 if value is False else 1


def _number(value: Any, path: str, code: str) -> int:
    if not isinstance(value, int):
        raise Unfit("CR502", path=path, kind=kind_of(value), expected="number")
    if not DOMAIN[0] <= value <= DOMAIN[1]:
        raise Unfit(code, path=path, kind="number", expected="±2^53")
    return int(value)


def _number_coding(path: str) -> Encode:
    lowest, highest = DOMAIN

    def number(value: Any) -> int:
        if type(value) is int and lowest <= value <= highest:
            return value
        return _number(value, path, "CR502")

    return number


def _day(value: Any, path: str) -> int:
    if kind_of(value) != "date":
        raise Unfit("CR502", path=path, kind=kind_of(value), expected="date")
    return int(value.toordinal())


def _text_coding(path: str, tests: list[Test], texts: list[str]) -> tuple[Run, Encode]:
    if any(test.op in ORDERINGS for test in tests):
        # Order matters: every text of the tests has an odd code, what lies between two of them an even one.
        exact = {text: 2 * n + 1 for n, text in enumerate(texts)}
        top = 2 * len(texts)

        def ordered(value: Any) -> int:
            found = exact.get(_text(value, path))
            return 2 * bisect_left(texts, value) if found is None else found

        return (0, top), ordered
    # Texts that the same tests name stand side by side, so that `in` becomes a run and not many alternatives.
    sets = [frozenset(_constants(test)) for test in tests]
    signature = {text: tuple(text in each for each in sets) for text in texts}
    symbols = {text: n for n, text in enumerate(sorted(texts, key=lambda t: (signature[t], t)))}
    other = len(symbols)

    def symbol(value: Any) -> int:
        return symbols.get(value if type(value) is str else _text(value, path), other)

    return (0, other), symbol


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise Unfit("CR502", path=path, kind=kind_of(value), expected="text")
    return value


def name_hash(name: str) -> int:
    """Return the 32-bit FNV-1a hash by which durable-rules compares the names of properties."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def distinct(names: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Yield the names whose hashes differ from one another and from those of the names *taken*.

    Contains defect 11: to durable-rules two names with one hash are one property.
    """
    used = {name_hash(name) for name in taken}
    for name in names:
        if name_hash(name) not in used:
            used.add(name_hash(name))
            yield name
