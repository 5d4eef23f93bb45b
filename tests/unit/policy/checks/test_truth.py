"""What a condition can be: decided for all values at once, and never against a value that shows otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrules.model.condition import All, Condition, Not, Op, Some, Test, Value, truth_of
from creditrules.model.condition import tests_in as each_test
from creditrules.model.words import Direction, Truth
from creditrules.policy.checks.truth import NEVER, Logic, seen_by
from creditrules.testing.catalogues import catalogue_of
from creditrules.testing.conditions import conditions
from creditrules.testing.vocabulary import CAPACITIES, DAYS, FACTS, KINDS, OFFICES, PLACES, VALUES
from tests.support.loading import load_with

ON = date(2018, 12, 20)
SMALL = load_with({})
LOGIC = Logic(SMALL, ON)
RANDOM = Logic(catalogue_of((), (), SMALL.units), ON)


def _is(path: str, value: Value, op: Op = Op.IS) -> Test:
    return Test(path, op, value)


def _in(path: str, *values: Value) -> Test:
    return Test(path, Op.IN, values)


CASES = _is("tax.cases", 5, Op.AT_LEAST), _is("tax.cases", 3, Op.LESS_THAN)
ARREARS = _is("tax.arrears_unsecured", True)


@pytest.mark.parametrize(
    "condition",
    [
        All(CASES),
        All((ARREARS, Not(ARREARS))),
        All((_is("tax.grade", "serious"), _is("tax.grade", "grave"))),
        Not(_in("tax.grade", "serious", "grave")),
        All((Not(ARREARS), Not(_is("tax.arrears_unsecured", False)))),
        All((_is("subject.kind", "enterprise"), _is("subject.kind", "natural_person"))),
        Not(_in("target.kind", "enterprise", "natural_person")),
        All((Test("tax.arrears_unsecured", Op.EXISTS), _is("tax.arrears_unsecured", False))),
        All((_is("tax.closed", ON, Op.MORE_THAN), _is("tax.closed", date(2018, 12, 1), Op.LESS_THAN))),
        Not(All()),
        NEVER,
    ],
)
def test_what_excludes_itself_never_holds(condition: Condition) -> None:
    """Bounds that cross, two values of one fact, none of the choices there are."""
    assert LOGIC.never(condition)
    assert LOGIC.always(Not(condition))
    assert not LOGIC.always(condition)


@pytest.mark.parametrize(
    "condition",
    [
        All(),
        All((_is("tax.cases", 3, Op.AT_LEAST), _is("tax.cases", 3, Op.AT_MOST))),
        Not(_in("tax.grade", "serious")),
        All((_is("subject.kind", "enterprise"), _is("target.kind", "natural_person"))),
        _is("role.name", ""),
        Not(_is("tax.number", "A")),
    ],
)
def test_what_some_value_meets_may_hold(condition: Condition) -> None:
    """One value is enough; a text may be any text."""
    assert not LOGIC.never(condition)


def test_one_condition_implies_another() -> None:
    """Five cases are three cases; three are not five."""
    five, three = CASES[0], _is("tax.cases", 3, Op.AT_LEAST)

    assert LOGIC.implies(five, three)
    assert not LOGIC.implies(three, five)
    assert LOGIC.implies(five, All())
    assert LOGIC.implies(All((five, ARREARS)), Some((ARREARS, three)))


def test_what_is_too_wide_or_of_mixed_kinds_is_left_alone() -> None:
    """What cannot be decided is not said to be wrong."""
    wide = All(tuple(Some((_is(f"a{n}", n), _is(f"b{n}", n))) for n in range(12)))

    assert not LOGIC.never(wide)
    assert not LOGIC.always(wide)
    assert not LOGIC.never(All((_is("x", 1), _is("x", "one"))))


def test_a_listed_subject_is_of_its_own_kind_and_holds_no_office() -> None:
    """For the listed subject itself the target is the subject, and a role is none."""
    asked = All((_is("target.kind", "enterprise"), Some((_is("role.name", "director"), Not(ARREARS)))))

    assert seen_by(Direction.ROLE, asked) is asked
    seen = seen_by(Direction.SELF, asked)
    assert seen == All((_is("subject.kind", "enterprise"), Some((NEVER, Not(ARREARS)))))


@given(conditions(deep=True), st.data())
def test_what_never_holds_is_true_for_no_values(condition: Condition, data: st.DataObject) -> None:
    """No values make a condition true that is said never to hold, nor false one that always does."""
    values = {path: data.draw(st.sampled_from((None, *_values_of(path)))) for path in _paths(condition)}
    truth = truth_of(condition, values.get, ON)

    if truth is Truth.TRUE:
        assert not RANDOM.never(condition)
    if truth is Truth.FALSE:
        assert not RANDOM.always(condition)


def _paths(condition: Condition) -> list[str]:
    return sorted({test.path for test in each_test(condition)})


def _values_of(path: str) -> tuple[Value, ...]:
    """Return values a fact of the random vocabulary may have."""
    fact = FACTS.get(path)
    if fact is None:
        return _BUILTIN.get(path, DAYS)
    return (True, False) if fact.type == "boolean" else tuple(fact.choices) or VALUES[fact.type]


_BUILTIN: dict[str, tuple[Value, ...]] = {
    "subject.region": PLACES,
    "listing.capacity": tuple(CAPACITIES),
    "subject.kind": tuple(KINDS),
    "target.kind": tuple(KINDS),
    "role.name": (*OFFICES, ""),
}
