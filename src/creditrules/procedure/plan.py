"""Procedure: the rules of procedure made ready once for every dossier of a rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from attrs import frozen

from creditrules.evaluate.fields import Candidate, reader
from creditrules.evaluate.once import Once
from creditrules.model.condition import Value
from creditrules.model.dossier import Objection, Repair
from creditrules.model.event import EventKind
from creditrules.model.procedure import DutyRule, Force, Term, WayOut
from creditrules.model.rulebook import Rulebook
from creditrules.model.time import covers
from creditrules.model.words import Checked, Level, Outcome

if TYPE_CHECKING:
    from creditrules.procedure.events import Happened

# Duties met by these concern the public or those who sanction; they carry what a listing does to a subject.
BURDENS = frozenset(
    {
        EventKind.PUBLICATION,
        EventKind.PUSH,
        EventKind.EMPLOYER_NOTICE,
        EventKind.RESPONSE,
        EventKind.ACCOUNTABILITY,
    }
)
# What is owed although the listing is over: answers, corrections, and records of what was done.
_KEPT = frozenset(
    {
        EventKind.RECORD_ENTRY,
        EventKind.WITHDRAWAL,
        EventKind.CASE_REPORT,
        EventKind.OBJECTION_OUTCOME,
        EventKind.REPAIR_ACCEPTANCE,
        EventKind.REPAIR_DECISION,
        EventKind.REMOVAL,
        EventKind.REVOCATION,
    }
)
_OPTIONAL = frozenset({Force.MAY, Force.ENCOURAGED})


class Situation(Protocol):
    """What a path of a condition is read from."""

    @property
    def candidate(self) -> Candidate:
        """The listed subject as candidates are seen."""
        ...

    @property
    def level(self) -> Level:
        """The level of the list."""
        ...

    @property
    def happened(self) -> Happened:
        """What happened around the listing."""
        ...


Look = Callable[[Situation, date], Value | None]


@frozen
class Planned:
    """A duty with the days and the region of its document, and what the end of a listing means for it."""

    rule: DutyRule
    number: int
    since: date | None
    until: date | None
    region: str | None
    ends_with_listing: bool
    burdens: bool
    is_optional: bool


@frozen
class Off:
    """Days on which the general law forbids to publish or push watchlists, and the regime that says so."""

    since: date
    until: date | None
    regime: str


class Plan:
    """The duties in the order in which one may wait for another, the ways out of the day, and the terms."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        procedure = rulebook.catalogue.procedure
        checked = [rule for rule in procedure.duties if _may_act(rule.checked, rulebook)]
        ways = [way for way in procedure.ways_out if covers(way.since, way.until, rulebook.on)]
        self.ways: tuple[WayOut, ...] = tuple(w for w in ways if _may_act(w.checked, rulebook))
        self.left_out = len(procedure.duties) - len(checked) + len(ways) - len(self.ways)
        numbers = {rule.key: number for number, rule in enumerate(procedure.duties)}
        spans = _spans(rulebook)
        self.duties = tuple(_planned(rule, numbers[rule.key], spans) for rule in _in_turn(checked))
        self.terms: Mapping[str, Term | None] = {
            key: parameter.term if _may_act(parameter.checked, rulebook) else None
            for key, parameter in procedure.parameters.items()
        }
        self.off = tuple(
            Off(regime.since, regime.until, regime.key)
            for regime in rulebook.catalogue.regimes
            if regime.region is None and any(r.rule == "no_watchlist_measures" for r in regime.rules)
        )
        self._readers: dict[str, Look] = {}

    def look(self, path: str) -> Look:
        """Return what reads a path of a condition."""
        known = self._readers.get(path)
        if known is None:
            known = self._readers[path] = _reader(path, self.rulebook)
        return known


def _may_act(checked: Checked, rulebook: Rulebook) -> bool:
    return checked is Checked.VERIFIED or (checked is Checked.RECALLED and rulebook.recalled)


Spans = Mapping[str, tuple[date | None, date | None, str | None]]


def _spans(rulebook: Rulebook) -> Spans:
    """Return first day, last day and region of every document a duty may come from."""
    spans: dict[str, tuple[date | None, date | None, str | None]] = {}
    for memorandum in rulebook.catalogue.memoranda.values():
        since, until = memorandum.since, memorandum.until
        # Of a document whose days are known only within bounds, the days that are certain count.
        first = None if since is None else since.latest
        last = None if until is None else until.earliest - timedelta(days=1)
        spans[memorandum.key] = (first, last, None)
    for regime in rulebook.catalogue.regimes:
        spans[regime.key] = (regime.since, regime.until, regime.region)
    return spans


def _planned(rule: DutyRule, number: int, spans: Spans) -> Planned:
    since, until, region = spans.get(rule.instrument, (None, None, None))
    met_by = frozenset(rule.fulfilled_by)
    return Planned(
        rule=rule,
        number=number,
        since=rule.since or since,
        until=rule.until or until,
        region=region,
        ends_with_listing=not met_by or not met_by <= _KEPT,
        burdens=not met_by.isdisjoint(BURDENS),
        is_optional=rule.force in _OPTIONAL,
    )


def _in_turn(rules: list[DutyRule]) -> list[DutyRule]:
    """Return duties so that each stands behind the one it comes after; `load` has refused circles."""
    by_key = {rule.key: rule for rule in rules}
    turn: dict[str, DutyRule] = {}
    for rule in rules:
        chain: dict[str, DutyRule] = {}
        waiting: DutyRule | None = rule
        while waiting is not None and waiting.key not in turn and waiting.key not in chain:
            chain[waiting.key] = waiting
            waiting = by_key.get(waiting.after) if waiting.after is not None else None
        turn |= dict(reversed(chain.items()))
    return list(turn.values())


def _reader(path: str, rulebook: Rulebook) -> Look:
    if path == "listing.publishable":
        return lambda seen, on: seen.candidate.seen.listing.publishable
    if path == "listing.level":
        return lambda seen, on: seen.level.value
    if path == "listing.list":
        return lambda seen, on: seen.candidate.seen.listing.list
    if path in _OF_OUTCOMES:
        return _OF_OUTCOMES[path]
    if path not in rulebook.catalogue.facts and path.startswith("event."):
        return _event_reader(path)
    read = reader(path, rulebook)
    return lambda seen, on: read(seen.candidate, on)


def _event_reader(path: str) -> Look:
    name = path.removeprefix("event.")
    if name.endswith(".on"):
        dated = (EventKind(name.removesuffix(".on")),)

        def day_of(seen: Situation, on: date) -> Value | None:
            last = seen.happened.last(dated, on)
            return None if last is None else last.on

        return day_of
    kinds = (EventKind(name),)
    return lambda seen, on: seen.happened.last(kinds, on) is not None


def _suspends(seen: Situation, on: date) -> Value | None:
    objections = [o for o in seen.candidate.seen.listing.objections if o.filed <= on]
    return objections[-1].suspends if objections else None


def _upheld(seen: Situation, on: date) -> Value | None:
    return _last_is(Outcome.UPHELD, seen.candidate.seen.listing.objections, on)


def _granted(seen: Situation, on: date) -> Value | None:
    return _last_is(Outcome.GRANTED, seen.candidate.seen.listing.repairs, on)


def _last_is(outcome: Outcome, decided: Sequence[Objection | Repair], on: date) -> bool | None:
    by_day = sorted((d.decided, d.outcome) for d in decided if d.decided and d.outcome and d.decided <= on)
    return by_day[-1][1] is outcome if by_day else None


_OF_OUTCOMES: Mapping[str, Look] = {
    "objection.suspends": _suspends,
    "objection.upheld": _upheld,
    "repair.granted": _granted,
}


plan = Once(Plan)
