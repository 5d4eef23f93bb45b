"""Proceedings as a whole: their notes, their order, what was known, and the timeline made of them."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules import proceed as public_proceed
from creditrules.decide.decide import decide
from creditrules.model.dossier import FactEntry
from creditrules.procedure.calendar import CHINA
from creditrules.procedure.proceed import proceed
from creditrules.procedure.timeline import KINDS, Moment, timeline
from tests.support.procedure import DETERMINED, catalogue, dossier, duty, event, order, rulebook, said

ON = date(2019, 3, 1)


def test_the_public_function_is_this_one() -> None:
    """There is one way to ask."""
    assert public_proceed is proceed


def test_the_end_of_the_calendar_is_told_before_it_is_reached() -> None:
    """Half a year before the last known year ends a note asks for an update; earlier there is none."""
    early, late = date(CHINA.last_year, 3, 1), date(CHINA.last_year, 8, 1)

    assert not any("日历" in note.zh for note in said(dossier(), early).notes)
    assert any(str(CHINA.last_year) in note.zh and "日历" in note.zh for note in said(dossier(), late).notes)


def test_a_provisional_deadline_is_noted() -> None:
    """The year whose holidays are not known is named."""
    case = dossier(event("objection", date(CHINA.last_year, 12, 31)), until=date(2040, 1, 1))

    notes = said(case, date(CHINA.last_year, 12, 31)).notes

    assert any(str(CHINA.last_year + 1) in note.zh and "暂定" in note.zh for note in notes)


def test_what_was_recorded_later_is_not_known_before() -> None:
    """A publication entered in February is no excuse in January."""
    case = dossier(event("publication", date(2018, 12, 12), recorded=date(2019, 2, 1)))

    assert duty(case, ON, "publish", known=date(2019, 1, 31)).state == "overdue"
    assert duty(case, ON, "publish", known=date(2019, 2, 1)).state == "done"
    assert duty(case, ON, "publish").state == "done"


def test_listings_stand_in_the_order_of_their_ids() -> None:
    """The order in which a file gives them means nothing."""
    case = dossier()
    two = (evolve(case.listings[0], id="L2"), case.listings[0])

    found = [each.listing for each in said(evolve(case, listings=two), ON).duties]
    assert found == sorted(found)
    assert set(found) == {"L1", "L2"}


def test_a_fact_that_is_stated_for_later_days_still_settles_a_condition() -> None:
    """What is known today stands for a day nobody spoke of; what was stated for that day goes first."""
    today = {"tax.arrears_unsecured": (FactEntry(False, since=date(2019, 1, 1)),)}
    then = {
        "tax.arrears_unsecured": (*today["tax.arrears_unsecured"], FactEntry(True, until=date(2018, 12, 31)))
    }

    assert not any(d.rule == "order" for d in said(dossier(about=today), ON).duties)
    assert duty(dossier(about=then), ON, "order").state == "open"


def test_the_timeline_holds_events_states_deadlines_and_ends_by_day() -> None:
    """Everything with a day is there once, in order, and points back to what it is about."""
    case = dossier(
        order(date(2018, 12, 20), date(2019, 1, 20)),
        event("publication", date(2018, 12, 12), until=date(2019, 12, 12)),
        event("removal", date(2019, 2, 1)),
    ).as_known(None)

    moments = timeline(case, catalogue().lists, said(case, date(2019, 1, 10)))

    keys = [(m.on, KINDS.index(m.kind)) for m in moments]
    assert keys == sorted(keys)
    told = {(m.on, m.kind, m.of) for m in moments}
    assert (DETERMINED, "state", "active") in told
    assert (date(2019, 2, 1), "state", "removed") in told
    assert (date(2019, 1, 20), "deadline", "rectify") in told
    assert (date(2019, 12, 12), "end", "publicity") in told
    assert (date(2019, 3, 11), "deadline", "repair-2018") in told
    assert (date(2018, 12, 20), "event", "rectification_order") in told
    assert len(moments) == len(set(moments))


def test_the_timeline_tells_when_actions_end() -> None:
    """With a decision, the last day of each of its actions is there."""
    case = dossier(until=date(2019, 12, 10))
    decision = decide(rulebook(ON), case, engine="indexed")

    moments = timeline(case, catalogue().lists, said(case, ON), decision)

    ends = {m.of for m in moments if m.kind == "end" and m.on == date(2019, 12, 10)}
    assert {action.key for action in decision.actions if action.until == date(2019, 12, 10)} <= ends
    assert all(isinstance(m, Moment) and m.text.zh for m in moments)
