"""Population: the days of rules that depend on more than their listing; see `decide.periods`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.model.memorandum import Duration
from creditrules.population.arrays import Groups
from creditrules.population.candidates import Candidates
from creditrules.population.days import FUTURE, PAST, after, after_each, day_of, end_of, given, start_of
from creditrules.population.encoded import Encoded
from creditrules.population.lengths import TRUE, OwnDays
from creditrules.population.plan import Plan
from creditrules.population.standings import Standings

# What a candidate comes to under a rule with days of its own.
ACTS, OVER, NOT_BEGUN, NO_END, LACKS = range(5)


@frozen(eq=False)
class OwnSpans:
    """One rule with days of its own, for the candidates it holds for or may hold for.

    `came` says what each comes to; `since` and `until` its days; `missing` is the place in `paths` of the day
    or fact that leaves the end open (-1: it is the end of the listing), `asks` the questions of those that
    lack a fact.
    """

    rule: int
    candidate: Any
    came: Any
    since: Any
    until: Any
    missing: Any
    paths: tuple[str, ...]
    asks: Any


def own_spans(
    plan: Plan, data: Encoded, stand: Standings, found: Candidates, rules: tuple[OwnDays, ...]
) -> Iterator[OwnSpans]:
    """Yield the days of every rule that has days of its own."""
    if not rules:
        return
    patterns = Groups(found.pattern, len(found.share))
    for rule in rules:
        whose, candidate = patterns.of(rule.patterns)
        if len(candidate):
            yield _own_spans(plan, data, stand, found, rule, whose, candidate)


def _own_spans(
    plan: Plan,
    data: Encoded,
    stand: Standings,
    found: Candidates,
    own: OwnDays,
    whose: Any,
    candidate: Any,
) -> OwnSpans:
    rule, on = own.rule, day_of(plan.rulebook.on)
    listing, role = found.listing[candidate], found.role[candidate]
    duration = Duration() if rule.measure is None else rule.measure.duration
    start = _counted_from(data, duration, listing, found.target[candidate])
    lasts, missing, paths = _lasts(own, whose, duration, start, on)
    last_day = stand.last_day[listing]
    ends = [last_day, np.full(len(listing), end_of(rule.until)), lasts]
    if duration.longest is not None:
        bound = after_each(start, duration.longest, int(FUTURE))
        ends.append(np.where((last_day != FUTURE) | (bound < on), bound, FUTURE))
    if rule.publication_cap is not None:
        ends.append(after_each(data.listings.determined[listing], rule.publication_cap, int(FUTURE)))
    since = np.maximum(stand.begins[listing], start_of(rule.since))
    rests = np.flatnonzero(own.rests[whose])
    since[rests] = np.maximum(since[rests], data.roles.since[role[rests]])
    until = np.minimum.reduce(ends)
    until[rests] = np.minimum(until[rests], data.roles.until[role[rests]])
    holds = own.truths[whose] == TRUE
    open_ = (missing >= 0) | ((until == FUTURE) & (data.listings.review[listing] == PAST))
    came = np.full(len(listing), ACTS)
    came[on < since] = NOT_BEGUN
    came[open_] = NO_END
    came[until < on] = OVER
    graded = bool(duration.grades)
    came[~holds] = LACKS if graded else np.where(until[~holds] < on, OVER, LACKS)
    return OwnSpans(rule.number, candidate, came, since, until, missing, paths, own.asks[whose])


def _counted_from(data: Encoded, duration: Duration, listing: Any, target: Any) -> Any:
    """Return the day from which a length counts, the far past where it is not known."""
    if duration.with_listing or duration.for_life:
        return np.full(len(listing), PAST, np.int32)
    head, _, tail = duration.counts_from.partition(".")
    if head == "listing" and hasattr(data.listings, tail) and duration.counts_from not in data.facts:
        days = getattr(data.listings, tail)[listing]
        return np.where(given(days), days, PAST)
    stated = data.facts.get(duration.counts_from)
    if stated is None:
        return np.full(len(listing), PAST, np.int32)
    owners = {"listing": listing, "target": target, "subject": data.listings.subject[listing]}[stated.about]
    table = np.full(len(data.listings) if stated.about == "listing" else len(data.subjects), PAST, np.int32)
    days = stated.values.to_physical().fill_null(int(PAST)).to_numpy()
    table[slice(None) if stated.owners is None else stated.owners] = days
    return table[owners]


def _lasts(
    own: OwnDays, whose: Any, duration: Duration, start: Any, on: int
) -> tuple[Any, Any, tuple[str, ...]]:
    """Return the end of each length of its own, and what leaves it open."""
    lasts = np.full(len(start), FUTURE, np.int32)
    missing = np.full(len(start), -1)
    if duration.with_listing or duration.for_life:
        return lasts, missing, ()
    paths = (*own.paths, duration.counts_from)
    months, days, doubt = own.months[whose], own.days[whose], own.doubt[whose]
    certain = months >= 0
    missing[~certain] = doubt[~certain]
    missing[certain & (start == PAST)] = len(paths) - 1
    counted = np.flatnonzero(certain & (start != PAST))
    end = after(start[counted], months[counted], days[counted])
    # While the certain length runs the measure acts until then; only afterwards does the doubtful one matter.
    waits = (doubt[counted] >= 0) & (end < on)
    missing[counted[waits]] = doubt[counted[waits]]
    lasts[counted[~waits]] = end[~waits]
    return lasts, missing, paths
