"""A rulebook is compiled list by list, and refused as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditrules.errors import EngineError
from creditrules.evaluate import durable_plan
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.durable_plan import Plan, make_plan
from creditrules.evaluate.limits import surely_fits
from creditrules.evaluate.normal_form import MOST_ALTERNATIVES
from creditrules.evaluate.rule_texts import MOST_PROPERTIES
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.rulebook import Rulebook
from tests.support.effort import many
from tests.support.guards import candidates_of, conditions, rulebook_of

YES = Test("b", Op.IS, True)
TOO_MANY_FIELDS = All(tuple(Not(Test(f"n{n}", Op.AT_LEAST, n)) for n in range(250)))
TOO_MANY_WAYS = All(tuple(Some((Test(f"a{n}", Op.IS, True), Test(f"b{n}", Op.IS, True))) for n in range(7)))


def _plan(rulebook: Rulebook) -> Plan:
    return make_plan(rulebook, candidates_of(rulebook).fields)


def _two_lists(one: Condition, other: Condition) -> Rulebook:
    """Return a rulebook whose first guard stands under one list and whose second under another."""
    return rulebook_of(one, other, lists={"one": (0,), "other": (1,)})


@settings(max_examples=many(300), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(conditions(), min_size=1, max_size=4))
def test_what_is_said_to_fit_compiles(guards: list[Condition]) -> None:
    """A condition that the count lets through is never refused when its list is compiled."""
    fitting = [guard for guard in guards if surely_fits(guard)]
    plan = _plan(rulebook_of(*fitting))

    assert {guard for guards in plan.lists for guard in guards} == set(range(len(fitting)))


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (YES, True),
        (Some(()), True),
        (All(()), True),
        (All((Some(()), Some(tuple(Test("n", Op.IS, n) for n in range(MOST_ALTERNATIVES + 1))))), False),
        (Some(tuple(Test("n", Op.IS, n) for n in range(MOST_ALTERNATIVES))), True),
        (Some(tuple(Test("n", Op.IS, n) for n in range(MOST_ALTERNATIVES + 1))), False),
        (Not(All(tuple(Test("n", Op.IS, n) for n in range(MOST_ALTERNATIVES + 1)))), False),
        (Not(Some(tuple(Test("n", Op.IS, n) for n in range(MOST_ALTERNATIVES + 1)))), True),
        (All(tuple(Test(f"n{n}", Op.IS, n) for n in range((MOST_PROPERTIES - 1) // 2))), True),
        (All(tuple(Test(f"n{n}", Op.IS, n) for n in range((MOST_PROPERTIES + 1) // 2))), False),
        (TOO_MANY_WAYS, False),
        (TOO_MANY_FIELDS, False),
    ],
)
def test_the_count_of_alternatives_and_fields_is_never_too_low(condition: Condition, fits: bool) -> None:
    """What may be beyond a limit is looked at whole; a negation turns products into sums."""
    assert surely_fits(condition) is fits


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (TOO_MANY_FIELDS, "CR506"),
        (TOO_MANY_WAYS, "CR500"),
        (Test("x", Op.IS, 2**60), "CR501"),
        (Some((Test("x", Op.IS, "a"), Test("x", Op.IS, 1))), "CR503"),
    ],
)
def test_a_guard_beyond_a_limit_is_refused_whichever_list_is_asked_for(
    condition: Condition, code: str
) -> None:
    """No decision is made with a rulebook of which a part cannot be compiled."""
    rulebook = _two_lists(YES, condition)

    with pytest.raises(EngineError) as refused:
        DurableEngine().hits(rulebook, candidates_of(rulebook))

    assert [(f.code, f.words["rules"]) for f in refused.value.findings] == [(code, "invented/1")]


def test_only_the_lists_of_a_dossier_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards of other lists cost nothing until a listing on one of them comes."""
    compiled: list[int] = []
    original = durable_plan._wanted

    def noted(guard: Any, columns: Any) -> Any:
        compiled.append(guard.number)
        return original(guard, columns)

    monkeypatch.setattr(durable_plan, "_wanted", noted)
    plan = _plan(_two_lists(YES, Not(YES)))
    before = compiled.copy()
    plan.of_list("other")
    plan.of_list("other")

    assert before == []
    assert compiled == [1]
