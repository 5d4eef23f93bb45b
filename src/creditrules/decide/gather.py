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
from creditrules.model.decision import Ask, Part, Record, Undetermined
from creditrules.model.rulebook import Rule, SetAside
from creditrules.model.status import begins
from creditrules.model.text import Text
from creditrules.model.time import earliest, latest
from creditrules.model.words import Truth

# What one action is about: unit, target, effect, matter.
Place = tuple[str, str, str, str | None]
NO_MATTER = (None,)


@frozen
class Gathered:
    """Everything the matches of one dossier come to, before parts of one place are merged."""

    parts: dict[Place, list[Part]] = field(factory=lambda: defaultdict(list))
    undetermined: list[Undetermined] = field(factory=list)
    records: list[Record] = field(factory=list)
    set_aside: list[SetAside] = field(factory=list)


def gather(case: Case, matches: Iterable[Match]) -> Gathered:
    """Sort every match into what it comes to; none is dropped."""
    found = Gathered()
    reached: dict[tuple[int, int], Reached] = {}
    rules = case.rulebook.rules
    for number, listing, role, truth in matches:
        rule = rules[number]
        target = reached.get((listing, role))
        if target is None:
            target = reached[listing, role] = Reached(case, case.candidate(listing, role))
        if truth == Truth.UNKNOWN and rule.record is None and (end := target.over(rule)) is not None:
            found.set_aside.append(_out_of_time(rule, target, "period_over", phrases.PERIOD_OVER, end))
        elif truth == Truth.UNKNOWN:
            found.undetermined.append(_missing_facts(rule, target))
        elif rule.record is not None:
            found.records.append(record_of(case, rule, rule.record, target.candidate, target.route))
        elif rule.open:
            found.undetermined.append(_undetermined(rule.open[0].what, rule, target, rule.open[0].text))
        else:
            _act(rule, target, found)
    return found


class Reached:
    """One candidate with what several rules ask of it, worked out once."""

    def __init__(self, case: Case, candidate: Candidate) -> None:
        self.case = case
        self.candidate = candidate
        self.route = route_of(candidate)
        self.lookup = case.lookup(candidate)
        listing = candidate.seen.listing
        self.begins = begins(listing, case.catalogue.lists[listing.list].level)
        self._asks: dict[int, tuple[Ask, ...]] = {}
        self._spans: dict[tuple[date | None, date | None], Span] = {}

    def span(self, rule: Rule) -> Span:
        """Return the days between which a rule acts on the candidate."""
        if not self.case.is_simple(rule.number):
            return span_of(rule, self.candidate, self.begins, self.lookup, self.case.rulebook)
        days = (rule.since, rule.until)
        if days not in self._spans:
            ends = earliest(self.candidate.seen.last_day, rule.until)
            self._spans[days] = Span(latest(self.begins, rule.since), ends)
        return self._spans[days]

    def over(self, rule: Rule) -> date | None:
        """Return the last day of a rule whose time is over whatever is still unknown, else None."""
        if rule.open or (rule.measure is not None and rule.measure.duration.grades):
            return None  # the day it ends is itself open, or an unknown fact may lengthen it
        end = self.span(rule).until
        return end if end is not None and end < self.case.rulebook.on else None

    def asks(self, rule: int) -> tuple[Ask, ...]:
        """Return what to ask for a rule; rules under one guard ask the same."""
        guard = self.case.guard(rule)
        if guard not in self._asks:
            condition = self.case.condition(rule)
            self._asks[guard] = asks_for(condition, self.candidate, self.lookup, self.case.rulebook)
        return self._asks[guard]


def _act(rule: Rule, target: Reached, found: Gathered) -> None:
    candidate, on = target.candidate, target.case.rulebook.on
    span = target.span(rule)
    if span.until is not None and span.until < on:
        found.set_aside.append(_out_of_time(rule, target, "period_over", phrases.PERIOD_OVER, span.until))
        return
    if span.is_open(candidate.seen.listing.review):
        found.undetermined.append(_no_end(rule, target, span))
        return
    if span.since is not None and on < span.since:
        found.set_aside.append(_out_of_time(rule, target, "not_yet_begun", phrases.NOT_BEGUN, span.since))
        return
    effect, who, listing = rule.effect.effect or "", candidate.target.id, candidate.seen.listing.id
    memorandum, measure = rule.document, rule.part
    for act in rule.acts:
        part = Part(
            rule.key,
            memorandum,
            measure,
            listing,
            target.route,
            act.discretion,
            rule.bases,
            span.since,
            span.until,
            rule.checked,
            act.written,
            act.origin,
            act.assists,
        )
        for matter in rule.effect.matters or NO_MATTER:
            found.parts[act.unit, who, effect, matter].append(part)


def _out_of_time(rule: Rule, target: Reached, reason: str, text: Text, day: date) -> SetAside:
    """Say that a measure of its own length has run out for a target, or has not begun for it."""
    candidate = target.candidate
    return SetAside(
        memorandum=rule.document,
        reason=reason,
        text=text.filled(day=str(day)),
        measure=rule.part,
        detail=f"{candidate.seen.listing.id}:{candidate.target.id}",
        lists=frozenset({candidate.seen.listing.list}),
    )


def _missing_facts(rule: Rule, target: Reached) -> Undetermined:
    return _undetermined("fact", rule, target, phrases.NEEDS_FACTS, target.asks(rule.number))


def _no_end(rule: Rule, target: Reached, span: Span) -> Undetermined:
    path, listing = span.missing, target.candidate.seen.listing.id
    ask = Ask("listing.until", listing, phrases.ASK_END)
    if path is not None:
        declared = target.case.catalogue.facts.get(path) or BUILTIN_FACTS[path]
        candidate = target.candidate
        owners = {"subject": candidate.seen.subject.id, "target": candidate.target.id}
        ask = Ask(path, owners.get(declared.about, listing), declared.ask)
    return _undetermined("end", rule, target, phrases.NEEDS_END, (ask,))


def _undetermined(
    what: str, rule: Rule, target: Reached, text: Text, asks: tuple[Ask, ...] = ()
) -> Undetermined:
    return Undetermined(
        what=what,
        memorandum=rule.document,
        measure=rule.part,
        listing=target.candidate.seen.listing.id,
        target=target.candidate.target.id,
        route=target.route,
        units=tuple(act.unit for act in rule.acts),
        text=text,
        asks=asks,
        checked=rule.checked,
    )
