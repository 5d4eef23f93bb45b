"""Load: the events around a listing, and what is odd about them.

What contradicts itself is an error. What stands out of order is a warning of the dossier: the rest still says
what it says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from creditrules.load.dossier_problems import Path, Places, Problems
from creditrules.load.dossier_scalars import UNREADABLE
from creditrules.model.dossier import Listing
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.folding import FIELDS, first_of_each
from creditrules.model.words import Outcome

if TYPE_CHECKING:
    from creditrules.load.dossier_docs import EventDoc

# The outcomes of these decide where a listing stands, so they have words of their own.
OUTCOMES = {
    EventKind.OBJECTION_OUTCOME: (Outcome.UPHELD, Outcome.REJECTED),
    EventKind.REPAIR_DECISION: (Outcome.GRANTED, Outcome.REFUSED),
}
Placed = tuple[Event, Path]


def read_events(
    docs: Sequence[EventDoc], people: Collection[str], path: Path, places: Places, problems: Problems
) -> list[Placed]:
    """Return the events of a listing with their places, by day.

    Findings: CR448, CR449, CR451.
    """
    placed = []
    for i, doc in enumerate(docs):
        if doc.kind == UNREADABLE:
            continue
        place = (*path, "events", i)
        kind = EventKind(doc.kind)
        if kind in OUTCOMES and doc.outcome not in OUTCOMES[kind]:
            words = {"kind": kind.value, "known": ", ".join(OUTCOMES[kind]), "word": doc.outcome or ""}
            problems.add("CR448", (*place, "outcome") if doc.outcome else place, **words)
        if doc.until is not None and doc.until < doc.on:
            problems.add("CR449", (*place, "until"), (*place, "on"), on=str(doc.on), until=str(doc.until))
        if doc.person is not None and doc.person not in people and UNREADABLE not in people:
            problems.unknown("CR451", (*place, "person"), doc.person, people)
        placed.append((_event(kind, doc, places, place), place))
    turn = {id(event): n for n, event in enumerate(in_order(event for event, _ in placed))}
    return sorted(placed, key=lambda each: turn[id(each[0])])


def _event(kind: EventKind, doc: EventDoc, places: Places, place: Path) -> Event:
    return Event(
        kind=kind,
        on=doc.on,
        by=doc.by.strip(),
        to=doc.to.strip(),
        person=doc.person,
        doc_no=doc.doc_no.strip(),
        until=doc.until,
        outcome=doc.outcome,
        details=dict(doc.details),
        recorded=doc.recorded,
        span=places.span(place),
    )


def check_fields(listing: Listing, placed: Sequence[Placed], path: Path, problems: Problems) -> None:
    """Check that a field and the event which says the same say the same day (CR447)."""
    first = first_of_each(tuple(event for event, _ in placed), listing.determined)
    where = {id(event): place for event, place in placed}
    for kind, name in FIELDS.items():
        stated, event = getattr(listing, name), first.get(kind)
        if event is not None and stated is not None and stated != event.on:
            day = str(stated) if isinstance(stated, date) else "false"
            words = {"kind": kind.value, "on": str(event.on), "field": name, "day": day}
            problems.add("CR447", (*where[id(event)], "on"), (*path, name), **words)
