"""Decide: matches become parts of actions, open points and records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from attrs import field, frozen

from creditrules.decide import phrases
from creditrules.decide.asks import asks_for
from creditrules.decide.case import Case, route_of
from creditrules.decide.periods import Span, span_of
from creditrules.decide.records import record_of
from creditrules.evaluate.fields import Candidate
from creditrules.evaluate.protocol import Match
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.decision import Ask, Part, Record, Route, Undetermined
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.words import Truth

# What one action is about: unit, target, effect, matter.
Place = tuple[str, str, str, str | None]


@frozen
class Gathered:
    """Everything the matches of one dossier come to, before parts of one place are merged."""

    parts: dict[Place, list[Part]] = field(factory=lambda: defaultdict(list))
    undetermined: list[Undetermined] = field(factory=list)
    records: list[Record] = field(factory=list)


def gather(case: Case, matches: Iterable[Match]) -> Gathered:
    """Sort every match into what it comes to; none is dropped."""
    found = Gathered()
    routes: dict[tuple[int, int], Route] = {}
    for match in matches:
        rule = case.rulebook.rules[match.rule]
        candidate = case.candidate(match.listing, match.role)
        route = routes.get((match.listing, match.role))
        if route is None:
            route = routes[match.listing, match.role] = route_of(candidate)
        if match.truth == Truth.UNKNOWN:
            found.undetermined.append(_missing_facts(case, rule, candidate, route))
        elif rule.record is not None:
            found.records.append(record_of(case, rule, rule.record, candidate, route))
        elif rule.open:
            found.undetermined.append(_open(rule, candidate, route))
        else:
            _act(case, rule, candidate, route, found)
    return found


def _act(case: Case, rule: Rule, candidate: Candidate, route: Route, found: Gathered) -> None:
    span = span_of(rule, candidate, case.lookup(candidate), case.rulebook.on)
    if span.until is None and candidate.seen.listing.review is None:
        found.undetermined.append(_no_end(case, rule, candidate, route, span))
        return
    if _over(span, case.rulebook.on):
        return
    for act in rule.acts:
        part = Part(
            rule=rule.key,
            memorandum=rule.memorandum.key if rule.memorandum else "",
            measure=rule.measure.key if rule.measure else "",
            listing=candidate.seen.listing.id,
            route=route,
            discretion=act.discretion,
            bases=rule.bases,
            since=span.since,
            until=span.until,
            checked=rule.checked,
            written_unit=act.written,
            unit_origin=act.origin,
            assists=act.assists,
        )
        for matter in rule.effect.matters or (None,):
            found.parts[act.unit, candidate.target.id, rule.effect.effect or "", matter].append(part)


def _over(span: Span, on: date) -> bool:
    """A measure of stated length that has run out, or has not begun, acts no more (or not yet)."""
    ended = span.until is not None and span.until < on
    return ended or (span.since is not None and on < span.since)


def _missing_facts(case: Case, rule: Rule, candidate: Candidate, route: Route) -> Undetermined:
    lookup = case.lookup(candidate)
    asks = asks_for(case.condition(rule.number), candidate, lookup, case.rulebook)
    return _undetermined("fact", rule, candidate, route, phrases.NEEDS_FACTS, asks)


def _open(rule: Rule, candidate: Candidate, route: Route) -> Undetermined:
    return _undetermined(rule.open[0].what, rule, candidate, route, rule.open[0].text)


def _no_end(case: Case, rule: Rule, candidate: Candidate, route: Route, span: Span) -> Undetermined:
    declared = case.catalogue.facts.get(span.missing or "") or BUILTIN_FACTS.get(span.missing or "")
    ask = Ask("listing.until", candidate.seen.listing.id, phrases.ASK_END)
    if declared is not None and span.missing is not None:
        ask = Ask(span.missing, candidate.seen.listing.id, declared.ask)
    return _undetermined("end", rule, candidate, route, phrases.NEEDS_END, (ask,))


def _undetermined(
    what: str, rule: Rule, candidate: Candidate, route: Route, text: Text, asks: tuple[Ask, ...] = ()
) -> Undetermined:
    memorandum, _, record = rule.key.partition("#")
    return Undetermined(
        what=what,
        memorandum=rule.memorandum.key if rule.memorandum else memorandum,
        measure=rule.measure.key if rule.measure else record,
        listing=candidate.seen.listing.id,
        target=candidate.target.id,
        route=route,
        units=tuple(act.unit for act in rule.acts),
        text=text,
        asks=asks,
        checked=rule.checked,
    )
