"""Evaluate: a condition as alternatives, each of which asks every column for a set of whole numbers.

A production-rule engine matches conjunctions. Each test becomes the set of codes its column may have; unknown
is one more point of the column, so Kleene's three values turn into two plain questions: *is it true* (unknown
fails every test, and its negation) and *is it not false* (unknown passes every test, and its negation).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce

from attrs import frozen

from creditrules.model.condition import All, Condition, Not, Some, Test

Run = tuple[int, int]

# More alternatives than this are refused: the condition would need too many rules, and nobody could read it.
MOST_ALTERNATIVES = 64
_MOST_PRODUCTS = 1024


class TooWide(Exception):
    """A condition has more alternatives than an engine is asked to hold."""


@frozen
class Allowed:
    """A set of codes of one column: sorted runs with both ends included, and whether unknown is in it."""

    bounds: Run
    runs: tuple[Run, ...]
    unknown: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no value, not even an unknown one, is allowed."""
        return not self.runs and not self.unknown

    @property
    def is_everything(self) -> bool:
        """Whether every value is allowed, unknown included."""
        return self.unknown and self.runs == (self.bounds,)

    def opposite(self) -> Allowed:
        """Return the known codes that are not allowed here; unknown stays what it is."""
        start, runs = self.bounds[0], []
        for low, high in self.runs:
            runs.append((start, low - 1))
            start = high + 1
        runs.append((start, self.bounds[1]))
        return Allowed(self.bounds, tuple(run for run in runs if run[0] <= run[1]), self.unknown)

    def with_unknown(self, unknown: bool) -> Allowed:
        """Return the same known codes, with unknown allowed or not."""
        return Allowed(self.bounds, self.runs, unknown)

    def both(self, other: Allowed) -> Allowed:
        """Return what both allow."""
        met = [(max(a, c), min(b, d)) for a, b in self.runs for c, d in other.runs]
        runs = tuple([run for run in met if run[0] <= run[1]])
        return Allowed(self.bounds, runs, self.unknown and other.unknown)

    def either(self, other: Allowed) -> Allowed:
        """Return what at least one allows."""
        return Allowed(self.bounds, join(self.runs + other.runs), self.unknown or other.unknown)

    def covers(self, other: Allowed) -> bool:
        """Whether everything that *other* allows is allowed here."""
        if other.unknown > self.unknown:
            return False
        return all(any(a <= c and d <= b for a, b in self.runs) for c, d in other.runs)


def join(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Sort runs and join those that touch or overlap; an empty run (its ends crossed) is left out."""
    joined: list[Run] = []
    for low, high in sorted(run for run in runs if run[0] <= run[1]):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


Conjunct = Mapping[int, Allowed]
Literal = Callable[[Test], tuple[int, Allowed]]
ALWAYS_TRUE: tuple[Conjunct, ...] = ({},)


def alternatives(condition: Condition, literal: Literal, *, unknown: bool) -> tuple[Conjunct, ...]:
    """Return the alternatives under which a condition is true, or (with *unknown*) is not false.

    `literal` gives the column of a test and the known codes that pass it. No alternative contradicts itself,
    none is contained in another; `()` means never, `({},)` always.

    Raises:
        TooWide: there are more than `MOST_ALTERNATIVES`.
    """
    return _alternatives(condition, literal, unknown, wanted=True)


def _alternatives(
    condition: Condition, literal: Literal, unknown: bool, wanted: bool
) -> tuple[Conjunct, ...]:
    match condition:
        case Test():
            column, passing = literal(condition)
            allowed = (passing if wanted else passing.opposite()).with_unknown(unknown)
            return () if allowed.is_empty else ALWAYS_TRUE if allowed.is_everything else ({column: allowed},)
        case Not(part):
            return _alternatives(part, literal, unknown, not wanted)
        case All(parts) | Some(parts):
            found = [_alternatives(part, literal, unknown, wanted) for part in parts]
            # Not all is some not; not some is all not.
            if isinstance(condition, All) is wanted:
                return reduce(_product, sorted(found, key=len), ALWAYS_TRUE)
            return _simplest([conjunct for each in found for conjunct in each])


def _product(one: tuple[Conjunct, ...], two: tuple[Conjunct, ...]) -> tuple[Conjunct, ...]:
    if len(two) == 1 and len(one) == 1:
        met = _met(one[0], two[0])
        return () if met is None else (met,)
    return _simplest([met for a in one for b in two if (met := _met(a, b)) is not None])


def _met(one: Conjunct, two: Conjunct) -> Conjunct | None:
    met = dict(one)
    for column, allowed in two.items():
        met[column] = met[column].both(allowed) if column in met else allowed
        if met[column].is_empty:
            return None
    return met


def _simplest(found: list[Conjunct]) -> tuple[Conjunct, ...]:
    if len(found) > _MOST_PRODUCTS:
        raise TooWide
    kept: list[Conjunct] = []
    waiting = found[::-1]
    while waiting:
        new = waiting.pop()
        if any(_contains(old, new) for old in kept):
            continue
        kept = [old for old in kept if not _contains(new, old)]
        for place, old in enumerate(kept):
            if (union := _union(old, new)) is not None:
                # The union may now contain others or unite with them, so it is looked at afresh.
                del kept[place]
                waiting.append(union)
                break
        else:
            kept.append(new)
    if len(kept) > MOST_ALTERNATIVES:
        raise TooWide
    return tuple(kept)


def _contains(wide: Conjunct, narrow: Conjunct) -> bool:
    for column, allowed in wide.items():
        other = narrow.get(column)
        if other is None or not (allowed is other or allowed.covers(other)):
            return False
    return True


def _union(one: Conjunct, two: Conjunct) -> Conjunct | None:
    """Return one conjunct for two that differ in a single column, None for all others."""
    if one.keys() != two.keys():
        return None
    differing = [column for column, allowed in one.items() if allowed != two[column]]
    if len(differing) != 1:
        return None
    union = dict(one)
    union[differing[0]] = one[differing[0]].either(two[differing[0]])
    if union[differing[0]].is_everything:
        del union[differing[0]]
    return union
