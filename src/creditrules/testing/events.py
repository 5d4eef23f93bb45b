"""Testing: random events around a listing, in no particular order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from creditrules.model.event import Event, EventKind
from creditrules.model.words import Outcome

# Days around which the law changes, so that few days meet often.
EVENT_DAYS = tuple(
    date(2018, 12, 3) + timedelta(days=n) for n in (*range(0, 60, 3), *range(60, 400, 20), 733, 735, 955, 960)
)
_OUTCOMES = {
    EventKind.OBJECTION_OUTCOME: (Outcome.UPHELD, Outcome.REJECTED),
    EventKind.REPAIR_DECISION: (Outcome.GRANTED, Outcome.REFUSED),
}
_WITH_PERIOD = (
    *(EventKind.RECTIFICATION_ORDER, EventKind.RECTIFICATION_EXTENSION),
    *(EventKind.PUBLICATION, EventKind.COURT_STAY),
)
_LASTS = dict.fromkeys(_WITH_PERIOD, (10, 30, 60, None))


def _of_kind(kind: EventKind, recorded: bool) -> st.SearchStrategy[Event]:
    return st.builds(
        _event,
        st.just(kind),
        st.sampled_from(EVENT_DAYS),
        st.sampled_from(_LASTS.get(kind, (None,))),
        st.sampled_from(_OUTCOMES.get(kind, (None,))),
        st.sampled_from((None, None, *EVENT_DAYS[::7])) if recorded else st.none(),
    )


def _event(
    kind: EventKind, on: date, lasts: int | None, outcome: Outcome | None, recorded: date | None
) -> Event:
    until = None if lasts is None else on + timedelta(days=lasts)
    details = {"suspends": "true"} if kind is EventKind.OBJECTION and on.day % 2 else {}
    return Event(kind, on, until=until, outcome=outcome, details=details, recorded=recorded)


def one_event(
    kinds: tuple[EventKind, ...] = tuple(EventKind), *, recorded: bool = False
) -> st.SearchStrategy[Event]:
    """Generate an event of some kinds; *recorded*: sometimes entered on a later day."""
    return st.sampled_from([_of_kind(kind, recorded) for kind in kinds]).flatmap(lambda each: each)


def events(
    kinds: tuple[EventKind, ...] = tuple(EventKind), *, most: int = 12, recorded: bool = False
) -> st.SearchStrategy[tuple[Event, ...]]:
    """Generate some events, in any order."""
    return st.lists(one_event(kinds, recorded=recorded), max_size=most).map(tuple)
