"""Model: conditions over facts, and what they mean (Kleene's strong three-valued logic).

A condition is data. Nothing in it is ever evaluated as code; engines translate it, `truth_of` is its meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.time import Period
from creditrules.model.words import Truth

# money is whole fen, a share is whole hundredths of a per cent: no value is ever a binary fraction.
Value = bool | int | str | date


class Op(StrEnum):
    """How a test compares a fact with its value."""

    IS = "is"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EXISTS = "exists"
    WITHIN = "within"
    NOT_OLDER = "not_older_than"


@frozen
class Test:
    """One comparison: the fact at `path`, an operator, and the value it is compared with.

    `IN` takes a tuple of values, `WITHIN` a `Period` that ends on the day of the decision, `NOT_OLDER`
    one that any later day passes too, `EXISTS` no value.
    """

    __test__ = False  # pytest would take the name for a test class

    path: str
    op: Op
    value: Value | tuple[Value, ...] | Period | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class All:
    """True when every part is; the empty one is true."""

    parts: tuple[Condition, ...] = ()


@frozen
class Some:
    """True when at least one part is (`any` in documents)."""

    parts: tuple[Condition, ...]


@frozen
class Not:
    """True when the part is false."""

    part: Condition


Condition = Test | All | Some | Not
ALWAYS = All()
Lookup = Callable[[str], Value | None]


def truth_of(condition: Condition, lookup: Lookup, on: date) -> Truth:
    """Return the truth of *condition* when `lookup(path)` gives each fact's value, or None where unknown."""
    match condition:
        case Test(path, op, value):
            known = lookup(path)
            return _UNKNOWN if known is None else _TRUE if holds(known, op, value, on) else _FALSE
        case All(parts):
            return min([truth_of(part, lookup, on) for part in parts], default=_TRUE)
        case Some(parts):
            return max([truth_of(part, lookup, on) for part in parts], default=_FALSE)
        case Not(part):
            return _OPPOSITE[truth_of(part, lookup, on)]


# Looked up on the enumeration each of them costs more than what it is compared with.
_FALSE, _UNKNOWN, _TRUE = Truth
_OPPOSITE = (_TRUE, _UNKNOWN, _FALSE)


def holds(known: Any, op: Op, value: Any, on: date) -> bool:
    """Say whether a known value passes a test; INVARIANT: `load` has checked that the types fit."""
    return _PASSES[op](known, value, on)


_PASSES: dict[Op, Callable[[Any, Any, date], bool]] = {
    Op.IS: lambda known, value, on: bool(known == value),
    Op.IN: lambda known, value, on: known in value,
    Op.AT_LEAST: lambda known, value, on: bool(known >= value),
    Op.AT_MOST: lambda known, value, on: bool(known <= value),
    Op.MORE_THAN: lambda known, value, on: bool(known > value),
    Op.LESS_THAN: lambda known, value, on: bool(known < value),
    Op.EXISTS: lambda known, value, on: known is not False,
    Op.WITHIN: lambda known, value, on: bool(value.before(on) <= known <= on),
    Op.NOT_OLDER: lambda known, value, on: bool(value.before(on) <= known),
}


def conjunction(*parts: Condition) -> Condition:
    """Join conditions with `all`, leaving out what is always true and flattening nested ones."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def tests_in(condition: Condition) -> Iterator[Test]:
    """Yield every test of a condition, in written order."""
    # From a stack: generators within generators would pass each test on once for every level.
    waiting = [condition]
    while waiting:
        match waiting.pop():
            case Test() as test:
                yield test
            case All(parts) | Some(parts):
                waiting.extend(reversed(parts))
            case Not(part):
                waiting.append(part)
