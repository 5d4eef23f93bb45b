"""Procedure: what happens around listings as one list of dated entries, for views to draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.lists import ListKind
from creditrules.model.procedure import Counted, Proceedings
from creditrules.model.status import last_day, standing
from creditrules.model.text import Text
from creditrules.procedure import phrases
from creditrules.procedure.events import events_of

# Of several entries of one day, these kinds follow one another.
KINDS = ("event", "state", "deadline", "end")
_PUBLICATION = EventKind.PUBLICATION


@frozen
class Moment:
    """One thing on one day: an event, a state reached, a deadline, or an end.

    `of` is what it belongs to: the kind of event, the status, the key of the duty, the way or the action.
    """

    on: date
    kind: str
    listing: str
    of: str
    text: Text
    provisional: bool = False


def timeline(
    dossier: Dossier,
    lists: Mapping[str, ListKind],
    proceedings: Proceedings,
    decision: Decision | None = None,
) -> tuple[Moment, ...]:
    """Return everything that has a day, in order.

    Args:
        dossier: as it is known (`Dossier.as_known`).
        lists: the kinds of lists, which say when a listing ends.
        proceedings: what the procedure says of the dossier.
        decision: also tells when actions end.
    """
    moments: list[Moment] = []
    for listing in dossier.listings:
        moments += _events(listing)
        moments += _states(listing, lists[listing.list])
    moments += _deadlines(proceedings)
    if decision is not None:
        for action in decision.actions:
            if action.until is not None:
                for key in dict.fromkeys(part.listing for part in action.parts):
                    text = phrases.ACTION_ENDS.filled(unit=action.unit, effect=action.effect)
                    moments.append(Moment(action.until, "end", key, action.key, text))
    return tuple(sorted(moments, key=lambda m: (m.on, KINDS.index(m.kind), m.listing, m.of)))


def _events(listing: Listing) -> Iterator[Moment]:
    for event in events_of(listing):
        yield Moment(event.on, "event", listing.id, event.kind.value, EVENT_NAMES[event.kind])
        if event.kind is _PUBLICATION and event.until is not None:
            yield Moment(event.until, "end", listing.id, "publicity", phrases.PUBLISHED_UNTIL)


def _states(listing: Listing, kind: ListKind) -> Iterator[Moment]:
    """Yield each change of where a listing stands; it can only change on a day something is stated for."""
    end = last_day(listing, kind)
    before = None
    for day in sorted(_turning_days(listing, end)):
        status = standing(listing, end, day, kind.level).status
        if status is not before:
            yield Moment(day, "state", listing.id, status.value, Text(status.value, status.value))
        before = status


def _turning_days(listing: Listing, end: date | None) -> set[date]:
    days: Iterable[object] = (
        *(listing.determined, listing.served, listing.aggregated, listing.since),
        *(listing.removed, listing.revoked),
        *(day for o in listing.objections for day in (o.filed, o.decided)),
        *(day for r in listing.repairs for day in (r.decided, r.revoked)),
    )
    turning = {day for day in days if isinstance(day, date)}
    stays = [e for e in listing.events if e.kind is EventKind.COURT_STAY]
    turning |= {stay.on for stay in stays}
    over = (end, *(stay.until for stay in stays))
    return turning | {day + timedelta(days=1) for day in over if day is not None and day < date.max}


def _deadlines(proceedings: Proceedings) -> Iterator[Moment]:
    for duty in proceedings.duties:
        if duty.deadline is not None:
            yield _counted(duty.deadline, "deadline", duty.listing, duty.rule, duty.does)
    for way in proceedings.exits:
        dated = (
            (way.earliest, "deadline", phrases.MAY_APPLY),
            (way.acceptance_due, "deadline", phrases.ACCEPTANCE),
            (way.decision_due, "deadline", phrases.DECISION),
            (way.publicity_ends, "end", phrases.PUBLICITY_ENDS),
        )
        for counted, kind, text in dated:
            if counted is not None:
                yield _counted(counted, kind, way.listing, way.way, text.filled(way=way.title))


def _counted(counted: Counted, kind: str, listing: str, of: str, text: Text) -> Moment:
    return Moment(counted.day, kind, listing, of, text, counted.provisional)
