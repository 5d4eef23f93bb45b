"""Population: from candidates to actions: parts that ask the same of the same unit become one; see `decide.overlap`.

Most targets are reached by one candidate only, whose parts cannot meet those of another: they are laid out
directly. The others are sorted by target and place, and merged.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import evolve, frozen

from creditrules.population.arrays import runs
from creditrules.population.candidates import Candidates
from creditrules.population.days import FUTURE, PAST
from creditrules.population.encoded import Encoded
from creditrules.population.outcomes import Spread
from creditrules.population.plan import Plan
from creditrules.population.regions import Locals
from creditrules.population.spans import ACTS, OwnSpans
from creditrules.population.standings import Standings


@frozen(eq=False)
class Parts:
    """Shares of rules in actions: the candidate, the slot, and the days of each."""

    candidate: Any
    slot: Any
    since: Any
    until: Any

    def __len__(self) -> int:
        return len(self.slot)

    def only(self, which: Any) -> Parts:
        """Return some of the parts."""
        return Parts(self.candidate[which], self.slot[which], self.since[which], self.until[which])

    @classmethod
    def joined(cls, *parts: Parts) -> Parts:
        """Return several parts as one."""
        if len(parts) == 1:
            return parts[0]
        return cls(
            np.concatenate([p.candidate for p in parts]),
            np.concatenate([p.slot for p in parts]),
            np.concatenate([p.since for p in parts]),
            np.concatenate([p.until for p in parts]),
        )


@frozen(eq=False)
class Actions:
    """Actions, the parts they consist of (`action` is the place of the action of each), and torn parts."""

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
    torn: Parts

    def __len__(self) -> int:
        return len(self.target)


def actions_of(
    plan: Plan,
    data: Encoded,
    stand: Standings,
    found: Candidates,
    slots: Spread,
    own: list[OwnSpans],
    local: Locals,
) -> Actions:
    """Return the actions of all candidates."""
    acting = np.flatnonzero(slots.count[found.pattern] > 0)
    by_rule = _of_own_days(plan, own)
    alone = _alone(plan, data, found, slots, acting, by_rule)
    lone = _parts(plan, stand, found, slots, acting[alone[found.target[acting]]])
    rest = _parts(plan, stand, found, slots, acting[~alone[found.target[acting]]])
    met = Parts.joined(rest, *by_rule)
    one = _laid_out(plan, data, found, lone, local)
    if not len(met):
        return one
    two = _merged(plan, data, found, met, local)
    return _joined(one, two)


def _parts(plan: Plan, stand: Standings, found: Candidates, slots: Spread, acting: Any) -> Parts:
    pattern = found.pattern[acting]
    whose, places = runs(slots.start[pattern], slots.count[pattern])
    slot = slots.items[places]
    listing = found.listing[acting]
    since = np.maximum(stand.begins[listing][whose], plan.rules.slot_since[slot])
    until = np.minimum(stand.last_day[listing][whose], plan.rules.slot_until[slot])
    return Parts(acting[whose], slot, since, until)


def _of_own_days(plan: Plan, own: list[OwnSpans]) -> list[Parts]:
    parts = []
    for spans in own:
        acts = np.flatnonzero(spans.came == ACTS)
        for slot in plan.rules.slots_of[spans.rule].tolist() if len(acts) else ():
            same = np.full(len(acts), slot)
            parts.append(Parts(spans.candidate[acts], same, spans.since[acts], spans.until[acts]))
    return parts


def _alone(
    plan: Plan, data: Encoded, found: Candidates, slots: Spread, acting: Any, own: list[Parts]
) -> Any:
    """Say of each target whether none of the parts against it can meet another."""
    reached = np.bincount(found.target[acting], minlength=len(data.subjects))
    alone = reached == 1
    mixed = _mixed(plan, slots)
    if mixed.any():
        alone[found.target[acting[mixed[found.pattern[acting]]]]] = False
    for parts in own:
        alone[found.target[parts.candidate]] = False
    return alone


def _mixed(plan: Plan, slots: Spread) -> Any:
    """Say of each pattern whether two of its own parts meet or contradict each other."""
    mixed = np.zeros(len(slots.count), bool)
    rules = plan.rules
    whose = np.repeat(np.arange(len(slots.count)), slots.count)
    place = rules.slot_place[slots.items]
    shared = np.bincount(rules.slot_place, minlength=len(rules.place_unit)) > 1
    doubtful = np.flatnonzero(shared[place])
    if len(doubtful):
        key = np.sort(whose[doubtful] * len(shared) + place[doubtful])
        mixed[key[1:][key[1:] == key[:-1]] // len(shared)] = True
    torn = np.flatnonzero((rules.place_torn[place] >= 0) & (rules.slot_stance[slots.items] == 2))
    mixed[whose[torn]] = True
    return mixed


def _laid_out(plan: Plan, data: Encoded, found: Candidates, parts: Parts, local: Locals) -> Actions:
    listing = found.listing[parts.candidate]
    return Actions(
        target=found.target[parts.candidate],
        place=plan.rules.slot_place[parts.slot],
        discretion=plan.rules.slot_discretion[parts.slot],
        since=parts.since,
        until=parts.until,
        review=data.listings.review[listing],
        local=_local(plan, parts, local),
        count=np.ones(len(parts), np.uint16),
        parts=parts,
        action=np.arange(len(parts)),
        torn=parts.only(slice(0, 0)),
    )


def _local(plan: Plan, parts: Parts, local: Locals) -> Any:
    """Return the place of the name of the local body that takes each part."""
    if local.is_empty:
        return np.zeros(len(parts), np.int32)
    unit = plan.rules.place_unit[plan.rules.slot_place[parts.slot]]
    return local.table[local.group[parts.candidate], unit]


def _merged(plan: Plan, data: Encoded, found: Candidates, parts: Parts, local: Locals) -> Actions:
    parts, torn = _without_torn(plan, found, parts)
    rules = plan.rules
    place = rules.slot_place[parts.slot]
    key = found.target[parts.candidate].astype(np.int64) * max(1, len(rules.place_unit)) + place
    order = np.argsort(key, kind="stable")
    parts, key, place = parts.only(order), key[order], place[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.zeros(0, np.int64)
    count = np.diff(np.append(first, len(key)))
    if not len(key):
        return evolve(_laid_out(plan, data, found, parts, local), torn=torn)
    since = np.minimum.reduceat(np.where(parts.since == PAST, FUTURE, parts.since), first)
    listing = found.listing[parts.candidate]
    return Actions(
        target=found.target[parts.candidate[first]],
        place=place[first],
        discretion=np.maximum.reduceat(rules.slot_discretion[parts.slot], first),
        since=np.where(since == FUTURE, PAST, since).astype(np.int32),
        until=np.maximum.reduceat(parts.until, first),
        review=np.maximum.reduceat(data.listings.review[listing], first),
        local=_first_local(plan, found, parts, first, count, local),
        count=np.minimum(count, 2**16 - 1).astype(np.uint16),
        parts=parts,
        action=np.repeat(np.arange(len(first)), count),
        torn=torn,
    )


def _first_local(
    plan: Plan, found: Candidates, parts: Parts, first: Any, count: Any, local: Locals
) -> Any:
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


def _without_torn(plan: Plan, found: Candidates, parts: Parts) -> tuple[Parts, Parts]:
    """Part those that contradict each other from the others."""
    place = plan.rules.slot_place[parts.slot]
    pair = plan.rules.place_torn[place]
    doubtful = np.flatnonzero(pair >= 0)
    torn = np.zeros(len(parts), bool)
    if len(doubtful):
        key = found.target[parts.candidate[doubtful]].astype(np.int64) * (int(pair.max()) + 1) + pair[doubtful]
        distinct, which = np.unique(key, return_inverse=True)
        stance = plan.rules.slot_stance[parts.slot[doubtful]]
        both = np.ones(len(distinct), bool)
        for each in (1, 2):
            both &= np.bincount(which, stance == each, minlength=len(distinct)) > 0
        torn[doubtful] = both[which]
    return parts.only(~torn), parts.only(torn)


def _joined(one: Actions, two: Actions) -> Actions:
    columns = ("target", "place", "discretion", "since", "until", "review", "local", "count")
    joined = {name: np.concatenate([getattr(one, name), getattr(two, name)]) for name in columns}
    action = np.concatenate([one.action, two.action + len(one)])
    return Actions(**joined, parts=Parts.joined(one.parts, two.parts), action=action, torn=two.torn)
