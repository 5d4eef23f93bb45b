"""What conditions mean: Kleene's three values, and every operator."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.model.condition import (
    ALWAYS,
    All,
    Condition,
    Not,
    Op,
    Some,
    Test,
    Value,
    conjunction,
    truth_of,
)
from creditrules.model.condition import tests_in as each_test_in  # pytest would take the name for a test
from creditrules.model.time import Period
from creditrules.model.words import Truth

ON = date(2018, 12, 20)
TRUE, FALSE, UNKNOWN = (Test(name, Op.IS, True) for name in ("true", "false", "unknown"))
KNOWN: dict[str, Value] = {"true": True, "false": False}


def truth(condition: Condition, **known: Value) -> Truth:
    """Evaluate a condition over facts; what is not given is unknown."""
    return truth_of(condition, {**KNOWN, **known}.get, ON)


@pytest.mark.parametrize(
    ("parts", "all_of", "any_of"),
    [
        ((TRUE, TRUE), Truth.TRUE, Truth.TRUE),
        ((TRUE, FALSE), Truth.FALSE, Truth.TRUE),
        ((FALSE, FALSE), Truth.FALSE, Truth.FALSE),
        ((TRUE, UNKNOWN), Truth.UNKNOWN, Truth.TRUE),
        ((FALSE, UNKNOWN), Truth.FALSE, Truth.UNKNOWN),
        ((UNKNOWN, UNKNOWN), Truth.UNKNOWN, Truth.UNKNOWN),
    ],
)
def test_all_and_any_follow_kleene(parts: tuple[Test, ...], all_of: Truth, any_of: Truth) -> None:
    """`all` is as true as its least part, `any` as its most."""
    assert truth(All(parts)) is all_of
    assert truth(Some(parts)) is any_of


@pytest.mark.parametrize(("part", "result"), [(TRUE, 0), (UNKNOWN, 1), (FALSE, 2)])
def test_not_turns_truth_round_and_leaves_unknown(part: Test, result: int) -> None:
    """`not` swaps true and false and leaves unknown unknown."""
    assert truth(Not(part)) is Truth(result)


def test_a_or_not_a_is_unknown_while_a_is() -> None:
    """Kleene's logic does not reason about what an unknown fact might come to."""
    assert truth(Some((UNKNOWN, Not(UNKNOWN)))) is Truth.UNKNOWN


def test_nothing_asked_for_is_true_and_no_choice_is_false() -> None:
    """An empty `all` is true, an empty `any` is false."""
    assert truth(ALWAYS) is Truth.TRUE
    assert truth(Some(())) is Truth.FALSE


@pytest.mark.parametrize(
    ("op", "value", "known", "holds"),
    [
        (Op.IS, 3, 3, True),
        (Op.IS, 3, 4, False),
        (Op.IN, ("a", "b"), "b", True),
        (Op.IN, ("a", "b"), "c", False),
        (Op.AT_LEAST, 3, 3, True),
        (Op.AT_LEAST, 3, 2, False),
        (Op.AT_MOST, 3, 3, True),
        (Op.AT_MOST, 3, 4, False),
        (Op.MORE_THAN, 3, 3, False),
        (Op.MORE_THAN, 3, 4, True),
        (Op.LESS_THAN, 3, 3, False),
        (Op.LESS_THAN, 3, 2, True),
        (Op.AT_MOST, date(2018, 1, 1), date(2018, 1, 1), True),
        (Op.EXISTS, None, 0, True),
        (Op.EXISTS, None, "", True),
        (Op.EXISTS, None, False, False),
        (Op.WITHIN, Period(years=1), date(2017, 12, 20), True),
        (Op.WITHIN, Period(years=1), date(2017, 12, 19), False),
        (Op.WITHIN, Period(years=1), ON, True),
        (Op.WITHIN, Period(years=1), date(2018, 12, 21), False),
        (Op.NOT_OLDER, Period(years=1), date(2017, 12, 20), True),
        (Op.NOT_OLDER, Period(years=1), date(2017, 12, 19), False),
    ],
)
def test_an_operator_compares_as_its_name_says(op: Op, value: object, known: Value, holds: bool) -> None:
    """Each operator holds on its boundary or just beside it, as its name says."""
    assert truth(Test("x", op, value), x=known) is Truth.of(holds)  # type: ignore[arg-type]


@pytest.mark.parametrize("op", list(Op))
def test_no_operator_knows_what_nobody_stated(op: Op) -> None:
    """Every comparison with a missing fact is unknown, `exists` too."""
    value = {Op.IN: (1,), Op.WITHIN: Period(years=1), Op.NOT_OLDER: Period(years=1)}.get(op, 1)

    assert truth(Test("missing", op, value)) is Truth.UNKNOWN  # type: ignore[arg-type]


def test_joining_conditions_leaves_out_what_is_always_true() -> None:
    """A conjunction is flat, and a single part stands alone."""
    assert conjunction(ALWAYS, TRUE) == TRUE
    assert conjunction(All((TRUE, FALSE)), UNKNOWN) == All((TRUE, FALSE, UNKNOWN))
    assert conjunction() == ALWAYS


def test_the_tests_of_a_condition_come_in_written_order() -> None:
    """Every test is found, however deep, in the order of the document."""
    condition = All((TRUE, Not(Some((FALSE, All((UNKNOWN,)))))))

    assert list(each_test_in(condition)) == [TRUE, FALSE, UNKNOWN]
