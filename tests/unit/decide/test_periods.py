"""From when until when an action stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules.model.condition import Op, Test
from creditrules.model.decision import Decision
from creditrules.model.memorandum import Duration, Grade
from creditrules.model.time import Period, Since
from creditrules.model.words import HeldAt
from tests.support.hand import (
    DETERMINED,
    ON,
    SELF,
    UNTIL,
    covering,
    decided,
    dossier,
    facts,
    listing,
    measure,
    memorandum,
    representative,
    role_reach,
)


def lasting(duration: Duration, **more: Any) -> Decision:
    """Decide one measure of a length of its own."""
    return decided(memorandum(measure(duration=duration)), seen=dossier(listing(**more)))


def of(period: Period, counts_from: str = "listing.determined") -> Duration:
    """Return a length that counts from a day."""
    return Duration(period=period, counts_from=counts_from)


def graded(*grades: tuple[Test, Period]) -> Duration:
    """Return a length by condition."""
    steps = tuple(Grade(when, period) for when, period in grades)
    return Duration(counts_from="listing.determined", grades=steps)


def ends(decision: Decision) -> list[date | None]:
    """Return when the actions end."""
    return [action.until for action in decision.actions]


def test_an_action_lasts_as_long_as_its_listing() -> None:
    """Without a length of its own a measure begins and ends with the listing."""
    (action,) = decided().actions

    assert (action.since, action.until) == (DETERMINED, UNTIL)


def test_an_action_begins_when_the_last_of_what_carries_it_began() -> None:
    """The later of memorandum and listing, with all its steps, begins an action."""
    late = date(2018, 11, 1)
    memo = memorandum(since=Since.exactly(late))

    assert decided(memo).actions[0].since == late
    assert decided(seen=dossier(listing(aggregated=late))).actions[0].since == late
    assert decided(seen=dossier(listing(since=late))).actions[0].since == late


@pytest.mark.parametrize(
    ("duration", "more", "expected"),
    [
        (of(Period(years=2)), {}, [date(2019, 6, 15)]),
        (of(Period(years=9)), {}, [UNTIL]),
        (of(Period(years=1)), {}, []),
        (of(Period(days=1), "listing.since"), {"since": date(2018, 12, 19)}, [ON]),
        (of(Period(days=1), "listing.since"), {"since": date(2018, 12, 18)}, []),
        (
            of(Period(years=1), "case.notice_ended"),
            {"facts": facts(case__notice_ended=ON)},
            [date(2019, 12, 20)],
        ),
        (Duration(for_life=True), {}, [UNTIL]),
    ],
)
def test_a_measure_may_have_a_length_of_its_own(
    duration: Duration, more: dict[str, Any], expected: list[date]
) -> None:
    """A stated length counts from its day, never beyond the listing; one that is over acts no more."""
    assert ends(lasting(duration, **more)) == expected


def test_a_length_from_a_day_nobody_recorded_is_asked_for() -> None:
    """Whether a measure of stated length still runs is unknown while the day it counts from is."""
    decision = lasting(of(Period(years=1), "listing.published"))

    assert decision.actions == ()
    assert [(u.what, u.asks[0].fact) for u in decision.undetermined] == [("end", "listing.published")]


def test_an_unknown_grade_matters_once_the_certain_one_is_over() -> None:
    """A longer grade that may hold leaves the end open only after the grade that does hold has run out."""
    certain = Test("subject.kind", Op.IS, "enterprise")
    running = lasting(graded((certain, Period(years=2)), (GRAVE, Period(years=3))))
    over = lasting(graded((certain, Period(months=1)), (GRAVE, Period(years=3))))

    assert ends(running) == [date(2019, 6, 15)]
    assert over.actions == ()
    assert [(u.what, u.asks[0].fact) for u in over.undetermined] == [("end", "case.gravity")]


def test_a_length_that_is_over_is_told() -> None:
    """A measure whose own length has run out is set aside for this listing and target."""
    decision = lasting(of(Period(years=1)))

    assert [(s.reason, s.detail) for s in decision.set_aside] == [("period_over", "L0:s0")]
    assert "2018-06-15" in decision.set_aside[0].text.zh


GRAVE = Test("case.gravity", Op.IS, "grave")
SLIGHT = Test("case.gravity", Op.IN, ("ordinary", "slight"))


@pytest.mark.parametrize(
    ("gravity", "expected"),
    [("grave", [date(2020, 6, 15)]), ("slight", [date(2019, 6, 15)])],
)
def test_of_graded_lengths_the_one_that_holds_counts(gravity: str, expected: list[date]) -> None:
    """The length follows the facts."""
    duration = graded((GRAVE, Period(years=3)), (SLIGHT, Period(years=2)))

    assert ends(lasting(duration, facts=facts(case__gravity=gravity))) == expected


def test_of_several_grades_that_hold_the_longest_counts() -> None:
    """Where two grades hold the longer one wins."""
    always = Test("case.gravity", Op.EXISTS)
    duration = graded((always, Period(years=2)), (GRAVE, Period(years=3)))

    assert ends(lasting(duration, facts=facts(case__gravity="grave"))) == [date(2020, 6, 15)]


def test_a_measure_without_an_end_or_a_review_is_not_taken() -> None:
    """Where neither a last day nor a review is recorded nothing is decided, and the day is asked for."""
    (item,) = decided(seen=dossier(listing(until=None))).undetermined

    assert decided(seen=dossier(listing(until=None))).actions == ()
    assert (item.what, [ask.fact for ask in item.asks]) == ("end", ["listing.until"])


def test_a_review_stands_for_an_end_that_is_not_known() -> None:
    """A listing to be reviewed carries an action without a last day."""
    (action,) = decided(seen=dossier(listing(until=None, review=UNTIL))).actions

    assert (action.until, action.review) == (None, UNTIL)


def test_the_day_a_length_counts_from_is_asked_for() -> None:
    """A length that counts from a day nobody recorded leaves the end open, and that day is asked for."""
    (item,) = lasting(of(Period(years=1), "case.notice_ended"), until=None).undetermined

    assert [(ask.fact, ask.about) for ask in item.asks] == [("case.notice_ended", "L0")]


SPAN = (date(2018, 1, 1), date(2019, 12, 31))


def test_an_action_through_a_role_held_on_the_day_lies_within_the_tenure() -> None:
    """Where the role must be held on the day, the action begins and ends with it."""
    (action,) = decided(covering(role_reach()), seen=dossier(roles=(representative(*SPAN),))).actions

    assert (action.since, action.until) == SPAN


@pytest.mark.parametrize("other", [HeldAt.CONDUCT, HeldAt.DETERMINATION, HeldAt.UNSTATED])
def test_an_action_through_a_role_held_before_outlives_the_tenure(other: HeldAt) -> None:
    """Where the role must have been held at another time, leaving it ends nothing."""
    role = representative(date(2015, 1, 1), SPAN[1])
    seen = dossier(listing(conduct_since=date(2017, 1, 1)), roles=(role,))

    assert ends(decided(covering(role_reach(other)), seen=seen)) == [UNTIL]


def test_items_that_are_not_met_do_not_lengthen_an_action() -> None:
    """A clause about another party, or an item not met, says nothing of how long a target is reached."""
    roles = (representative(*SPAN),)
    by_conduct = role_reach(HeldAt.CONDUCT)
    another = covering(role_reach(), party="enterprise")
    another = evolve(another, covers=(*another.covers, *covering(by_conduct, party="natural_person").covers))
    not_met = covering(role_reach(), by_conduct)
    seen = dossier(listing(conduct_since=date(2017, 1, 1)), roles=roles)

    assert ends(decided(another, seen=seen)) == [SPAN[1]]
    assert ends(decided(not_met, seen=seen)) == [SPAN[1]]


def test_an_item_that_is_met_otherwise_does_lengthen_it() -> None:
    """Whoever is reached by conduct as well is reached until the listing ends."""
    role = representative(date(2015, 1, 1), SPAN[1])
    seen = dossier(listing(conduct_since=date(2017, 1, 1)), roles=(role,))

    assert ends(decided(covering(SELF, role_reach(), role_reach(HeldAt.CONDUCT)), seen=seen)) == [
        UNTIL,
        UNTIL,
    ]
