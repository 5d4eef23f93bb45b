"""Procedure: what happened around a listing, found by kind and day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from creditrules.model.dossier import Listing
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.folding import FIELDS


def events_of(listing: Listing) -> tuple[Event, ...]:
    """Return the events of a listing by day, those included that only its fields tell of."""
    told = {(event.kind, event.on) for event in listing.events}
    made = [event for event in _from_fields(listing) if (event.kind, event.on) not in told]
    return in_order((*listing.events, *made)) if made else in_order(listing.events)


def _from_fields(listing: Listing) -> Iterator[Event]:
    for kind, name in FIELDS.items():
        day = getattr(listing, name)
        if isinstance(day, date):
            by, doc_no = (listing.authority, listing.doc_no) if kind is EventKind.DETERMINATION else ("", "")
            yield Event(kind, day, by=by, doc_no=doc_no)
    for objection in listing.objections:
        yield Event(EventKind.OBJECTION, objection.filed)
        if objection.decided is not None:
            yield Event(EventKind.OBJECTION_OUTCOME, objection.decided, outcome=objection.outcome)
    for repair in listing.repairs:
        if repair.applied is not None:
            yield Event(EventKind.REPAIR_APPLICATION, repair.applied)
        if repair.decided is not None:
            yield Event(EventKind.REPAIR_DECISION, repair.decided, outcome=repair.outcome)
        if repair.revoked is not None:
            yield Event(EventKind.REPAIR_REVOCATION, repair.revoked)


class Happened:
    """The events of a listing up to a day, by kind."""

    def __init__(self, events: tuple[Event, ...]) -> None:
        self.all = events
        self._by_kind: dict[EventKind, list[Event]] = {}
        for event in events:
            self._by_kind.setdefault(event.kind, []).append(event)
        self._of: dict[tuple[EventKind, ...], tuple[list[Event], list[date]]] = {}

    def of(self, kinds: tuple[EventKind, ...]) -> list[Event]:
        """Return the events of some kinds, by day."""
        return self._merged(kinds)[0]

    def first(self, kinds: tuple[EventKind, ...], since: date, besides: Event | None = None) -> Event | None:
        """Return the first event of some kinds on or after a day, other than one."""
        events, days = self._merged(kinds)
        place = bisect_left(days, since)
        while place < len(events) and events[place] is besides:
            place += 1
        return events[place] if place < len(events) else None

    def last(self, kinds: tuple[EventKind, ...], by: date) -> Event | None:
        """Return the last event of some kinds on or before a day."""
        events, days = self._merged(kinds)
        place = bisect_right(days, by)
        return events[place - 1] if place else None

    def _merged(self, kinds: tuple[EventKind, ...]) -> tuple[list[Event], list[date]]:
        known = self._of.get(kinds)
        if known is None:
            lists = [self._by_kind[kind] for kind in dict.fromkeys(kinds) if kind in self._by_kind]
            # Sorting is stable, and each list is in the order of `in_order`.
            events = lists[0] if len(lists) == 1 else sorted((e for each in lists for e in each), key=_day)
            known = self._of[kinds] = (events, [event.on for event in events])
        return known


def _day(event: Event) -> date:
    return event.on
