"""Population: the guards of a share looked at together, since most only ask that a few tests hold at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.model.condition import Test
from creditrules.population.logic import Literal, Of, literals, truth
from creditrules.population.plan import Plan
from creditrules.population.rules import SIMPLE
from creditrules.population.shares import Share


@frozen(eq=False)
class Joint:
    """The guards of a share, by their places in it.

    `plain` are those that ask several tests at once; `asked` says by places in `tests` which, a run for each
    from `first` on. `simple` says which guards have rules of simple days alone; guard by guard `slots` are
    those of their rules, `count` of them from `start` on.
    """

    tests: tuple[Literal, ...]
    plain: Any
    asked: Any
    first: Any
    others: tuple[int, ...]
    simple: Any
    start: Any
    count: Any
    slots: Any

    def holds(self, plan: Plan, share: Share, of: Of, size: int) -> Any:
        """Return the truth of each guard (a row each) in so many patterns."""
        found = np.empty((len(share.guards), size), np.uint8)
        if len(self.plain):
            known = np.empty((len(self.tests), size), np.uint8)
            for n, (test, positive) in enumerate(self.tests):
                known[n] = of(test) if positive else np.uint8(2) - of(test)
            found[self.plain] = np.minimum.reduceat(known[self.asked], self.first, axis=0)
        for n in self.others:
            found[n] = truth(plan.rulebook.guards[share.guards[n]].condition, of)
        return found


def joint_of(plan: Plan, share: Share) -> Joint:
    """Return the guards of a share together; they are put together once for each plan."""
    made: Joint | None = plan.joint.get(share.number)
    if made is None:
        made = plan.joint[share.number] = _joint(plan, share)
    return made


def _joint(plan: Plan, share: Share) -> Joint:
    guards = [plan.rulebook.guards[number] for number in share.guards]
    asked = [literals(guard.condition) for guard in guards]
    plain = [n for n, found in enumerate(asked) if found]
    tests: dict[tuple[Test, bool], int] = {}
    places = [[tests.setdefault(one, len(tests)) for one in asked[n] or ()] for n in plain]
    slots = [[s for rule in guard.rules for s in plan.rules.slots_of[rule].tolist()] for guard in guards]
    first, _, of_plain = _runs(places)
    start, count, of_guards = _runs(slots)
    return Joint(
        tests=tuple(tests),
        plain=np.array(plain, np.int64),
        asked=of_plain,
        first=first,
        others=tuple(n for n, found in enumerate(asked) if not found),
        simple=np.array([all(plan.rules.ways[r] == SIMPLE for r in guard.rules) for guard in guards], bool),
        start=start,
        count=count,
        slots=of_guards,
    )


def _runs(each: Sequence[Sequence[int]]) -> tuple[Any, Any, Any]:
    count = np.array([len(one) for one in each], np.int64)
    items = np.array([item for one in each for item in one], np.int64)
    return np.cumsum(count) - count, count, items
