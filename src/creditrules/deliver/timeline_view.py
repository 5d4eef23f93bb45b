"""Deliver: what happens around each listing of a dossier, day by day, and what lasts from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from attrs import frozen

from creditrules.deliver.procedure_view import in_order
from creditrules.deliver.timeline_words import Speech
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Duty, DutyState, Exit, Proceedings
from creditrules.model.status import Status, last_day, standing
from creditrules.model.text import Text

# Of two things on one day the earlier in this row stands first.
KINDS = ("event", "state", "start", "deadline", "end")
LANES = ("status", "measures", "publicity", "records")
_OVER = (Status.REMOVED, Status.REPAIRED, Status.EXPIRED, Status.REVOKED)


@frozen
class Mark:
    """One thing on one day. `kind` is one of `KINDS`; `tone` says how it is drawn."""

    day: date
    kind: str
    text: Text
    tone: str = ""
    provisional: bool = False
    source: str = ""


@frozen
class Band:
    """What lasts from a day until a day, both included; None: its end is not known."""

    lane: str
    since: date
    until: date | None
    text: Text
    tone: str = ""


@frozen
class Track:
    """One listing: what lasts and what happens."""

    listing: str
    title: Text
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]


@frozen
class Timeline:
    """What happens around every listing of a dossier, as seen on a day."""

    on: date
    subjects: tuple[str, ...]
    tracks: tuple[Track, ...]

    def days(self) -> tuple[date, date]:
        """Return the first and the last day that anything happens on, the day of the question included."""
        days = [self.on]
        for track in self.tracks:
            days += [mark.day for mark in track.marks]
            days += [day for band in track.bands for day in (band.since, band.until) if day is not None]
        return min(days), max(days)


def timeline_of(
    decision: Decision,
    dossier: Dossier,
    catalogue: Catalogue,
    proceedings: Proceedings,
    events: Mapping[str, Iterable[Event]],
) -> Timeline:
    """Put together what a decision, its procedure and the events of each listing say, day by day."""
    speech = Speech(dossier, catalogue, decision)
    listings = sorted(dossier.listings, key=lambda v: (v.determined or date.max, v.id))
    return Timeline(
        decision.on,
        tuple(dict.fromkeys(speech.subject(v.subject) for v in listings)),
        tuple(_track(v, speech, proceedings, tuple(events.get(v.id, ()))) for v in listings),
    )


def _track(listing: Listing, speech: Speech, proceedings: Proceedings, events: tuple[Event, ...]) -> Track:
    duties = [d for d in in_order(proceedings.duties) if d.listing == listing.id]
    exits = [e for e in proceedings.exits if e.listing == listing.id]
    status = tuple(_status(listing, speech))
    marks = [
        *_events(events, speech),
        *(Mark(b.since, "state", speech.words("timeline.becomes", status=b.text), b.tone) for b in status),
        *_deadlines(duties, speech),
        *_ways(exits, speech),
        *_actions(listing, speech),
        *_sharing(listing, speech),
    ]
    bands = (
        *status,
        *_measures(listing, speech),
        *_publicity(listing, exits, events, speech),
        *_records(listing, speech),
    )
    marks = list(dict.fromkeys(marks))
    marks.sort(key=lambda m: (m.day, KINDS.index(m.kind), m.text.zh))
    return Track(listing.id, speech.title(listing), bands, tuple(marks))


def _events(events: Iterable[Event], speech: Speech) -> Iterator[Mark]:
    for event in events:
        yield Mark(event.on, "event", speech.event(event), event.outcome or "", source=event.kind.value)


def _deadlines(duties: Iterable[Duty], speech: Speech) -> Iterator[Mark]:
    for duty in duties:
        if duty.deadline is None or duty.state in (DutyState.PENDING, DutyState.EXCUSED):
            continue
        tone = "late" if duty.late else duty.state.value
        yield Mark(
            duty.deadline.day, "deadline", speech.deadline(duty), tone, duty.deadline.provisional, duty.rule
        )


def _ways(exits: Iterable[Exit], speech: Speech) -> Iterator[Mark]:
    for way in exits:
        days = (("earliest", way.earliest), ("acceptance_due", way.acceptance_due))
        for key, counted in (*days, ("decision_due", way.decision_due)) if way.barred_by is None else ():
            if counted is not None:
                text = speech.words(f"timeline.{key}", way=way.title)
                kind = "start" if key == "earliest" else "deadline"
                yield Mark(counted.day, kind, text, key, counted.provisional, way.way)
        if way.publicity_ends is not None:
            ends = way.publicity_ends
            text = speech.words("timeline.publicity_ends")
            yield Mark(ends.day, "end", text, "publicity", ends.provisional, way.way)


def _actions(listing: Listing, speech: Speech) -> Iterator[Mark]:
    begin, end, review = speech.action_days(listing.id)
    for days, kind, one, many in (
        (begin, "start", "timeline.action_begins", "timeline.actions_begin"),
        (end, "end", "timeline.action_ends", "timeline.actions_end"),
        (review, "deadline", "timeline.action_review", "timeline.actions_review"),
    ):
        for day, n in sorted(days.items()):
            yield Mark(day, kind, speech.words(one if n == 1 else many, n=n), "actions")


def _sharing(listing: Listing, speech: Speech) -> Iterator[Mark]:
    for day in speech.sharing_stopped(listing.id):
        yield Mark(day, "end", speech.words("timeline.sharing_ends"), "records")


def _status(listing: Listing, speech: Speech) -> Iterator[Band]:
    """Yield where the listing stands from day to day, the days to come as far as they are known today."""
    kind = speech.catalogue.lists[listing.list]
    until = last_day(listing, kind)
    days = sorted(_turns(listing, until))
    stands: list[tuple[date, Status]] = []
    for day in days:
        status = standing(listing, until, day, kind.level).status
        if not stands or stands[-1][1] is not status:
            stands.append((day, status))
    for at, (day, status) in enumerate(stands):
        following = stands[at + 1][0] - timedelta(days=1) if at + 1 < len(stands) else None
        tone = "over" if status in _OVER else status.value
        yield Band("status", day, following, speech.words(f"status.{status.value}"), tone)


def _turns(listing: Listing, until: date | None) -> set[date]:
    days = {listing.determined, listing.since, listing.removed, listing.revoked}
    days |= {d for d in (listing.served, listing.aggregated) if isinstance(d, date)}
    days |= {day for o in listing.objections for day in (o.filed, o.decided)}
    days |= {day for r in listing.repairs for day in (r.decided, r.revoked)}
    if until is not None:
        days.add(until + timedelta(days=1))
    return {day for day in days if day is not None}


def _measures(listing: Listing, speech: Speech) -> Iterator[Band]:
    begin, end, review = speech.action_days(listing.id)
    n = speech.action_count(listing.id)
    if begin:
        # Actions without a known end last until somebody looks again, and perhaps longer.
        until = None if review else max(end, default=None)
        yield Band("measures", min(begin), until, Text(f"{n} 项行动", f"{n} actions"), "measures")


def _publicity(
    listing: Listing, exits: Iterable[Exit], events: tuple[Event, ...], speech: Speech
) -> Iterator[Band]:
    starts = [e.on for e in events if e.kind is EventKind.PUBLICATION]
    start = listing.published or min(starts, default=None)
    if start is None:
        return
    ends = [e.publicity_ends.day for e in exits if e.publicity_ends is not None]
    over = [e.on for e in events if e.kind is EventKind.WITHDRAWAL and e.on > start]
    over += [band.since for band in _status(listing, speech) if band.tone == "over"]
    ends += [day - timedelta(days=1) for day in over]
    until = min((day for day in ends if day >= start), default=None)
    yield Band("publicity", start, until, speech.words("timeline.lane.publicity"), "publicity")


def _records(listing: Listing, speech: Speech) -> Iterator[Band]:
    start = listing.aggregated if isinstance(listing.aggregated, date) else listing.determined
    if start is None or not speech.has_records(listing.id):
        return
    stopped = min(speech.sharing_stopped(listing.id), default=None)
    yield Band("records", start, stopped, speech.words("timeline.lane.records"), "records")
