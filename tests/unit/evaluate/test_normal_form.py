"""Conditions as alternatives: no contradiction, nothing said twice, and never more than can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrules.errors import EngineError
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.normal_form import ALWAYS_TRUE, Allowed, alternatives, join
from creditrules.evaluate.symbols import Columns
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.condition import tests_in as each_test
from tests.support.guards import ON, SPAN, candidates_of, rulebook_of

BOUNDS = (0, 9)
SETS = st.builds(
    lambda codes, unknown: Allowed(BOUNDS, join((c, c) for c in codes), unknown),
    st.sets(st.integers(*BOUNDS)),
    st.booleans(),
)


def _members(allowed: Allowed) -> set[int]:
    known = {code for low, high in allowed.runs for code in range(low, high + 1)}
    return known | ({-1} if allowed.unknown else set())


@given(SETS, SETS)
def test_sets_of_codes_behave_like_sets(one: Allowed, other: Allowed) -> None:
    """Both, either, covers and opposite are what they are for sets of numbers."""
    assert _members(one.both(other)) == _members(one) & _members(other)
    assert _members(one.either(other)) == _members(one) | _members(other)
    assert one.covers(other) == (_members(one) >= _members(other))
    assert _members(one.opposite()) - {-1} == set(range(10)) - _members(one)
    assert one.is_empty == (not _members(one))
    assert one.is_everything == (_members(one) == set(range(-1, 10)))


def _found(condition: Condition, *, unknown: bool = False) -> int:
    fields = sorted({test.path for test in each_test(condition)})
    columns = Columns(each_test(condition), fields, ON)
    return len(alternatives(condition, columns.literal, unknown=unknown))


def _is(path: str, value: int) -> Test:
    return Test(path, Op.IS, value)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (All(()), 1),
        (Some(()), 0),
        (All((_is("n", 1), _is("n", 2))), 0),
        (All((_is("n", 1), Not(_is("n", 1)))), 0),
        (Some((_is("n", 1), _is("n", 1))), 1),
        (Some((_is("n", 1), All((_is("n", 1), _is("m", 1))))), 1),
        (Some((_is("n", 1), _is("n", 2), _is("n", 7))), 1),
        (Some((All((_is("n", 1), _is("m", 1))), All((_is("n", 2), _is("m", 1))))), 1),
        (Some((_is("n", 1), _is("m", 1))), 2),
        (Not(All((_is("n", 1), _is("m", 1)))), 2),
        (Not(Some((_is("n", 1), _is("m", 1)))), 1),
    ],
)
def test_alternatives_are_as_few_as_they_can_easily_be(condition: Condition, expected: int) -> None:
    """Contradictions go, what is contained goes, what differs in one column is joined."""
    assert _found(condition) == expected


def test_what_is_known_to_be_either_way_is_not_always_true() -> None:
    """A test or its opposite is true of everything known, and unknown of the unknown."""
    either = Some((_is("n", 1), Not(_is("n", 1))))
    columns = Columns(each_test(either), ["n"], ON)

    assert alternatives(either, columns.literal, unknown=False) != ALWAYS_TRUE
    assert alternatives(either, columns.literal, unknown=True) == ALWAYS_TRUE


def _product_of(sides: int, factors: int) -> Condition:
    return All(tuple(Some(tuple(_is(f"n{f}{s}", 1) for s in range(sides))) for f in range(factors)))


@pytest.mark.parametrize(("sides", "factors"), [(4, 3), (2, 6), (64, 1)])
def test_sixty_four_alternatives_are_taken(sides: int, factors: int) -> None:
    """The limit itself is still inside."""
    assert _found(_product_of(sides, factors)) == 64


@pytest.mark.parametrize(("sides", "factors"), [(65, 1), (3, 4), (9, 40)])
def test_a_wider_condition_is_refused_at_the_measure(sides: int, factors: int) -> None:
    """The finding names every measure under the guard and points at its place in the document."""
    rulebook = rulebook_of(_is("n", 1), _product_of(sides, factors))

    with pytest.raises(EngineError) as refused:
        DurableEngine().hits(rulebook, candidates_of(rulebook))

    (finding,) = refused.value.findings
    assert (finding.code, finding.span) == ("CR500", SPAN)
    assert finding.what("en") == "the conditions of invented/1 come to more than 64 alternatives"
