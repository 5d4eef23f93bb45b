"""Where a duty stands on a day, state by state."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules.model.dossier import Dossier, FactEntry, Facts, Objection
from creditrules.model.procedure import DutyState, Term
from creditrules.procedure import phrases
from tests.support.procedure import DETERMINED, dossier, duties, duty, event, facts, order, said

ON = date(2018, 12, 20)
UNTIL = date(2019, 1, 20)
LATER = date(2019, 3, 1)


def test_a_duty_whose_event_has_not_come_is_pending() -> None:
    """As long as a listing stands its trigger may still come."""
    found = duty(dossier(), ON, "rectify")

    assert found.state is DutyState.PENDING
    assert found.arose is None


def test_a_duty_that_has_arisen_is_due_until_its_deadline() -> None:
    """The last day is still in time."""
    found = duty(dossier(), date(2018, 12, 19), "publish")

    assert found.state is DutyState.DUE
    assert found.arose == DETERMINED
    assert found.deadline is not None
    assert found.deadline.day == date(2018, 12, 19)


def test_a_duty_is_overdue_the_day_after() -> None:
    """Nobody has to be told; the day alone decides."""
    assert duty(dossier(), ON, "publish").state is DutyState.OVERDUE


def test_a_duty_that_was_met_is_done_and_says_whether_late() -> None:
    """Done stays done, and late stays late."""
    in_time = duty(dossier(event("publication", date(2018, 12, 19))), LATER, "publish")
    late = duty(dossier(event("publication", date(2018, 12, 25))), LATER, "publish")

    assert (in_time.state, in_time.met_on, in_time.late) == (DutyState.DONE, date(2018, 12, 19), False)
    assert (late.state, late.late) == (DutyState.DONE, True)


def test_what_happened_before_a_duty_arose_does_not_meet_it() -> None:
    """A penalty is not published by a publication that came before it."""
    case = dossier(event("publication", date(2018, 12, 11)), event("penalty_decision", date(2018, 12, 12)))

    assert duty(case, ON, "publish-penalty").state is not DutyState.DONE


def test_a_prior_notice_is_prior() -> None:
    """Notice is owed with the determination and met by what came before it, never by what comes after."""
    before = dossier(event("prior_notice", date(2018, 12, 1)))
    after = dossier(event("prior_notice", date(2018, 12, 12)))

    assert duty(before, ON, "notify").state is DutyState.DONE
    assert duty(after, ON, "notify").state is DutyState.OPEN


def test_a_duty_without_a_deadline_is_open() -> None:
    """No document states a period, so nothing is overdue and nothing is guessed."""
    found = duty(dossier(), date(2020, 1, 1), "order")

    assert (found.state, found.deadline, found.missing) == (DutyState.OPEN, None, ())


def test_an_unset_parameter_is_named() -> None:
    """The period an authority could set is shown as unset, and counts once it is set."""
    unset = duty(dossier(), ON, "push")
    given = duty(dossier(), ON, "push", parameters={"push_term": Term(working_days=2)})

    assert (unset.state, unset.missing) == (DutyState.OPEN, ("push_term",))
    assert given.state is DutyState.OVERDUE
    assert given.deadline is not None
    assert given.deadline.day == date(2018, 12, 12)


def test_an_unknown_condition_leaves_a_duty_open_with_its_question() -> None:
    """It is neither dropped nor owed for certain."""
    found = duty(dossier(about={}), ON, "order")

    assert (found.state, found.missing) == (DutyState.OPEN, ("tax.arrears_unsecured",))


def test_a_condition_that_fails_leaves_no_duty() -> None:
    """Rectification is ordered only where performance can correct."""
    assert duties(dossier(about=facts(tax__arrears_unsecured=False)), ON, "order") == []


def test_the_period_an_order_sets_binds_the_subject() -> None:
    """Its last day is the deadline, and an extension granted in time moves it."""
    case = dossier(order(ON, UNTIL))
    extended = dossier(order(ON, UNTIL), event("rectification_extension", UNTIL, until=date(2019, 2, 20)))
    too_late = dossier(
        order(ON, UNTIL), event("rectification_extension", date(2019, 1, 21), until=date(2019, 2, 20))
    )

    assert [duty(c, LATER, "rectify").deadline.day for c in (case, extended, too_late)] == [  # type: ignore[union-attr]
        UNTIL,
        date(2019, 2, 20),
        UNTIL,
    ]


def test_a_duty_after_another_arises_on_the_day_after_it_ran_out() -> None:
    """The interview follows a rectification that was not done in time."""
    case = dossier(order(ON, UNTIL))

    assert duty(case, UNTIL, "interview").state is DutyState.PENDING
    found = duty(case, date(2019, 1, 21), "interview")
    assert (found.state, found.arose) == (DutyState.OPEN, date(2019, 1, 21))


def test_a_duty_after_another_does_not_arise_when_that_was_done_in_time() -> None:
    """Whoever rectified in time is not summoned."""
    in_time = dossier(order(ON, UNTIL), event("rectification_confirmation", UNTIL))

    assert duty(in_time, LATER, "interview").state is DutyState.PENDING


def test_a_duty_that_arose_when_another_ran_out_stays_when_that_is_done_late() -> None:
    """What was owed on the day after does not vanish from the record."""
    case = dossier(order(ON, UNTIL), event("rectification_confirmation", date(2019, 2, 1)))

    found = duty(case, LATER, "interview")
    assert (found.state, found.arose) == (DutyState.OPEN, date(2019, 1, 21))


def test_a_duty_after_another_may_follow_the_period_its_event_set() -> None:
    """The order met the authority's duty; its period ran out without a confirmation."""
    case = dossier(order(ON, UNTIL))
    kept = dossier(order(ON, UNTIL), event("rectification_confirmation", date(2019, 1, 15)))

    found = duty(case, date(2019, 1, 22), "look-again")
    assert (found.state, found.arose) == (DutyState.DUE, date(2019, 1, 21))
    assert duties(kept, LATER, "look-again") == []


def test_a_duty_owed_once_arises_once() -> None:
    """One interview is held, however often rectification fails."""
    case = dossier(
        event("rectification_failure", date(2018, 12, 20)),
        event("interview_refused", date(2018, 12, 27)),
        event("rectification_failure", date(2019, 1, 20)),
    )

    found = duty(case, LATER, "interview")
    assert (found.state, found.met_on) == (DutyState.DONE, date(2018, 12, 27))


def test_a_duty_owed_once_arises_for_certain_rather_than_perhaps() -> None:
    """Where it is unknown whether the first event set it off and certain of a later one, that counts."""
    failures = [event("rectification_failure", day) for day in (date(2018, 12, 20), date(2019, 1, 20))]
    known = {"tax.arrears_unsecured": (FactEntry(True, date(2019, 1, 10), date(2019, 1, 31)),)}

    assert duty(dossier(*failures, about=known), LATER, "call-to-account").arose == date(2019, 1, 20)
    assert duty(dossier(*failures, about={}), LATER, "call-to-account").arose == date(2018, 12, 20)


def test_a_duty_arises_with_each_event() -> None:
    """Two penalties are two duties to publish."""
    case = dossier(
        event("penalty_decision", date(2018, 12, 11)),
        event("publication", date(2018, 12, 13)),
        event("penalty_decision", date(2018, 12, 14)),
    )
    about = facts(penalty__simple=False)

    found = duties(_with_facts(case, about), LATER, "publish-penalty")
    assert [each.state for each in found] == [DutyState.DONE, DutyState.OVERDUE]


def _with_facts(case: Dossier, about: Facts) -> Dossier:
    return evolve(case, listings=(evolve(case.listings[0], facts=about),))


def test_a_special_rule_goes_before_the_general_term() -> None:
    """The first special term whose condition holds sets the deadline; an unknown one leaves it open."""
    case = dossier(event("penalty_decision", DETERMINED))
    market = _with_facts(case, facts(penalty__by_market_regulator=True))
    simple = _with_facts(case, facts(penalty__simple=True))
    neither = _with_facts(case, facts(penalty__simple=False))

    days = [duty(c, DETERMINED, "publish-penalty").deadline for c in (market, simple, neither)]
    assert [each and each.day for each in days] == [date(2019, 1, 8), date(2019, 1, 10), date(2018, 12, 19)]
    unknown = duty(case, DETERMINED, "publish-penalty")
    assert (unknown.state, unknown.missing) == (DutyState.OPEN, ("penalty.simple",))


def test_an_exception_that_holds_excuses() -> None:
    """Its name is the excuse; while nobody claims it the duty stands, and what would show it is named."""
    excused = duty(dossier(publishable=False), ON, "publish")
    unclaimed = duty(dossier(), ON, "publish")
    denied = duty(dossier(publishable=True), ON, "publish")

    assert excused.state is DutyState.EXCUSED
    assert excused.excuse is not None
    assert excused.excuse.zh == "依法不能公开"
    assert (unclaimed.state, unclaimed.missing) == (DutyState.OVERDUE, ("listing.publishable",))
    assert (denied.state, denied.missing) == (DutyState.OVERDUE, ())


def test_what_is_only_encouraged_is_never_overdue() -> None:
    """Nobody breaches an encouragement; when its time has passed it has lapsed."""
    due, lapsed = (duty(dossier(), day, "commit") for day in (ON, LATER))

    assert due.state is DutyState.DUE
    assert (lapsed.state, lapsed.excuse) == (DutyState.EXCUSED, phrases.LAPSED)
    late = duty(dossier(event("commitment_given", date(2019, 2, 20))), LATER, "commit")
    assert (late.state, late.late) == (DutyState.DONE, False)


def test_a_removal_ends_duties_and_brings_its_own() -> None:
    """Nothing is published, pushed or rectified any more; what was published is withdrawn."""
    case = dossier(order(ON, UNTIL), event("removal", date(2021, 9, 1)))
    on = date(2021, 9, 10)

    assert {d.rule: d.state for d in said(case, on).duties} == {
        "notify": DutyState.EXCUSED,
        "order": DutyState.DONE,
        "rectify": DutyState.EXCUSED,
        "interview": DutyState.EXCUSED,
        "look-again": DutyState.EXCUSED,
        "publish": DutyState.EXCUSED,
        "push": DutyState.EXCUSED,
        "commit": DutyState.EXCUSED,
        "withdraw": DutyState.OVERDUE,
    }
    assert duty(case, on, "publish").late


def test_what_happens_after_the_end_brings_no_burden() -> None:
    """A penalty decided after the removal is not published because of the listing."""
    case = dossier(event("removal", date(2019, 1, 10)), event("penalty_decision", date(2019, 1, 20)))

    assert duties(case, LATER, "publish-penalty") == []


def test_an_objection_that_suspends_holds_burdens_back() -> None:
    """While the measures are stayed nothing has to be published; an answer is owed all the same."""
    stayed = dossier(objections=(Objection(date(2018, 12, 12), True),))

    assert duty(stayed, ON, "publish").excuse == phrases.SUSPENDED
    assert duty(stayed, ON, "order").state is DutyState.OPEN


def test_watchlists_are_not_published_since_the_opinion() -> None:
    """From the day of the regime such a duty neither arises nor remains."""
    case = dossier(list="watched")

    assert duty(case, date(2020, 12, 6), "publish").state is DutyState.OVERDUE
    found = duty(case, date(2020, 12, 7), "publish")
    assert found.state is DutyState.EXCUSED
    assert found.excuse is not None
    assert "opinion" in found.excuse.en
    steps = {"determined": date(2020, 12, 7), "served": date(2020, 12, 7), "aggregated": date(2020, 12, 7)}
    assert duties(dossier(list="watched", **steps), date(2020, 12, 20), "publish") == []
    assert duties(dossier(list="watched", **steps), date(2020, 12, 20), "order") != []


def test_a_duty_applies_while_its_document_is_in_force_on_the_day_it_arises() -> None:
    """Before the notice nothing of it is owed; its own first day goes before that of the document."""
    early = date(2018, 12, 4)
    steps = {"determined": early, "served": early, "aggregated": early}

    assert duties(dossier(**steps), ON, "publish") == []
    assert duties(dossier(**steps), ON, "withdraw") == []
    changed = event("penalty_changed", date(2021, 7, 14))
    again = event("penalty_changed", date(2021, 7, 15))
    assert [d.arose for d in duties(dossier(changed, again), date(2021, 8, 1), "withdraw")] == [again.on]


def test_a_regional_document_binds_in_its_region() -> None:
    """Elsewhere nothing of it is owed; where nobody said where the subject is, that is asked."""
    assert duties(dossier(region="210102"), ON, "publish") == []
    assert duty(dossier(event("objection", ON), region="210102"), date(2021, 1, 1), "answer", known=None)
    unknown = duty(dossier(region=None), ON, "push")
    assert (unknown.state, unknown.missing) == (DutyState.OPEN, ("subject.region",))


def test_what_is_known_from_memory_acts_only_when_asked_for() -> None:
    """A recalled rule and a recalled number are left out, and a note says so."""
    assert duties(dossier(), ON, "remembered") == []
    assert any("记忆" in note.zh for note in said(dossier(), ON).notes)
    assert duty(dossier(), ON, "remembered", recalled=True).state is DutyState.OPEN
    assert not any("记忆" in note.zh for note in said(dossier(), ON, recalled=True).notes)
