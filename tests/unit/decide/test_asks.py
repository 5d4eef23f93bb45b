"""What is asked for when something is unknown, of whom, and what each answer changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.decide.phrases import CONSEQUENCE
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.decision import Ask, Undetermined
from creditrules.model.dossier import Dossier, Objection
from creditrules.model.memorandum import Exempt
from creditrules.model.words import HeldAt, Responsibility, Truth
from tests.support.hand import (
    FIRM,
    ON,
    covering,
    decided,
    dossier,
    facts,
    listing,
    measure,
    memorandum,
    regime,
    representative,
    role_reach,
)

UNPAID = Test("tax.unpaid", Op.IS, True)
PAID = Test("tax.unpaid", Op.IS, False)
WARNED = Test("person.warned", Op.IS, True)
CRIMINAL = Test("case.criminal", Op.IS, True)
YES, NO, OPEN = (CONSEQUENCE[truth].en for truth in (Truth.TRUE, Truth.FALSE, Truth.UNKNOWN))


def opened(when: Condition, seen: Dossier | None = None, **more: Any) -> tuple[Undetermined, ...]:
    """Return what a measure under a condition leaves open."""
    return decided(memorandum(measure(when=when, **more)), seen=seen).undetermined


def answers(ask: Ask) -> dict[str, str]:
    """Return what each answer changes, in English."""
    return {answer.en: consequence.en for answer, consequence in ask.answers}


def test_a_missing_fact_is_asked_for_in_the_words_of_its_declaration() -> None:
    """An unknown fact leaves the measure open, and its question is put about the subject."""
    ((item),) = opened(UNPAID)

    (ask,) = item.asks
    assert (item.what, item.target, item.units) == ("fact", "s0", ("planning",))
    assert (ask.fact, ask.about, ask.question.en) == ("tax.unpaid", "s0", "<tax.unpaid>")
    assert answers(ask) == {"yes": YES, "no": NO}


@pytest.mark.parametrize(
    ("test", "about"),
    [(UNPAID, "s0"), (WARNED, "s1"), (CRIMINAL, "L0")],
)
def test_a_question_is_about_the_one_the_fact_is_about(test: Test, about: str) -> None:
    """Facts of the listed subject, of the target and of the listing are asked of each of them."""
    memo = evolve(covering(role_reach()), measures=(measure(when=test),))
    (item,) = decided(memo, seen=dossier(roles=(representative(),))).undetermined

    assert [ask.about for ask in item.asks] == [about]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (PAID, {"yes": NO, "no": YES}),
        (Not(UNPAID), {"yes": NO, "no": YES}),
        (Some((UNPAID, PAID)), {"yes": YES, "no": YES}),
        (All((UNPAID, PAID)), {"yes": NO, "no": NO}),
        (Some((UNPAID, Not(UNPAID))), {"yes": YES, "no": YES}),
        (Some((All((UNPAID, CRIMINAL)), PAID)), {"yes": OPEN, "no": YES}),
        (Test("tax.unpaid", Op.EXISTS), {"yes": YES, "no": NO}),
    ],
)
def test_a_yes_or_no_settles_every_test_of_its_fact(when: Condition, expected: dict[str, str]) -> None:
    """What an answer changes takes every mention of the fact into account."""
    (item,) = opened(when)

    assert answers(next(ask for ask in item.asks if ask.fact == "tax.unpaid")) == expected


def test_only_what_can_change_the_outcome_is_asked() -> None:
    """In "A, or A and B" nobody is asked for B; what a known fact has settled is not asked either."""
    (item,) = opened(Some((UNPAID, All((UNPAID, CRIMINAL)))))

    assert [ask.fact for ask in item.asks] == ["tax.unpaid"]
    seen = dossier(subjects=(evolve(FIRM, facts=facts(tax__unpaid=False)),))
    assert opened(All((UNPAID, CRIMINAL)), seen) == ()
    (left,) = opened(Some((UNPAID, CRIMINAL)), seen)
    assert [ask.fact for ask in left.asks] == ["case.criminal"]


def test_an_exception_nobody_can_rule_out_is_asked_for() -> None:
    """An exception that may apply leaves the measure open."""
    (item,) = decided(memorandum(measure(unless=(Exempt("paid", PAID),)))).undetermined

    assert answers(item.asks[0]) == {"yes": YES, "no": NO}


def test_a_register_that_is_silent_says_no() -> None:
    """A fact whose absence from a register means no is never asked for."""
    assert opened(Test("register.repaired", Op.IS, True)) == ()
    assert decided(memorandum(measure(when=Test("register.repaired", Op.IS, False)))).actions


@pytest.mark.parametrize(
    ("more", "fact"),
    [
        ({"determined": None}, "listing.determined"),
        ({"served": None}, "listing.served"),
        ({"aggregated": None}, "listing.aggregated"),
        ({"objections": (Objection(ON),)}, "objection.suspends"),
    ],
)
def test_the_step_that_is_missing_is_asked_for(more: dict[str, Any], fact: str) -> None:
    """A listing whose status hangs on a missing entry asks for that entry."""
    (item,) = decided(seen=dossier(listing(**more))).undetermined

    assert [(ask.fact, ask.about) for ask in item.asks] == [(fact, "L0")]


def test_an_objection_that_suspends_keeps_the_measure_away() -> None:
    """To "is it suspended?" yes means that the measure does not apply, and no that it does."""
    (item,) = decided(seen=dossier(listing(objections=(Objection(ON),)))).undetermined

    assert answers(item.asks[0]) == {"yes": NO, "no": YES}


def test_a_record_asks_for_the_aggregation() -> None:
    """Whether an entry is in the credit file hangs on the aggregation, whatever else is missing."""
    from creditrules.model.catalogue import RecordRule
    from creditrules.model.memorandum import Clause
    from creditrules.model.text import Text
    from tests.support.hand import LAW, SELF

    record = RecordRule("r0", Text("记入", "record"), (Clause("any", (SELF,)),), LAW)
    seen = dossier(listing(determined=None, aggregated=None))
    items = decided(seen=seen, regimes=(regime(records=(record,)),)).undetermined

    asked = {item.measure: [ask.fact for ask in item.asks] for item in items}
    assert asked == {"m1": ["listing.determined"], "r0@tax": ["listing.aggregated"]}


@pytest.mark.parametrize(
    ("held", "more", "expected"),
    [
        (HeldAt.CONDUCT, {}, ("listing.conduct_since", "L0")),
        (HeldAt.UNSTATED, {"conduct_since": date(2018, 1, 1)}, ("role.confirmed", "s1")),
    ],
)
def test_the_time_a_role_must_be_held_is_asked_for(
    held: HeldAt, more: dict[str, Any], expected: tuple[str, str]
) -> None:
    """Conduct without a day is asked for; where the document states no time the authority is asked."""
    seen = dossier(listing(**more), roles=(representative(date(2018, 6, 1)),))
    (item,) = decided(covering(role_reach(held)), seen=seen).undetermined

    assert [(ask.fact, ask.about) for ask in item.asks] == [expected]


def test_the_finding_a_clause_asks_for_is_asked_for() -> None:
    """A clause on whoever is responsible asks whether he was found to be."""
    seen = dossier(roles=(representative(),))
    (item,) = decided(covering(role_reach(finding=Responsibility.DIRECT)), seen=seen).undetermined

    (ask,) = item.asks
    assert (ask.fact, ask.about) == ("finding.directly_responsible", "s1")
    assert "戊**" in ask.question.zh
    assert answers(ask) == {"yes": YES, "no": NO}


def test_nothing_is_asked_for_a_measure_whose_time_is_over() -> None:
    """Where no answer could bring an action about, none is asked for."""
    from creditrules.model.memorandum import Duration
    from creditrules.model.time import Period

    length = Duration(period=Period(days=1), counts_from="listing.determined")
    decision = decided(memorandum(measure(when=UNPAID, duration=length)))

    assert decision.undetermined == ()
    assert [item.reason for item in decision.set_aside] == ["period_over"]
