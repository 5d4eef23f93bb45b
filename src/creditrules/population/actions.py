"""Population: parts that ask the same of the same unit become one action; see `decide.overlap`."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.arrays import in_order, runs
from creditrules.population.candidates import Candidates
from creditrules.population.days import FUTURE, PAST
from creditrules.population.encoded import Encoded
from creditrules.population.parts import Parts
from creditrules.population.plan import Plan
from creditrules.population.regions import Locals


@frozen(eq=False)
class Actions:
    """Actions, and the parts they consist of (`action` is the place of the action of each)."""

    target: Any
    place: Any
    discretion: Any
    since: Any
    until: Any
    review: Any
    local: Any
    count: Any
    parts: Parts
    action: Any

    def __len__(self) -> int:
        return len(self.target)


def laid_out(plan: Plan, data: Encoded, found: Candidates, parts: Parts, local: Locals) -> Actions:
    """Return one action for each part; no two of them may ask the same of the same unit."""
    return Actions(
        target=found.target[parts.candidate],
        place=plan.rules.slot_place[parts.slot],
        discretion=plan.rules.slot_discretion[parts.slot],
        since=parts.since,
        until=parts.until,
        review=data.listings.review[found.listing[parts.candidate]],
        local=_local(plan, parts, local),
        count=np.ones(len(parts), np.uint16),
        parts=parts,
        action=np.arange(len(parts)),
    )


def merged(plan: Plan, data: Encoded, found: Candidates, parts: Parts, local: Locals) -> Actions:
    """Return one action for each target and place: the stricter discretion and the later end win."""
    if not len(parts):
        return laid_out(plan, data, found, parts, local)
    rules = plan.rules
    key = found.target[parts.candidate].astype(np.int64) * max(1, len(rules.place_unit))
    key += rules.slot_place[parts.slot]
    order = in_order(key, len(data.subjects) * max(1, len(rules.place_unit)))
    parts, key = parts.only(order), key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    count = np.diff(np.append(first, len(key)))
    since = np.minimum.reduceat(np.where(parts.since == PAST, FUTURE, parts.since), first)
    return Actions(
        target=found.target[parts.candidate[first]],
        place=rules.slot_place[parts.slot[first]],
        discretion=np.maximum.reduceat(rules.slot_discretion[parts.slot], first),
        since=np.where(since == FUTURE, PAST, since).astype(np.int32),
        # A part without an end rests on a review date and leaves the action open; else the latest end wins.
        until=np.maximum.reduceat(parts.until, first),
        review=np.maximum.reduceat(data.listings.review[found.listing[parts.candidate]], first),
        local=_first_local(plan, found, parts, first, count, local),
        count=np.minimum(count, 2**16 - 1).astype(np.uint16),
        parts=parts,
        action=np.repeat(np.arange(len(first)), count),
    )


def _local(plan: Plan, parts: Parts, local: Locals) -> Any:
    """Return the place of the name of the local body that takes each part."""
    if local.is_empty:
        return np.zeros(len(parts), np.int8)
    unit = plan.rules.place_unit[plan.rules.slot_place[parts.slot]]
    return local.table[local.group[parts.candidate], unit]


def _first_local(plan: Plan, found: Candidates, parts: Parts, first: Any, count: Any, local: Locals) -> Any:
    """Return the local body of each action: that of its first part, by rule, listing and role."""
    named = _local(plan, parts, local)
    chosen = named[first]
    differ = np.minimum.reduceat(named, first) != np.maximum.reduceat(named, first)
    if differ.any():
        whose, places = runs(first[differ], count[differ])
        candidate, rule = parts.candidate[places], plan.rules.slot_rule[parts.slot[places]]
        order = np.lexsort((found.role[candidate], found.listing[candidate], rule, whose))
        starts = np.flatnonzero(np.append(True, whose[order][1:] != whose[order][:-1]))
        chosen[differ] = named[places[order[starts]]]
    return chosen


def without_torn(plan: Plan, found: Candidates, parts: Parts) -> tuple[Parts, Parts]:
    """Part those that contradict each other from the others."""
    pair = plan.rules.place_torn[plan.rules.slot_place[parts.slot]]
    doubtful = np.flatnonzero(pair >= 0)
    torn = np.zeros(len(parts), bool)
    if len(doubtful):
        key = found.target[parts.candidate[doubtful]].astype(np.int64) * (int(pair.max()) + 1)
        distinct, which = np.unique(key + pair[doubtful], return_inverse=True)
        stance = plan.rules.slot_stance[parts.slot[doubtful]]
        both = np.ones(len(distinct), bool)
        for each in (1, 2):
            both &= np.bincount(which, stance == each, minlength=len(distinct)) > 0
        torn[doubtful] = both[which]
    return parts.only(~torn), parts.only(torn)
