"""Population: what each pattern of candidates comes to, worked out once for all candidates that share it."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import define, field, frozen

from creditrules.model.condition import Test, tests_in
from creditrules.population.arrays import runs
from creditrules.population.fields import ACTIVE, ENDLESS
from creditrules.population.joint import Joint, joint_of
from creditrules.population.lengths import OwnDays, own_days
from creditrules.population.logic import Of, truth
from creditrules.population.plan import Plan
from creditrules.population.questions import asks_of
from creditrules.population.rules import OPEN, OWN_DAYS, RECORD
from creditrules.population.shares import Share

UNKNOWN, TRUE = 1, 2
# Guards by patterns that are looked at together: more would take too much memory.
_TOGETHER = 2**24
Pairs = list[tuple[Any, Any, Any]]
_NOTHING = np.zeros(0, np.int64)


@frozen(eq=False)
class Spread:
    """For each pattern a run of items, `count` of them from `start` on, each with a second number."""

    start: Any
    count: Any
    items: Any
    more: Any

    @classmethod
    def of(cls, patterns: int, pairs: Pairs) -> Spread:
        """Gather pairs of pattern and item in the order of the patterns, and then of the items."""
        which, items, more = (np.concatenate([_NOTHING, *(p[n] for p in pairs)]) for n in range(3))
        order = np.lexsort((items, which))
        count = np.bincount(which, minlength=patterns)
        kind = np.int32 if not len(items) or items.max() >= 2**15 else np.int16
        return cls(np.cumsum(count) - count, count.astype(np.int32), items[order].astype(kind), more[order])


@frozen(eq=False)
class Outcomes:
    """What patterns come to: slots of actions, and rules that come to something else.

    `facts` are rules that lack a fact (with the number of the questions), `opens` rules of which a source
    leaves something open, `endless` those that would have no end, `records` those about credit files.
    """

    slots: Spread
    facts: Spread
    opens: Spread
    endless: Spread
    records: Spread
    own_days: tuple[OwnDays, ...]


@define(eq=False)
class _Found:
    slots: Pairs = field(factory=list)
    facts: Pairs = field(factory=list)
    opens: Pairs = field(factory=list)
    endless: Pairs = field(factory=list)
    records: Pairs = field(factory=list)
    own_days: list[OwnDays] = field(factory=list)


def outcomes_of(plan: Plan, shares: Any, listing: Any, route: Any) -> Outcomes:
    """Return what patterns come to, given the share, the listing's part and the route's part of each."""
    found = _Found()
    order = np.argsort(shares, kind="stable")
    numbers, first = np.unique(shares[order], return_index=True)
    for number, which in zip(numbers.tolist(), np.split(order, first[1:]), strict=False):
        _of_share(plan, plan.shares[number], which, listing[which], route[which], found)
    size = len(shares)
    return Outcomes(
        slots=Spread.of(size, found.slots),
        facts=Spread.of(size, found.facts),
        opens=Spread.of(size, found.opens),
        endless=Spread.of(size, found.endless),
        records=Spread.of(size, found.records),
        own_days=tuple(found.own_days),
    )


def reader(share: Share, listing: Any, route: Any) -> Of:
    """Return what says of every test of a share what it comes to in some patterns; each is read once."""
    seen: dict[Test, Any] = {}

    def of(test: Test) -> Any:
        if test not in seen:
            axis, said = share.truths[test]
            key = route if axis.field.is_of_route else listing
            seen[test] = said[key // axis.weight % axis.size]
        return seen[test]

    return of


def _of_share(plan: Plan, share: Share, patterns: Any, listing: Any, route: Any, found: _Found) -> None:
    of = reader(share, listing, route)
    standing = share.place_of("listing.active", listing, ACTIVE)
    endless = share.place_of(ENDLESS, listing, 0) == 2
    may_be_endless = bool(endless.any())
    no_asks = np.full(len(patterns), -1)
    joint, rows = joint_of(plan, share), None
    left = list(range(len(share.guards)))
    if len(left) * len(patterns) <= _TOGETHER:
        rows = joint.holds(plan, share, of, len(patterns))
        # Guards of simple rules, of which nothing is open, come to their slots and nothing else.
        plain = joint.simple & ~(rows == UNKNOWN).any(axis=1)
        if may_be_endless:
            plain[:] = False
        _of_plain(joint, rows, plain, patterns, found)
        left = np.flatnonzero(~plain).tolist()
    for n in left:
        number = share.guards[n]
        guard = plan.rulebook.guards[number]
        holds = np.broadcast_to(truth(guard.condition, of), patterns.shape) if rows is None else rows[n]
        open_, true = np.flatnonzero(holds == UNKNOWN), np.flatnonzero(holds == TRUE)
        if not len(open_) and not len(true):
            continue
        asks = no_asks
        if len(open_):
            asks = no_asks.copy()
            tests = tuple(dict.fromkeys(tests_in(guard.condition)))
            said = np.stack([np.broadcast_to(of(test), holds.shape)[open_] for test in tests])
            asks[open_] = asks_of(plan, number, tests, said, standing[open_])
        for rule in guard.rules:
            if plan.rules.ways[rule] != OWN_DAYS:
                if len(open_):
                    found.facts.append((patterns[open_], np.full(len(open_), rule), asks[open_]))
                _of_rule(plan, rule, patterns[true], endless[true] if may_be_endless else None, found)
            else:
                stated = plan.rules.rules[rule]
                days = own_days(stated, patterns, holds, of, asks, plan.rulebook)
                found.own_days.append(days)


def _of_plain(joint: Joint, rows: Any, plain: Any, patterns: Any, found: _Found) -> None:
    """Add the slots of guards with simple rules, for the patterns in which they hold."""
    guard, place = np.nonzero((rows == TRUE) & plain[:, None])
    whose, places = runs(joint.start[guard], joint.count[guard])
    slots = joint.slots[places]
    found.slots.append((patterns[place[whose]], slots, slots))


def _of_rule(plan: Plan, rule: int, patterns: Any, endless: Any, found: _Found) -> None:
    """Add what a rule comes to whose days are simple, for the patterns in which it holds."""
    if not len(patterns):
        return
    rules = plan.rules
    way = rules.ways[rule]
    if way in (RECORD, OPEN):
        same = np.full(len(patterns), rule)
        (found.records if way == RECORD else found.opens).append((patterns, same, same))
        return
    if endless is not None and rules.rules[rule].until is None:
        same = np.full(int(np.count_nonzero(endless)), rule)
        found.endless.append((patterns[endless], same, same))
        patterns = patterns[~endless]
    for slot in rules.slots_of[rule].tolist():
        slots = np.full(len(patterns), slot)
        found.slots.append((patterns, slots, slots))
