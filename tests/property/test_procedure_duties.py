"""Laws of duties, over random events around one listing on a random day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain

from hypothesis import example, given, settings
from hypothesis import strategies as st

from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Duty, DutyState, Proceedings
from creditrules.model.words import Truth
from creditrules.procedure.events import events_of
from creditrules.procedure.plan import BURDENS
from creditrules.testing.events import EVENT_DAYS, events, one_event
from tests.support.effort import many
from tests.support.procedure import catalogue, dossier, duties, event, facts, order, said

ON = st.sampled_from((*EVENT_DAYS[5:], *(day + timedelta(days=8) for day in EVENT_DAYS)))
ABOUT = st.sampled_from(({}, facts(tax__arrears_unsecured=True), facts(tax__arrears_unsecured=False)))
RULES = {rule.key: rule for rule in catalogue().procedure.duties}
FULFILLING = tuple(dict.fromkeys(chain.from_iterable(rule.fulfilled_by for rule in RULES.values())))
# What ends a listing, or an earlier end, is more than the fulfilment of a duty.
PLAIN = tuple(
    kind for kind in FULFILLING if kind not in (EventKind.OBJECTION_OUTCOME, EventKind.RECTIFICATION_FAILURE)
)
_ENDINGS = (
    *(EventKind.REMOVAL, EventKind.REVOCATION, EventKind.OBJECTION_OUTCOME),
    *(EventKind.PENALTY_CHANGED, EventKind.REPAIR_DECISION, EventKind.REPAIR_REVOCATION),
)


def law(check: Callable[..., None]) -> Callable[[], None]:
    """Hold a law against some hundred random dossiers."""
    tested: Callable[[], None] = settings(max_examples=many(250), deadline=None, database=None)(
        given(events(), ABOUT, ON)(check)
    )
    return tested


def _arisen(found: Proceedings) -> Iterator[Duty]:
    return (duty for duty in found.duties if duty.arose is not None)


@law
def test_no_duty_comes_before_its_trigger(given_events: tuple[Event, ...], about: dict, on: date) -> None:  # type: ignore[type-arg]
    """What arose did so with an event of its trigger, or on the day after another duty ran out."""
    case = dossier(*given_events, about=about)
    found = said(case, on)
    happened = {(e.kind, e.on) for e in events_of(case.as_known(None).listings[0])}
    for duty in _arisen(found):
        rule = RULES[duty.rule]
        assert duty.arose is not None
        assert duty.arose <= on
        by_event = any((kind, duty.arose) in happened for kind in rule.triggers)
        assert by_event or rule.after is not None
        if not by_event:
            before = [d for d in _arisen(found) if d.rule == rule.after]
            assert any(d.arose is not None and d.arose < duty.arose for d in before)
        assert duty.deadline is None or duty.deadline.day >= duty.arose


@law
def test_each_state_says_what_it_means(given_events: tuple[Event, ...], about: dict, on: date) -> None:  # type: ignore[type-arg]
    """Due until the deadline, overdue after it, done when met, excused with a reason, else open."""
    for duty in said(dossier(*given_events, about=about), on).duties:
        assert (duty.arose is None) == (duty.state is DutyState.PENDING)
        assert (duty.met_on is not None) == (duty.state is DutyState.DONE)
        assert (duty.excuse is not None) == (duty.state is DutyState.EXCUSED)
        if duty.state in (DutyState.DUE, DutyState.OVERDUE):
            assert duty.deadline is not None
            assert (duty.deadline.day < on) == (duty.state is DutyState.OVERDUE)
            assert duty.force.value not in ("may", "encouraged") or duty.state is DutyState.DUE
        if duty.state is DutyState.OPEN:
            assert duty.deadline is None
        if duty.late:
            assert duty.deadline is not None
            assert duty.deadline.day < (duty.met_on or on)


def _touched(kind: EventKind) -> set[str]:
    """Return the duties an event of a kind sets off, or that come after one it meets or sets off."""
    touched = {key for key, rule in RULES.items() if kind in rule.triggers or kind in rule.fulfilled_by}
    set_off = {key for key in touched if kind in RULES[key].triggers}
    while more := {k for k, rule in RULES.items() if rule.after in touched} - set_off - touched:
        touched |= more
        set_off |= more
    return set_off | {key for key, rule in RULES.items() if rule.after in touched}


@settings(max_examples=many(400), deadline=None, database=None)
@given(events(), one_event(PLAIN), ABOUT, ON)
@example(
    (order(date(2018, 12, 12), date(2019, 1, 5)),),
    event("publication", date(2018, 12, 20)),
    {},
    date(2019, 1, 9),
)
def test_fulfilling_a_duty_makes_no_other_overdue(
    given_events: tuple[Event, ...],
    done: Event,
    about: dict,  # type: ignore[type-arg]
    on: date,
) -> None:
    """What is overdue with one more fulfilling event was overdue without it, or is set off by that event."""
    # A push that is made is followed by a response, and that is a new duty: it, and what comes after it, is
    # not overdue because something was done but because something new was not.
    before = said(dossier(*given_events, about=about), on)
    after = said(dossier(*given_events, done, about=about), on)
    was = {(d.rule, d.arose) for d in before.duties if d.state is DutyState.OVERDUE}
    now = {(d.rule, d.arose) for d in after.duties if d.state is DutyState.OVERDUE}

    new = {rule for rule, _ in now - was}
    assert new <= _touched(done.kind)


@settings(max_examples=many(250), deadline=None, database=None)
@given(events(), ABOUT, ON, st.sampled_from(("removal", "revocation")))
def test_after_a_removal_nothing_is_published_pushed_or_sanctioned(
    given_events: tuple[Event, ...],
    about: dict,  # type: ignore[type-arg]
    on: date,
    end: str,
) -> None:
    """No such duty is left or to come, but for what the end of a listing itself brings about."""
    removed = event(end, min(on, EVENT_DAYS[20]))

    found = said(dossier(*given_events, removed, about=about), on)

    for duty in found.duties:
        rule = RULES[duty.rule]
        if BURDENS.isdisjoint(rule.fulfilled_by) or not set(rule.triggers).isdisjoint(_ENDINGS):
            continue
        assert duty.state in (DutyState.DONE, DutyState.EXCUSED)
        assert duty.arose is not None
    assert all(duty.state is not DutyState.PENDING for duty in found.duties)
    assert found.exits == ()


@law
def test_watchlists_are_neither_published_nor_pushed_since_the_opinion(
    given_events: tuple[Event, ...],
    about: dict,  # type: ignore[type-arg]
    on: date,
) -> None:
    """From its day on no such duty is left, whatever happened before."""
    late = max(on, date(2020, 12, 7))

    found = said(dossier(*given_events, about=about, list="watched"), late)

    for duty in found.duties:
        if not BURDENS.isdisjoint(RULES[duty.rule].fulfilled_by):
            assert duty.state in (DutyState.DONE, DutyState.EXCUSED)


@law
def test_what_is_done_stays_done(given_events: tuple[Event, ...], about: dict, on: date) -> None:  # type: ignore[type-arg]
    """A day later every duty that was done is done, and by the same event."""
    today = said(dossier(*given_events, about=about), on)
    later = said(dossier(*given_events, about=about), on + timedelta(days=1))
    done = {(d.rule, d.arose, d.met_on) for d in later.duties if d.state is DutyState.DONE}
    for duty in today.duties:
        if duty.state is DutyState.DONE and RULES[duty.rule].after is None:
            assert (duty.rule, duty.arose, duty.met_on) in done


@settings(max_examples=many(150), deadline=None, database=None)
@given(events(), ON)
def test_an_unknown_condition_is_named_and_decides_nothing(given_events: tuple[Event, ...], on: date) -> None:
    """Without the fact, the duty is open or done; with it, it is as the fact says."""
    for duty in duties(dossier(*given_events, about={}), on, "order"):
        if duty.arose is not None and duty.state is DutyState.OPEN:
            assert duty.missing == ("tax.arrears_unsecured",)
        assert duty.state not in (DutyState.DUE, DutyState.OVERDUE)
    assert duties(dossier(*given_events, about=facts(tax__arrears_unsecured=False)), on, "order") == []


def test_the_truths_are_ordered_as_kleene_has_them() -> None:
    """Duties and ways out join conditions with `min`, which is `and` only in this order."""
    assert Truth.FALSE < Truth.UNKNOWN < Truth.TRUE
