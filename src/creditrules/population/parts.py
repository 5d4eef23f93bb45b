"""Population: which parts stand alone, and which may meet others and have to be merged; see `decide.overlap`.

Most targets are reached by parts that cannot meet: no two of them have the same place. That is settled
without laying the parts out, by two sets of 64 bits for each pattern; a chance meeting of bits only costs a
merge.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.arrays import runs
from creditrules.population.blocks import each
from creditrules.population.candidates import Candidates
from creditrules.population.outcomes import Spread
from creditrules.population.plan import Plan
from creditrules.population.rules import Rules
from creditrules.population.spans import ACTS, OwnSpans
from creditrules.population.standings import Standings

Pairs = list[tuple[Any, Any]]


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


def parts_of(plan: Plan, stand: Standings, found: Candidates, slots: Spread, acting: Any) -> Parts:
    """Return the parts of some candidates, as far as their rules have no days of their own."""
    pattern = found.pattern[acting]
    whose, places = runs(slots.start[pattern], slots.count[pattern])
    slot = slots.items[places]
    listing = found.listing[acting]
    since = np.maximum(stand.begins[listing][whose], plan.rules.slot_since[slot])
    until = np.minimum(stand.last_day[listing][whose], plan.rules.slot_until[slot])
    return Parts(acting[whose], slot, since, until)


def own_parts(plan: Plan, own: list[OwnSpans]) -> list[Parts]:
    """Return the parts of rules with days of their own."""
    parts = []
    for spans in own:
        acts = np.flatnonzero(spans.came == ACTS)
        for slot in plan.rules.slots_of[spans.rule].tolist() if len(acts) else ():
            same = np.full(len(acts), slot, plan.rules.slot_type)
            parts.append(Parts(spans.candidate[acts], same, spans.since[acts], spans.until[acts]))
    return parts


def joined_parts(parts: list[Parts]) -> Parts:
    """Return several parts as one."""
    if len(parts) == 1:
        return parts[0]
    columns = ("candidate", "slot", "since", "until")
    return Parts(*(np.concatenate([getattr(p, name) for p in parts]) for name in columns))


def alone(
    plan: Plan, found: Candidates, slots: Spread, own: list[Parts], people: int, pairs: Pairs, threads: int
) -> Any:
    """Say of each candidate whether none of the parts against its target can meet another.

    Args:
        plan: knows the place of each slot.
        found: the candidates.
        slots: the slots of each pattern.
        own: the parts of rules with days of their own, which may always meet others.
        people: how many subjects there are.
        pairs: every two candidates of one target.
        threads: how many of them are looked at, at a time.
    """
    meets = np.zeros(people, bool)
    mixed = _mixed(plan, slots)
    if mixed.any():
        meets[found.target[mixed[found.pattern]]] = True
    for parts in own:
        meets[found.target[parts.candidate]] = True
    bits, others = _bit_sets(plan.rules, slots)

    def settle(these: tuple[Any, Any]) -> None:
        one, two = these
        mine, theirs = found.pattern.take(one), found.pattern.take(two)
        near = np.flatnonzero(bits.take(mine) & bits.take(theirs))
        near = near[(others.take(mine.take(near)) & others.take(theirs.take(near))) != 0]
        meets[found.target.take(one.take(near))] = True

    each(settle, [some for one in pairs for some in _halves(*one)], threads)
    return ~meets.take(found.target)


def pairs_of(targets: Any, people: int) -> Pairs:
    """Return every two candidates of one target, as far as they are several.

    The last of each target is paired with all others of it; then these among themselves.
    """
    last = np.empty(people, np.int32)
    left = None
    found: Pairs = []
    while left is None or len(left):
        target = targets if left is None else targets.take(left)
        numbers = np.arange(len(target), dtype=np.int32)
        last[target] = numbers
        with_whom = last.take(target)
        again = np.flatnonzero(with_whom != numbers)
        with_whom = with_whom.take(again)
        if left is None:
            left = again.astype(np.int32)
        else:
            left, with_whom = left.take(again), left.take(with_whom)
        found.append((left, with_whom))
    return found


def _halves(one: Any, two: Any) -> Pairs:
    half = len(one) // 2
    return [(one[:half], two[:half]), (one[half:], two[half:])]


def _bit_sets(rules: Rules, slots: Spread) -> list[Any]:
    """Return two sets of bits for each pattern, one bit for each place its parts have."""
    whose = np.repeat(np.arange(len(slots.count)), slots.count)
    place = rules.slot_place[slots.items].astype(np.uint64)
    sets = []
    for factor in (np.uint64(1), np.uint64(0x9E3779B97F4A7C15)):
        bit = np.uint64(1) << (place * factor >> np.uint64(0 if factor == 1 else 58) & np.uint64(63))
        bits = np.zeros(len(slots.count), np.uint64)
        np.bitwise_or.at(bits, whose, bit)
        sets.append(bits)
    return sets


def _mixed(plan: Plan, slots: Spread) -> Any:
    """Say of each pattern whether two of its own parts meet, or may contradict each other."""
    rules = plan.rules
    mixed = np.zeros(len(slots.count), bool)
    whose = np.repeat(np.arange(len(slots.count)), slots.count)
    place = rules.slot_place[slots.items]
    shared = np.bincount(rules.slot_place, minlength=len(rules.place_unit)) > 1
    doubtful = np.flatnonzero(shared[place])
    key = np.sort(whose[doubtful] * len(shared) + place[doubtful])
    mixed[key[1:][key[1:] == key[:-1]] // max(1, len(shared))] = True
    torn = (rules.place_torn[place] >= 0) & (rules.slot_stance[slots.items] == 2)
    mixed[whose[torn]] = True
    return mixed
