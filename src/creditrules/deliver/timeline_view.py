"""Deliver: what happens around each listing of a dossier, day by day, and what lasts from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from creditrules.deliver.procedure_view import in_order
from creditrules.deliver.timeline_words import Speech
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import Duty, DutyState, Exit, Proceedings
from creditrules.model.status import Status
from creditrules.model.text import Text
from creditrules.procedure.events import events_of
from creditrules.procedure.timeline import Moment, timeline

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
    decision: Decision, dossier: Dossier, catalogue: Catalogue, proceedings: Proceedings
) -> Timeline:
    """Put together what a decision, its procedure and the events of each listing say, day by day."""
    speech = Speech(dossier, catalogue, decision)
    listings = sorted(dossier.listings, key=lambda v: (v.determined or date.max, v.id))
    moments = timeline(dossier, catalogue.lists, proceedings)
    return Timeline(
        decision.on,
        tuple(dict.fromkeys(speech.subject(v.subject) for v in listings)),
        tuple(_track(v, speech, proceedings, [m for m in moments if m.listing == v.id]) for v in listings),
    )


def _track(listing: Listing, speech: Speech, proceedings: Proceedings, moments: list[Moment]) -> Track:
    duties = [d for d in in_order(proceedings.duties) if d.listing == listing.id]
    exits = [e for e in proceedings.exits if e.listing == listing.id]
    events = events_of(listing)
    status = tuple(_status(moments, speech))
    over = min((band.since for band in status if band.tone == "over"), default=None)
    # A repair need not end publicity: what it ends, the way out says.
    repaired = speech.words("status.repaired")
    hidden = min((b.since for b in status if b.tone == "over" and b.text != repaired), default=date.max)
    marks = [
        *_events(events, speech),
        *(Mark(b.since, "state", speech.words("timeline.becomes", status=b.text), b.tone) for b in status),
        *_deadlines(duties, speech),
        *(m for m in _ways(exits, moments) if m.day < (hidden if m.kind == "end" else over or date.max)),
        *_actions(listing, over, speech),
        *_sharing(listing, speech),
    ]
    ends = {m.on for m in moments if m.kind == "end"}
    bands = (
        *status,
        *_measures(listing, over, speech),
        *_publicity(events, ends, hidden, speech),
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


def _ways(exits: Iterable[Exit], moments: Iterable[Moment]) -> Iterator[Mark]:
    """Yield the days of the ways out and the ends of publicity; of a way that is barred only its end."""
    barred = {way.way: way.barred_by is not None for way in exits}
    for moment in moments:
        told = moment.kind == "end" or (moment.kind == "deadline" and barred.get(moment.of) is False)
        if told:
            yield Mark(moment.on, moment.kind, moment.text, "way", moment.provisional, moment.of)


def _actions(listing: Listing, over: date | None, speech: Speech) -> Iterator[Mark]:
    begin, end, review = speech.action_days(listing.id, over)
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


def _status(moments: Iterable[Moment], speech: Speech) -> Iterator[Band]:
    """Yield where the listing stands from day to day, the days to come as far as they are known today."""
    stands = [(m.on, Status(m.of)) for m in moments if m.kind == "state"]
    for at, (day, status) in enumerate(stands):
        following = stands[at + 1][0] - timedelta(days=1) if at + 1 < len(stands) else None
        tone = "over" if status in _OVER else status.value
        yield Band("status", day, following, speech.words(f"status.{status.value}"), tone)


def _measures(listing: Listing, over: date | None, speech: Speech) -> Iterator[Band]:
    begin, end, review = speech.action_days(listing.id, over)
    n = speech.action_count(listing.id)
    if begin:
        # Actions without a known end last until somebody looks again, and perhaps longer.
        until = None if review else max(end, default=None)
        yield Band("measures", min(begin), until, Text(f"{n} 项行动", f"{n} actions"), "measures")


def _publicity(events: Iterable[Event], ends: set[date], hidden: date, speech: Speech) -> Iterator[Band]:
    starts = [e.on for e in events if e.kind is EventKind.PUBLICATION]
    if not starts:
        return
    start = min(starts)
    over = [e.on for e in events if e.kind is EventKind.WITHDRAWAL and e.on > start]
    over += [hidden] if hidden < date.max else []
    last = [*ends, *(day - timedelta(days=1) for day in over)]
    until = min((day for day in last if day >= start), default=None)
    yield Band("publicity", start, until, speech.words("timeline.lane.publicity"), "publicity")


def _records(listing: Listing, speech: Speech) -> Iterator[Band]:
    start = listing.aggregated if isinstance(listing.aggregated, date) else listing.determined
    if start is None or not speech.has_records(listing.id):
        return
    stopped = min(speech.sharing_stopped(listing.id), default=None)
    yield Band("records", start, stopped, speech.words("timeline.lane.records"), "records")
