"""Values as codes: what is asked for keeps its place among the others, and nothing else gets in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creditrules.evaluate.symbols import Columns, Unfit, kind_of, name_hash
from creditrules.model.condition import Op, Test, holds
from creditrules.model.time import Period
from tests.support.guards import DAYS, ON, TEXTS, VALUES, a_test


def _passes(test: Test, value: Any, *others: Test) -> bool:
    columns = Columns((*others, test), [test.path], ON)
    number, allowed = columns.literal(test)
    code = columns.columns[number].encode(value)
    assert allowed.bounds[0] <= code <= allowed.bounds[1]
    return any(low <= code <= high for low, high in allowed.runs)


@given(a_test(), st.data())
def test_a_code_passes_a_test_exactly_when_its_value_does(test: Test, data: st.DataObject) -> None:
    """Coding changes no comparison, and every code lies within its column."""
    value = data.draw(VALUES[test.path])

    assert _passes(test, value) == holds(value, test.op, test.value, ON)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("op", [Op.IS, Op.LESS_THAN, Op.AT_LEAST])
def test_texts_that_no_test_names_stay_apart_from_those_that_are(text: str, op: Op) -> None:
    """An unnamed text is neither equal to a named one nor on the wrong side of it."""
    test = Test("t", op, "Li")

    assert _passes(test, text, Test("t", Op.IN, ("a", "丹东"))) == holds(text, op, "Li", ON)


def test_texts_that_are_asked_for_together_are_one_run() -> None:
    """An `in` over five of many texts needs no five alternatives."""
    names = [f"role-{n}" for n in range(20)]
    chosen = tuple(names[1::4])
    columns = Columns([Test("r", Op.IN, chosen), Test("r", Op.IN, tuple(names))], ["r"], ON)

    _, allowed = columns.literal(Test("r", Op.IN, chosen))

    assert len(allowed.runs) == 1


@pytest.mark.parametrize("day", DAYS)
def test_within_is_two_days_counted_when_the_rulebook_is_made(day: date) -> None:
    """A period ends on the day of the decision, which is inside, as its first day is."""
    test = Test("d", Op.WITHIN, Period(years=5))

    assert _passes(test, day) == (date(2013, 12, 20) <= day <= ON)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (True, "number"),
        (3, "number"),
        ("3", "text"),
        (ON, "date"),
        (1.5, "float"),
        (datetime(2018, 1, 1), "datetime"),
    ],
)
def test_kinds_are_told_apart(value: Any, kind: str) -> None:
    """A moment is no day, a fraction no number; yes and no count as numbers, as they do in comparisons."""
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    ("test", "value"),
    [
        (Test("d", Op.AT_LEAST, ON), "2018-12-20"),
        (Test("d", Op.AT_LEAST, ON), datetime(2018, 12, 20)),
        (Test("t", Op.IS, "yes"), True),
        (Test("n", Op.IS, 1), "1"),
    ],
)
def test_a_value_of_another_kind_is_refused(test: Test, value: Any) -> None:
    """No value is turned into what a field holds."""
    with pytest.raises(Unfit) as refused:
        _passes(test, value)

    assert refused.value.code == "CR502"


def test_a_test_with_a_value_of_no_known_kind_is_refused() -> None:
    """A fraction in a condition is a finding, not a comparison."""
    with pytest.raises(Unfit) as refused:
        _passes(Test("n", Op.IS, 1.5), 1)  # type: ignore[arg-type]

    assert refused.value.code == "CR503"


@pytest.mark.parametrize(("name", "expected"), [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968)])
def test_the_hash_is_fnv_1a(name: str, expected: int) -> None:
    """The published test vectors of 32-bit FNV-1a."""
    assert name_hash(name) == expected
