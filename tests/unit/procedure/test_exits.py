"""Ways out: what is met, what is missing, when, and what ends."""

from __future__ import annotations

from datetime import date

from creditrules.model.dossier import Repair
from creditrules.model.procedure import Term
from creditrules.model.words import Outcome
from tests.support.procedure import DETERMINED, dossier, event, facts, said, way

ON = date(2019, 3, 20)
DONE = (
    event("rectification_confirmation", date(2019, 3, 4), doc_no="虚〔2019〕3号"),
    event("commitment_given", date(2019, 3, 2)),
)
PAID = facts(tax__arrears_unsecured=False)


def test_each_requirement_says_whether_it_is_met() -> None:
    """An event meets one, a fact meets another, and what nobody stated is unknown and asked for."""
    found = way(dossier(DONE[0], about={}), ON, "repair-2018")

    assert [(m.requirement, m.met) for m in found.requirements] == [
        ("corrected", True),
        ("promised", False),
        ("paid", None),
    ]
    assert found.requirements[0].by.zh == "2019-03-04 整改确认（虚〔2019〕3号）"
    assert found.missing == ("tax.arrears_unsecured",)
    assert not found.open


def test_a_way_is_open_when_all_is_met_and_the_shortest_period_is_over() -> None:
    """Three months from the determination end on 10 March; from the 11th one may apply."""
    case = dossier(*DONE, about=PAID)

    assert way(case, date(2019, 3, 11), "repair-2018").open
    before = way(case, date(2019, 3, 10), "repair-2018")
    assert not before.open
    assert before.earliest is not None
    assert before.earliest.day == date(2019, 3, 11)


def test_publicity_ends_with_the_longest_period_or_as_stated_whichever_is_earlier() -> None:
    """A period stated when it was published never lengthens the one of the law."""
    ends = [
        way(dossier(*events), ON, "repair-2018").publicity_ends
        for events in (
            (),
            (event("publication", DETERMINED, until=date(2019, 12, 31)),),
            (event("publication", DETERMINED, until=date(2029, 12, 31)),),
        )
    ]

    assert [end and end.day for end in ends] == [date(2021, 12, 10), date(2019, 12, 31), date(2021, 12, 10)]


def test_an_application_sets_the_deadlines_of_the_receiving_body() -> None:
    """Acceptance is due until it is given, the decision until it is made."""
    applied = event("repair_application", date(2019, 3, 13))
    accepted = event("repair_acceptance", date(2019, 3, 15))
    refused = event("repair_decision", date(2019, 3, 18), outcome="refused")

    waiting = way(dossier(applied), ON, "repair-2018")
    assert waiting.acceptance_due is not None
    assert waiting.acceptance_due.day == date(2019, 3, 18)
    assert waiting.decision_due is not None
    assert waiting.decision_due.day == date(2019, 3, 27)
    taken = way(dossier(applied, accepted), ON, "repair-2018")
    assert (taken.acceptance_due, taken.decision_due) == (None, waiting.decision_due)
    over = way(dossier(applied, accepted, refused), ON, "repair-2018")
    assert (over.acceptance_due, over.decision_due) == (None, None)


def test_a_broken_commitment_is_none_and_bars_the_way() -> None:
    """It no longer meets what it was given for, and for three years no repair is open."""
    broken = event("commitment_broken", date(2019, 3, 10))
    case = dossier(*DONE, broken, about=PAID)

    found = way(case, ON, "repair-2018")
    assert found.barred_by is not None
    assert found.barred_by.zh == "违背承诺"
    promised = found.requirements[1]
    assert promised.met is False
    assert "2019-03-10" in promised.by.zh
    again = dossier(*DONE, broken, event("commitment_given", date(2022, 3, 11)), about=PAID)
    assert way(again, date(2022, 3, 12), "repair-2018").open


def test_which_ways_there_are_depends_on_the_law_of_the_day() -> None:
    """On the last day of the old rules they apply, on the next the new ones do; a list may have its own."""
    ways = {
        day: [each.way for each in said(dossier(), day).exits]
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    }

    assert list(ways.values()) == [["repair-2018"], ["repair-2026"]]
    assert said(dossier(list="watched"), date(2026, 4, 1)).exits == ()


def test_a_number_nobody_verified_is_named_and_not_used() -> None:
    """It counts when the caller asks for what is remembered, or sets it."""
    on = date(2026, 4, 1)
    case = dossier(event("repair_application", on))

    found = way(case, on, "repair-2026")
    assert found.earliest is None
    assert found.missing == ("heard_of", "push_term")
    assert found.requirements[0].met is None
    remembered = way(case, on, "repair-2026", recalled=True)
    assert remembered.earliest is not None
    assert remembered.missing == ("push_term",)
    given = way(case, on, "repair-2026", parameters={"push_term": Term(working_days=1)})
    assert given.decision_due is not None


def test_the_four_ends_are_told_apart() -> None:
    """In 2018 repair ends measures; in 2026 it ends publicity, sharing and use as well."""
    assert way(dossier(), ON, "repair-2018").ends == ("measures",)
    assert way(dossier(), date(2026, 4, 1), "repair-2026").ends == ("publicity", "sharing", "use", "measures")


def test_there_is_no_way_out_before_the_listing_and_after_it() -> None:
    """Nobody leaves what he is not on."""
    granted = Repair(None, date(2019, 3, 1), Outcome.GRANTED)

    assert said(dossier(), date(2018, 12, 9)).exits == ()
    assert said(dossier(event("removal", date(2019, 3, 1))), ON).exits == ()
    assert said(dossier(repairs=(granted,)), ON).exits == ()


def test_a_start_nobody_stated_is_asked_for() -> None:
    """Without the day a period counts from there is neither a first day nor an end."""
    found = way(dossier(), ON, "repair-2018")

    assert found.earliest is not None
    assert found.false_papers.zh == "三年内不予修复"
    assert found.apply_to.zh == "认定部门"
