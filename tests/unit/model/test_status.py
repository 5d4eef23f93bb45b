"""Where a listing stands on a day, and when a role is held and a person found responsible."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules.model.dossier import Listing, Objection, Repair, ResponsibilityFinding
from creditrules.model.lists import ListPeriod
from creditrules.model.status import Status, found, held, last_day, standing
from creditrules.model.time import Period
from creditrules.model.words import HeldAt, Level, Outcome, Responsibility, Truth
from tests.support.hand import DETERMINED, ON, UNTIL, list_kind, listing, representative

BEFORE, AFTER = date(2018, 12, 19), date(2018, 12, 21)


def status(on: date = ON, level: Level = Level.BLACKLIST, **more: Any) -> tuple[Status, str | None]:
    """Return where a listing stands, and which entry is missing."""
    made = listing(**more)
    stands = standing(made, made.until, on, level)
    return stands.status, stands.missing


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, (Status.ACTIVE, None)),
        ({"determined": None}, (Status.UNCERTAIN, "listing.determined")),
        ({"determined": AFTER}, (Status.NOT_DETERMINED, None)),
        ({"determined": ON, "served": ON, "aggregated": ON}, (Status.ACTIVE, None)),
        ({"served": None}, (Status.UNCERTAIN, "listing.served")),
        ({"served": False}, (Status.DETERMINED, None)),
        ({"served": AFTER}, (Status.DETERMINED, None)),
        ({"aggregated": None}, (Status.UNCERTAIN, "listing.aggregated")),
        ({"aggregated": False}, (Status.SERVED, None)),
        ({"aggregated": AFTER}, (Status.SERVED, None)),
        ({"since": AFTER}, (Status.SERVED, None)),
        ({"since": ON}, (Status.ACTIVE, None)),
        ({"until": ON}, (Status.ACTIVE, None)),
        ({"until": BEFORE}, (Status.EXPIRED, None)),
        ({"removed": ON}, (Status.REMOVED, None)),
        ({"removed": AFTER}, (Status.ACTIVE, None)),
        ({"revoked": ON}, (Status.REVOKED, None)),
        ({"revoked": BEFORE, "removed": DETERMINED}, (Status.REMOVED, None)),
        ({"removed": ON, "served": None}, (Status.REMOVED, None)),
    ],
)
def test_a_listing_goes_step_by_step(more: dict[str, Any], expected: tuple[Status, str | None]) -> None:
    """A listing stands at the last step its entries show, and is uncertain where an entry is missing."""
    assert status(**more) == expected


@pytest.mark.parametrize("aggregated", [None, False, AFTER])
def test_a_decision_need_not_be_aggregated(aggregated: date | bool | None) -> None:
    """A decision to which a statute attaches its effect is active once it is served."""
    assert status(level=Level.DECISION, aggregated=aggregated) == (Status.ACTIVE, None)
    assert status(level=Level.BLACKLIST, aggregated=aggregated)[0] is not Status.ACTIVE


@pytest.mark.parametrize(
    ("objection", "expected"),
    [
        (Objection(BEFORE, True), (Status.SUSPENDED, None)),
        (Objection(ON, True), (Status.SUSPENDED, None)),
        (Objection(AFTER, True), (Status.ACTIVE, None)),
        (Objection(BEFORE, False), (Status.ACTIVE, None)),
        (Objection(BEFORE), (Status.UNCERTAIN, "objection.suspends")),
        (Objection(BEFORE, True, ON, Outcome.REJECTED), (Status.ACTIVE, None)),
        (Objection(BEFORE, True, AFTER, Outcome.REJECTED), (Status.SUSPENDED, None)),
        (Objection(BEFORE, False, ON, Outcome.UPHELD), (Status.REVOKED, None)),
        (Objection(BEFORE, False, AFTER, Outcome.UPHELD), (Status.ACTIVE, None)),
    ],
)
def test_an_objection_suspends_while_it_is_open(
    objection: Objection, expected: tuple[Status, str | None]
) -> None:
    """A pending objection suspends when it is said to, an upheld one revokes, a rejected one leaves it."""
    assert status(objections=(objection,)) == expected


def test_one_suspending_objection_is_enough() -> None:
    """With several objections open, a known suspension goes before one nobody recorded."""
    assert status(objections=(Objection(BEFORE), Objection(ON, True)))[0] is Status.SUSPENDED


@pytest.mark.parametrize(
    ("repair", "expected"),
    [
        (Repair(), Status.ACTIVE),
        (Repair(decided=ON, outcome=Outcome.GRANTED), Status.REPAIRED),
        (Repair(decided=AFTER, outcome=Outcome.GRANTED), Status.ACTIVE),
        (Repair(decided=ON, outcome=Outcome.REFUSED), Status.ACTIVE),
        (Repair(decided=BEFORE, outcome=Outcome.GRANTED, revoked=ON), Status.ACTIVE),
        (Repair(decided=BEFORE, outcome=Outcome.GRANTED, revoked=AFTER), Status.REPAIRED),
    ],
)
def test_a_granted_repair_ends_a_listing_until_it_is_revoked(repair: Repair, expected: Status) -> None:
    """Repair ends a listing from the day it is granted; revoking the repair revives the listing."""
    assert status(repairs=(repair,))[0] is expected


@pytest.mark.parametrize("end", list(Status))
def test_only_an_active_listing_carries(end: Status) -> None:
    """A listing carries measures when it is active, perhaps when it is uncertain, else not."""
    expected = {Status.ACTIVE: Truth.TRUE, Status.UNCERTAIN: Truth.UNKNOWN}.get(end, Truth.FALSE)
    stands = standing(listing(), UNTIL, ON)

    assert type(stands)(end).carries is expected


@pytest.mark.parametrize(
    ("periods", "more", "expected"),
    [
        ((), {}, None),
        ((ListPeriod(period=Period(years=2)),), {}, date(2019, 6, 15)),
        ((ListPeriod(period=Period(years=2)),), {"until": UNTIL}, UNTIL),
        ((ListPeriod(period=Period(years=2)),), {"determined": None}, None),
        ((ListPeriod(),), {}, None),
        ((ListPeriod(period=Period(years=1), counts_from="published"),), {}, None),
        (
            (ListPeriod(period=Period(years=1), counts_from="published"),),
            {"published": ON},
            date(2019, 12, 20),
        ),
        ((ListPeriod(period=Period(years=1), counts_from="since"),), {"since": ON}, date(2019, 12, 20)),
        ((ListPeriod(until=BEFORE, period=Period(years=1)), ListPeriod()), {}, date(2018, 6, 15)),
        ((ListPeriod(since=AFTER, period=Period(years=1)),), {}, None),
    ],
)
def test_a_listing_ends_as_it_says_or_as_its_list_has_it(
    periods: tuple[ListPeriod, ...], more: dict[str, Any], expected: date | None
) -> None:
    """The listing's own last day counts, else the period its list set for the day of the determination."""
    made = listing(**{"until": None, **more})

    assert last_day(made, list_kind(periods=periods)) == expected


CONDUCT = {"conduct_since": date(2016, 5, 1), "conduct_until": date(2016, 7, 1)}


@pytest.mark.parametrize(
    ("since", "until", "conduct", "determination", "day"),
    [
        (None, None, Truth.TRUE, Truth.TRUE, Truth.TRUE),
        (date(2016, 7, 1), None, Truth.TRUE, Truth.TRUE, Truth.TRUE),
        (date(2016, 7, 2), None, Truth.FALSE, Truth.TRUE, Truth.TRUE),
        (None, date(2016, 5, 1), Truth.TRUE, Truth.FALSE, Truth.FALSE),
        (None, date(2016, 4, 30), Truth.FALSE, Truth.FALSE, Truth.FALSE),
        (DETERMINED, DETERMINED, Truth.FALSE, Truth.TRUE, Truth.FALSE),
        (ON, None, Truth.FALSE, Truth.FALSE, Truth.TRUE),
    ],
)
def test_a_role_is_held_at_the_time_a_clause_asks_for(
    since: date | None, until: date | None, conduct: Truth, determination: Truth, day: Truth
) -> None:
    """A tenure counts when it touches the conduct, the determination or the day, whichever is asked for."""
    role, seen = representative(since, until), listing(**CONDUCT)
    times = {HeldAt.CONDUCT: conduct, HeldAt.DETERMINATION: determination, HeldAt.DAY: day}

    assert {at: held(role, at, seen, ON) for at in times} == times
    same = len(set(times.values())) == 1
    assert held(role, HeldAt.UNSTATED, seen, ON) is (day if same else Truth.UNKNOWN)


@pytest.mark.parametrize(
    ("at", "more"),
    [
        (HeldAt.CONDUCT, {"conduct_since": None}),
        (HeldAt.DETERMINATION, {"determined": None}),
        (HeldAt.UNSTATED, {"conduct_since": None}),
        (HeldAt.UNSTATED, {"determined": None}),
    ],
)
def test_a_time_nobody_recorded_is_unknown(at: HeldAt, more: dict[str, Any]) -> None:
    """Whether a role was held at a time nobody recorded is unknown, however long it was held."""
    assert held(representative(), at, listing(**more), ON) is Truth.UNKNOWN


@pytest.mark.parametrize("confirmed", [True, False])
def test_the_authority_may_say_which_tenure_counts(confirmed: bool) -> None:
    """A confirmed tenure settles a clause that states no time, and no other clause."""
    role = representative(ON, confirmed=confirmed)

    assert held(role, HeldAt.UNSTATED, listing(**CONDUCT), ON) is Truth.of(confirmed)
    assert held(role, HeldAt.CONDUCT, listing(**CONDUCT), ON) is Truth.FALSE


def test_conduct_of_one_day_is_that_day() -> None:
    """Conduct with one end recorded took place on that day."""
    seen = listing(conduct_since=date(2016, 5, 1))

    assert held(representative(None, date(2016, 5, 1)), HeldAt.CONDUCT, seen, ON) is Truth.TRUE
    assert held(representative(date(2016, 5, 2)), HeldAt.CONDUCT, seen, ON) is Truth.FALSE


D, L, R, N = Responsibility
T, U, F = Truth.TRUE, Truth.UNKNOWN, Truth.FALSE


@pytest.mark.parametrize(
    ("finds", "direct", "leadership", "responsible"),
    [
        ((), U, U, U),
        ((D,), T, T, T),
        ((L,), U, T, T),
        ((R,), U, U, T),
        ((N,), F, F, F),
        ((N, D), T, T, T),
    ],
)
def test_a_finding_meets_what_it_takes_in(
    finds: tuple[Responsibility, ...], direct: Truth, leadership: Truth, responsible: Truth
) -> None:
    """A narrower finding meets a broader question; without one it is unknown, unless none is to come."""
    findings = tuple(ResponsibilityFinding("s1", each) for each in finds)
    asked = {D: direct, L: leadership, R: responsible}

    assert {each: found("s1", each, listing(findings=findings), ON) for each in asked} == asked
    complete = listing(findings=findings, findings_complete=True)
    closed = {each: F if truth is U else truth for each, truth in asked.items()}
    assert {each: found("s1", each, complete, ON) for each in asked} == closed


def test_a_finding_counts_from_its_day_and_for_its_person() -> None:
    """A finding made later, or about somebody else, is none."""
    seen = listing(findings=(ResponsibilityFinding("s1", D, AFTER), ResponsibilityFinding("s2", D)))

    assert found("s1", D, seen, ON) is U
    assert found("s1", D, seen, AFTER) is T


def test_entries_of_a_listing_are_seen_as_of_the_day_they_were_recorded() -> None:
    """The listing itself is plain unless something in it was recorded late."""
    from tests.support.hand import dossier

    late: Listing = listing(findings=(ResponsibilityFinding("s1", D, recorded=AFTER),))
    assert dossier(listing()).is_plain
    assert not dossier(late).is_plain
    assert dossier(late).as_known(ON).listings[0].findings == ()
    assert dossier(late).as_known(AFTER).listings[0].findings == late.findings
