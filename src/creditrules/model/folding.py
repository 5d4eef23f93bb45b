"""Model: what the events around a listing mean for the listing's own fields.

A day that a listing states stands; one it does not state is that of the first event which sets it. Service,
aggregation and publication count from the determination on, an end counts whenever it came: what is out of
order never makes a listing carry measures that it would not carry otherwise.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from attrs import evolve

from creditrules.model.dossier import Listing, Objection, Repair
from creditrules.model.event import Event, EventKind
from creditrules.model.words import Outcome

# What an event of a kind says is what this field of a listing says.
FIELDS = {
    EventKind.DETERMINATION: "determined",
    EventKind.SERVICE: "served",
    EventKind.AGGREGATION: "aggregated",
    EventKind.PUBLICATION: "published",
    EventKind.REMOVAL: "removed",
    EventKind.REVOCATION: "revoked",
}
STEPS = frozenset({EventKind.SERVICE, EventKind.AGGREGATION, EventKind.PUBLICATION})
_OBJECTING = (EventKind.OBJECTION, EventKind.OBJECTION_OUTCOME)
_REPAIRING = (EventKind.REPAIR_APPLICATION, EventKind.REPAIR_DECISION, EventKind.REPAIR_REVOCATION)


def folded(listing: Listing) -> Listing:
    """Return a listing whose fields say what its events say. Doing it twice changes nothing."""
    if not listing.events:
        return listing
    first = first_of_each(listing.events, listing.determined)
    filled: dict[str, Any] = {
        name: first[kind].on
        for kind, name in FIELDS.items()
        if kind in first and getattr(listing, name) is None
    }
    determination = first.get(EventKind.DETERMINATION)
    if determination is not None:
        filled |= {
            "authority": listing.authority or determination.by,
            "doc_no": listing.doc_no or determination.doc_no,
            "until": listing.until or determination.until,
        }
    kinds = {event.kind for event in listing.events}
    if not kinds.isdisjoint(_OBJECTING):
        filled["objections"] = _objections(listing)
    if not kinds.isdisjoint(_REPAIRING):
        filled["repairs"] = _repairs(listing)
    return evolve(listing, **filled)


def first_of_each(events: tuple[Event, ...], determined: date | None) -> dict[EventKind, Event]:
    """Return the event of each kind that sets a field, given the day of determination a listing states."""
    if determined is None:
        determined = next((e.on for e in events if e.kind is EventKind.DETERMINATION), None)
    first: dict[EventKind, Event] = {}
    for event in events:
        if event.kind in FIELDS and not (event.kind in STEPS and determined and event.on < determined):
            first.setdefault(event.kind, event)
    return first


def _objections(listing: Listing) -> tuple[Objection, ...]:
    made = list(listing.objections)
    filed = Counter(o.filed for o in made)
    decided = Counter((o.decided, o.outcome) for o in made)
    for event in listing.events:
        if event.kind is EventKind.OBJECTION and not _taken(filed, event.on):
            made.append(Objection(event.on, _suspends(event), recorded=event.recorded))
        elif event.kind is EventKind.OBJECTION_OUTCOME:
            outcome = _outcome(event)
            if outcome is None or _taken(decided, (event.on, outcome)):
                continue
            place = next((n for n, o in enumerate(made) if o.decided is None and o.filed <= event.on), None)
            if place is not None:
                made[place] = evolve(made[place], decided=event.on, outcome=outcome)
            elif outcome is Outcome.UPHELD:
                made.append(Objection(event.on, False, event.on, outcome, event.recorded))
    return tuple(made)


def _repairs(listing: Listing) -> tuple[Repair, ...]:
    made = list(listing.repairs)
    applied = Counter(r.applied for r in made)
    decided = Counter((r.decided, r.outcome) for r in made)
    revoked = Counter(r.revoked for r in made)
    for event in listing.events:
        if event.kind is EventKind.REPAIR_APPLICATION and not _taken(applied, event.on):
            made.append(Repair(event.on, recorded=event.recorded))
        elif event.kind is EventKind.REPAIR_DECISION:
            _decide(made, event, decided)
        elif event.kind is EventKind.REPAIR_REVOCATION and not _taken(revoked, event.on):
            for n, repair in enumerate(made):
                decided_by = repair.decided is not None and repair.decided <= event.on
                if decided_by and repair.outcome is Outcome.GRANTED and repair.revoked is None:
                    made[n] = evolve(repair, revoked=event.on)
    return tuple(made)


def _decide(made: list[Repair], event: Event, decided: Counter[Any]) -> None:
    outcome = _outcome(event)
    if outcome is None or _taken(decided, (event.on, outcome)):
        return
    for n, repair in enumerate(made):
        if repair.decided is None and (repair.applied is None or repair.applied <= event.on):
            made[n] = evolve(repair, decided=event.on, outcome=outcome)
            return
    made.append(Repair(None, event.on, outcome, recorded=event.recorded))


def _taken(left: Counter[Any], key: object) -> bool:
    """Say whether an entry already says what an event says; each entry answers for one event."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def _outcome(event: Event) -> Outcome | None:
    return Outcome(event.outcome) if event.outcome in tuple(Outcome) else None


def _suspends(event: Event) -> bool | None:
    return {"true": True, "false": False}.get(event.details.get("suspends", ""))
