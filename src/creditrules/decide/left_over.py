"""Decide: what becomes of rules that are met and do not act: open points, what was set aside, records."""

from __future__ import annotations

from datetime import date

from creditrules.decide import phrases
from creditrules.decide.gather import Found, Gathered, Reached
from creditrules.decide.records import record_of
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.decision import Ask, Record, Undetermined
from creditrules.model.rulebook import Rule, SetAside
from creditrules.model.text import Text


def undetermined(found: Gathered) -> list[Undetermined]:
    """Return what could not be decided, each with what is asked for."""
    return [
        *(_point("fact", *at, phrases.NEEDS_FACTS, at[1].asks(at[0].number)) for at in _sorted(found.unsure)),
        *(_point(rule.open[0].what, rule, at, rule.open[0].text) for rule, at in _sorted(found.open)),
        *(_point("end", *at, phrases.NEEDS_END, (_ask_end(*at),)) for at in _sorted(found.endless)),
    ]


def out_of_time(found: Gathered) -> list[SetAside]:
    """Return the measures of a length of their own that have run out for a target, or have not begun."""
    over = [(rule, at, "period_over", phrases.PERIOD_OVER, at.span(rule).until) for rule, at in found.over]
    early = [(rule, at, "not_yet_begun", phrases.NOT_BEGUN, at.span(rule).since) for rule, at in found.early]
    return [_aside(*what) for what in sorted((*over, *early), key=lambda what: _order(what[:2]))]


def records(found: Gathered) -> list[Record]:
    """Return what enters whose credit file."""
    return [
        record_of(at.case, rule, rule.record, at.candidate, at.route)
        for rule, at in _sorted(found.recorded)
        if rule.record is not None
    ]


def _sorted(found: Found) -> Found:
    """Return what was found by rule, listing and role, so that nothing depends on how it was matched."""
    return sorted(found, key=_order)


def _order(at: tuple[Rule, Reached]) -> tuple[int, int, int]:
    rule, reached = at
    return rule.number, reached.candidate.seen.number, reached.candidate.role_number


def _aside(rule: Rule, at: Reached, reason: str, text: Text, day: date | None) -> SetAside:
    candidate = at.candidate
    return SetAside(
        memorandum=rule.document,
        reason=reason,
        text=text.filled(day=str(day)),
        measure=rule.part,
        detail=f"{candidate.seen.listing.id}:{candidate.target.id}",
        lists=frozenset({candidate.seen.listing.list}),
    )


def _ask_end(rule: Rule, at: Reached) -> Ask:
    path, listing = at.span(rule).missing, at.candidate.seen.listing.id
    if path is None:
        return Ask("listing.until", listing, phrases.ASK_END)
    declared = at.case.catalogue.facts.get(path) or BUILTIN_FACTS[path]
    owners = {"subject": at.candidate.seen.subject.id, "target": at.candidate.target.id}
    return Ask(path, owners.get(declared.about, listing), declared.ask)


def _point(what: str, rule: Rule, at: Reached, text: Text, asks: tuple[Ask, ...] = ()) -> Undetermined:
    return Undetermined(
        what=what,
        memorandum=rule.document,
        measure=rule.part,
        listing=at.candidate.seen.listing.id,
        target=at.candidate.target.id,
        route=at.route,
        units=tuple(act.unit for act in rule.acts),
        text=text,
        asks=asks,
        checked=rule.checked,
    )
