"""Decide: from when until when an action stands: the intersection of everything that carries it."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from creditrules.compile.coverage import party_condition, reach_condition
from creditrules.evaluate.fields import Candidate
from creditrules.model.condition import Lookup, tests_in, truth_of
from creditrules.model.memorandum import Duration
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.time import Period, earliest, latest
from creditrules.model.words import HeldAt, Truth


@frozen
class Span:
    """First and last day of an action as far as entries say; `missing` names what leaves the end open."""

    since: date | None
    until: date | None
    missing: str | None = None

    def is_open(self, review: date | None) -> bool:
        """Say whether nothing may be decided: a length is unknown, or there is neither end nor review."""
        return self.missing is not None or (self.until is None and review is None)


def span_of(
    rule: Rule, candidate: Candidate, begins: date | None, lookup: Lookup, rulebook: Rulebook
) -> Span:
    """Return the days between which a rule acts on a candidate; *begins* is the first day of its listing."""
    on = rulebook.on
    role = candidate.role if _rests_on_the_day(rule, candidate, lookup, rulebook) else None
    lasts, missing = _duration_end(rule, lookup, on)
    bound = _longest_end(rule, candidate, lookup, on)
    determined = candidate.seen.listing.determined
    capped = rule.publication_cap.after(determined) if rule.publication_cap and determined else None
    since = latest(begins, rule.since, None if role is None else role.since)
    left = None if role is None else role.until
    until = earliest(candidate.seen.last_day, rule.until, lasts, bound, capped, left)
    return Span(since, until, missing)


def _rests_on_the_day(rule: Rule, candidate: Candidate, lookup: Lookup, rulebook: Rulebook) -> bool:
    """Say whether the rule reaches the target only because the role is held on the day.

    Clauses about other parties, and items that are not met, say nothing about this target.
    """
    if candidate.role is None or not any(r.held is HeldAt.DAY for c in rule.clauses for r in c.reaches):
        return False
    met = {
        reach.held
        for clause in rule.clauses
        for reach in clause.reaches
        if reach.direction is candidate.direction
        if truth_of(reach_condition(reach), lookup, rulebook.on) is Truth.TRUE
        if truth_of(party_condition(clause, rulebook.catalogue), lookup, rulebook.on) is Truth.TRUE
    }
    return met == {HeldAt.DAY}


def _duration_end(rule: Rule, lookup: Lookup, on: date) -> tuple[date | None, str | None]:
    if rule.measure is None or rule.measure.duration.with_listing or rule.measure.duration.for_life:
        return None, None
    duration = rule.measure.duration
    period, doubt = (duration.period, None) if duration.period else _grade(duration, lookup, on)
    if period is None:
        return None, doubt
    start = lookup(duration.counts_from)
    if not isinstance(start, date):
        return None, duration.counts_from
    end = period.after(start)
    # While the certain length runs the measure acts until then; only afterwards does the doubtful one matter.
    return (None, doubt) if doubt is not None and end < on else (end, None)


def _longest_end(rule: Rule, candidate: Candidate, lookup: Lookup, on: date) -> date | None:
    """Return the last day the law lets a decision set, where the decision sets the length.

    It bounds what the decision says and does not stand for it: while the decision's own end is not known, the
    bound only says that the measure is over.
    """
    duration = None if rule.measure is None else rule.measure.duration
    if duration is None or duration.longest is None:
        return None
    start = lookup(duration.counts_from)
    last = duration.longest.after(start) if isinstance(start, date) else None
    return last if last is not None and (candidate.seen.last_day is not None or last < on) else None


def _grade(duration: Duration, lookup: Lookup, on: date) -> tuple[Period | None, str | None]:
    """Return the longest period among the grades that hold, and a fact that may yet give a longer one."""
    outcomes = [(grade, truth_of(grade.when, lookup, on)) for grade in duration.grades]
    held = max((g.period for g, t in outcomes if t is Truth.TRUE), key=lambda p: p.after(on), default=None)
    doubtful = [g for g, t in outcomes if t is Truth.UNKNOWN]
    longer = [g for g in doubtful if held is None or g.period.after(on) > held.after(on)]
    open_tests = (t.path for g in longer for t in tests_in(g.when) if lookup(t.path) is None)
    return held, next(open_tests, None)
