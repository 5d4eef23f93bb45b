"""Laws of counting, of order, of what was known, and of favour: nothing lasts longer because of it."""

from __future__ import annotations

import random
from datetime import date, timedelta

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from creditrules.decide.decide import decide
from creditrules.model.condition import Op, Test, truth_of
from creditrules.model.dossier import Dossier
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.folding import folded
from creditrules.model.procedure import Term
from creditrules.model.status import Status, standing
from creditrules.model.time import Period
from creditrules.model.words import Outcome, Truth
from creditrules.procedure.calendar import CHINA
from creditrules.procedure.counting import count
from creditrules.procedure.plan import plan
from creditrules.procedure.proceed import scenes
from creditrules.procedure.scene import Counter
from creditrules.testing.conditions import conditions
from creditrules.testing.events import EVENT_DAYS, events, one_event
from tests.support.effort import many
from tests.support.procedure import DETERMINED, catalogue, dossier, event, facts, rulebook, said

DAYS = st.dates(date(2004, 1, 1), date(2029, 12, 31))
ON = st.sampled_from(EVENT_DAYS[5:])
MANY = settings(max_examples=many(300), deadline=None, database=None)
FAVOURABLE = (
    *(EventKind.COMMITMENT_GIVEN, EventKind.COMMITMENT_KEPT, EventKind.TRAINING, EventKind.CREDIT_REPORT),
    *(EventKind.PUBLIC_SERVICE, EventKind.COUNSELLING, EventKind.RECTIFICATION_CONFIRMATION),
    *(EventKind.REPAIR_APPLICATION, EventKind.REPAIR_ACCEPTANCE, EventKind.REMOVAL_APPLICATION),
    *(EventKind.REMOVAL, EventKind.REVOCATION, EventKind.WITHDRAWAL, EventKind.COURT_STAY),
)
_SETTLED = {
    EventKind.REPAIR_DECISION: Outcome.GRANTED,
    EventKind.OBJECTION_OUTCOME: Outcome.UPHELD,
}
FAVOURS = st.one_of(
    one_event(FAVOURABLE),
    st.builds(
        lambda kind, on: event(kind, on, outcome=_SETTLED[kind]),
        st.sampled_from(tuple(_SETTLED)),
        st.sampled_from(EVENT_DAYS),
    ),
)
_LENGTHS = st.one_of(
    st.builds(Term, working_days=st.integers(1, 60)),
    st.builds(Term, st.builds(Period, st.integers(0, 3), st.integers(0, 30), st.integers(1, 90))),
)


def _day(start: date, term: Term, rolls: bool = True) -> date:
    counted = count(start, term, CHINA, {}, rolls=rolls)
    assert counted is not None
    return counted.day


@MANY
@given(DAYS, _LENGTHS)
def test_a_deadline_is_a_working_day_after_its_start(start: date, term: Term) -> None:
    """Wherever a term begins, its last day is worked, and it is never the first."""
    day = _day(start, term)

    assert day > start
    assert CHINA.is_working_day(day)


@MANY
@given(DAYS, st.integers(1, 60), st.integers(1, 30))
def test_a_longer_term_never_ends_earlier(start: date, length: int, more: int) -> None:
    """Adding a day, a working day or a month moves the end on, or leaves it."""
    assert _day(start, Term(working_days=length)) < _day(start, Term(working_days=length + more))
    assert _day(start, Term(Period(days=length))) <= _day(start, Term(Period(days=length + more)))
    assert _day(start, Term(Period(months=length))) <= _day(start, Term(Period(months=length + more)))


@MANY
@given(DAYS, _LENGTHS, st.integers(1, 40))
def test_a_term_that_begins_later_never_ends_earlier(start: date, term: Term, later: int) -> None:
    """Nobody gains by being told sooner."""
    assert _day(start, term) <= _day(start + timedelta(days=later), term)


@MANY
@given(DAYS, _LENGTHS)
def test_rolling_on_only_adds(start: date, term: Term) -> None:
    """A deadline is never before the plain end of its period, and a publication never after it."""
    assert _day(start, term, rolls=False) <= _day(start, term)
    if term.period is not None:
        assert _day(start, term, rolls=False) == term.period.after(start)


@MANY
@given(DAYS, st.integers(1, 40))
def test_as_many_working_days_lie_in_a_term_as_it_has(start: date, length: int) -> None:
    """Counting them one by one gives the number again."""
    end = _day(start, Term(working_days=length))
    within = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))

    assert sum(CHINA.is_working_day(day) for day in within) == length


@MANY
@given(events(recorded=True), ON, st.randoms(use_true_random=False))
def test_the_order_of_events_in_a_file_means_nothing(
    given_events: tuple[Event, ...], on: date, chance: random.Random
) -> None:
    """However they are written down, the same events give the same proceedings."""
    mixed = list(given_events)
    chance.shuffle(mixed)

    assert in_order(mixed) == in_order(given_events)
    assert said(dossier(*mixed), on) == said(dossier(*given_events), on)


@MANY
@given(events(recorded=True), ON, st.sampled_from(EVENT_DAYS))
def test_what_was_not_known_had_not_been_told(given_events: tuple[Event, ...], on: date, known: date) -> None:
    """Asking for a day of knowledge is asking a dossier without the events entered after it."""
    told = tuple(e for e in given_events if e.recorded is None or e.recorded <= known)

    assert said(dossier(*given_events), on, known=known) == said(dossier(*told), on)
    early = date(2000, 1, 1)
    timeless = tuple(e for e in given_events if e.recorded is None)
    assert said(dossier(*given_events), on, known=early) == said(dossier(*timeless), on)


@MANY
@given(events(), ON)
def test_what_comes_after_the_day_means_nothing_on_it(given_events: tuple[Event, ...], on: date) -> None:
    """The proceedings of a day do not know what happened later."""
    past = tuple(e for e in given_events if e.on <= on)

    assert said(dossier(*given_events), on) == said(dossier(*past), on)


@MANY
@given(events())
def test_folding_twice_changes_nothing(given_events: tuple[Event, ...]) -> None:
    """What events say is in the fields once and for all."""
    once = dossier(*given_events).as_known(None)

    assert once.as_known(None) == once
    assert all(folded(listing) == listing for listing in once.listings)


@MANY
@given(events(), ON)
def test_a_removal_event_ends_a_listing_whatever_else_happened(
    given_events: tuple[Event, ...], on: date
) -> None:
    """From its day on the listing is over, and no action is taken on it."""
    case = dossier(*given_events, event("removal", on))

    (listing,) = case.as_known(None).listings
    assert standing(listing, None, on).status in (Status.REMOVED, Status.REVOKED, Status.REPAIRED)
    assert decide(rulebook(on), case, engine="indexed").actions == ()


def _ends(case: Dossier, on: date) -> tuple[dict[str, date | None], dict[str, date | None], dict[str, date]]:
    actions = decide(rulebook(on), case, engine="indexed").actions
    exits = said(case, on).exits
    publicity = {e.way: e.publicity_ends.day if e.publicity_ends else None for e in exits}
    earliest = {e.way: e.earliest.day for e in exits if e.earliest}
    return {a.key: a.until for a in actions}, publicity, earliest


@MANY
@given(events(), FAVOURS, ON)
def test_nothing_ends_later_because_something_favourable_happened(
    given_events: tuple[Event, ...], favour: Event, on: date
) -> None:
    """No action and no publicity lasts longer, no way out opens later, and no action is added."""
    actions, publicity, earliest = _ends(dossier(*given_events), on)
    actions_now, publicity_now, earliest_now = _ends(dossier(*given_events, favour), on)

    assert actions_now.keys() <= actions.keys()
    for now, before in ((actions_now, actions), (publicity_now, publicity)):
        for key, end in now.items():
            assert before[key] is None or (end is not None and end <= before[key])  # type: ignore[operator]
    assert all(day <= earliest[key] for key, day in earliest_now.items())


@MANY
@given(events(), conditions(), ON)
def test_conditions_of_procedure_mean_what_conditions_mean(
    given_events: tuple[Event, ...], condition: object, on: date
) -> None:
    """Over facts and events they have the truth of `truth_of`; only a day that never was is no question."""
    ready = plan(rulebook(on))
    case = dossier(*given_events, about=facts(tax__arrears_unsecured=True)).as_known(None)
    (scene,) = scenes(rulebook(on), case, ready, Counter(CHINA, ready.terms))
    paths = ("tax.arrears_unsecured", "event.training", "tax.arrears", "listing.determined", "tax.cases")
    renamed = _renamed(condition, paths)

    truth, missing = scene.judged(renamed, on)

    assert truth is truth_of(renamed, lambda path: ready.look(path)(scene, on), on)
    assert (truth is Truth.UNKNOWN) == bool(missing)
    never = Test("event.case_report.on", Op.LESS_THAN, date(2100, 1, 1))
    told = any(e.kind is EventKind.CASE_REPORT and e.on <= on for e in given_events)
    assert scene.judged(never, on)[0] is Truth.of(told)


def _renamed(condition: object, paths: tuple[str, ...]):  # type: ignore[no-untyped-def]
    """Let a random condition ask the small catalogue; what each test asks depends on its place alone."""
    match condition:
        case Test():
            path = paths[len(repr(condition)) % len(paths)]
            values = {
                "listing.determined": Test(path, Op.AT_LEAST, DETERMINED),
                "tax.arrears": Test(path, Op.MORE_THAN, 100),
                "tax.cases": Test(path, Op.EXISTS),
            }
            return values.get(path, Test(path, Op.IS, True))
    parts = getattr(condition, "parts", None)
    if parts is not None:
        return evolve(condition, parts=tuple(_renamed(part, paths) for part in parts))  # type: ignore[type-var]
    return evolve(condition, part=_renamed(condition.part, paths))  # type: ignore[type-var,attr-defined]


def test_the_small_catalogue_has_actions_to_end() -> None:
    """The laws above are not laws about nothing."""
    assert decide(rulebook(date(2019, 3, 1)), dossier(), engine="indexed").actions
    assert catalogue().procedure.duties
