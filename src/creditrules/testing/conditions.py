"""Testing: random conditions over declared and built-in facts, of every operator and every type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import TypeVar

from hypothesis import strategies as st

from creditrules.model.condition import ALWAYS, All, Condition, Not, Op, Some, Test
from creditrules.model.time import Period
from creditrules.testing.vocabulary import CAPACITIES, DAYS, FACTS, KINDS, OFFICES, PLACES, VALUES

T = TypeVar("T")

PERIODS = (
    Period(years=1),
    Period(years=3),
    Period(months=1),
    Period(months=6),
    Period(days=180),
    Period(days=1),
    Period(years=1, months=1, days=1),
)
_ORDERED = frozenset({"integer", "money", "share", "date"})
_ORDERINGS = (Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN)
_BUILTIN: dict[str, tuple[str, tuple[object, ...]]] = {
    "listing.capacity": ("choice", tuple(CAPACITIES)),
    "listing.determined": ("date", DAYS),
    "listing.published": ("date", DAYS),
    "listing.conduct_since": ("date", DAYS),
    "listing.since": ("date", DAYS),
    "subject.kind": ("choice", tuple(KINDS)),
    "subject.region": ("text", PLACES),
    "target.kind": ("choice", tuple(KINDS)),
    "role.name": ("choice", OFFICES),
}


def _tests_of(path: str, kind: str, values: tuple[object, ...]) -> list[Test]:
    """Return a few tests of every operator that fits a type."""
    some = values if kind == "text" else values[:3]
    tests = [Test(path, Op.IS, value) for value in some]  # type: ignore[arg-type]
    tests.append(Test(path, Op.EXISTS))
    if kind != "boolean":
        tests += [Test(path, Op.IN, tuple(values[n : n + 2])) for n in (0, 1)]  # type: ignore[arg-type]
    if kind in _ORDERED:
        tests += [Test(path, op, value) for op in _ORDERINGS for value in some]  # type: ignore[arg-type]
    if kind == "date":
        tests += [Test(path, op, period) for op in (Op.WITHIN, Op.NOT_OLDER) for period in PERIODS]
    return tests


def _evenly(groups: list[list[Test]]) -> tuple[Test, ...]:
    """Repeat small groups, so that a random test is not mostly about days."""
    most = max(len(group) for group in groups)
    return tuple(test for group in groups for test in (group * ceil(most / len(group)))[:most])


TESTS = _evenly(
    [_tests_of(name, fact.type, VALUES[fact.type]) for name, fact in FACTS.items()]
    + [_tests_of(path, kind, values) for path, (kind, values) in _BUILTIN.items()]
)
Shape = Callable[[Condition, Condition, Condition], Condition]
SHAPES: tuple[Shape, ...] = (
    lambda a, b, c: a,
    lambda a, b, c: Not(a),
    lambda a, b, c: All((a, b)),
    lambda a, b, c: Some((a, b)),
    lambda a, b, c: Some((a, a)),
    lambda a, b, c: Some((a, Not(a))),
    lambda a, b, c: All((a, Not(a))),
    lambda a, b, c: All((a, Some((b, Not(c))))),
    lambda a, b, c: Some((All((a, b)), All((Not(a), c)))),
    lambda a, b, c: Not(All((a, Not(Some((b, c)))))),
    lambda a, b, c: Not(Some((All((a, b, c)), Not(Not(a))))),
    lambda a, b, c: All((Some((a, b)), Some((b, c)), Some((c, a)))),
)


def several(one: st.SearchStrategy[T], sizes: Sequence[int]) -> st.SearchStrategy[tuple[T, ...]]:
    """Generate a tuple whose size is one of *sizes*: Hypothesis's own lists are too often empty."""
    of_size = {n: st.tuples(*[one] * n) for n in set(sizes)}
    return st.sampled_from(sizes).flatmap(of_size.__getitem__)


_TEST = st.sampled_from(TESTS)
_CONDITION = st.builds(lambda shape, a, b, c: shape(a, b, c), st.sampled_from(SHAPES), _TEST, _TEST, _TEST)
_DEEP = st.builds(
    lambda shape, a, b, c: shape(a, b, c), st.sampled_from(SHAPES), _CONDITION, _CONDITION, _CONDITION
)
# Mostly none: a document that asks for everything reaches nobody.
_MAYBE = st.sampled_from((False,) * 5 + (True,)).flatmap(
    {False: st.just(ALWAYS), True: _CONDITION}.__getitem__
)


def tests() -> st.SearchStrategy[Test]:
    """Generate one comparison of a fact with a value that fits its type."""
    return _TEST


def conditions(*, deep: bool = False) -> st.SearchStrategy[Condition]:
    """Generate a condition: up to three tests under nested `all`, `any` and `not`; up to nine when *deep*."""
    return _DEEP if deep else _CONDITION


def maybe_conditions() -> st.SearchStrategy[Condition]:
    """Generate a condition, or (as in most documents) none."""
    return _MAYBE
