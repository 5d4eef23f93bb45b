"""Population: who acts for a unit where a target is registered; see `Case.local`."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.arrays import by_word, constant, is_constant
from creditrules.population.candidates import Candidates
from creditrules.population.encoded import Encoded
from creditrules.population.plan import Plan


@frozen(eq=False)
class Locals:
    """Local bodies: `group` is a number for each candidate (0: no unit has one there, in the group's table).

    `table[group, unit]` is the place of a name in `names`; 0 is the empty name.
    """

    group: Any
    table: Any
    names: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no candidate has a local body of any unit."""
        return not self.table.any()


def locals_of(plan: Plan, data: Encoded, found: Candidates) -> Locals:
    """Return the local bodies where the targets, or else the listed subjects, are registered."""
    tables: dict[tuple[str, ...], int] = {("",) * len(plan.rules.units): 0}
    bodies = _Bodies(plan.rulebook, plan.rules.units)
    # One more than the number of the group, so that 0 says that no region is stated.
    of_subject = by_word(
        data.subjects.region,
        lambda regions: np.array(
            [0 if r is None else 1 + tables.setdefault(bodies.of(r), len(tables)) for r in regions], np.int32
        ),
    )
    if is_constant(of_subject, 0):
        # Nobody states a region.
        return Locals(
            constant(0, len(found), np.int32), np.zeros((1, len(plan.rules.units)), np.int32), ("",)
        )
    listed = of_subject[data.listings.subject[found.listing]]
    target = of_subject[found.target]
    group = np.where(target > 0, target, np.maximum(listed, 1)) - 1
    names = tuple(dict.fromkeys(("", *(name for each in tables for name in each))))
    place = {name: n for n, name in enumerate(names)}
    table = np.array([[place[name] for name in each] for each in tables], np.int32)
    return Locals(group, table, names)


class _Bodies:
    """The local bodies of units by region; each division is looked at once."""

    def __init__(self, rulebook: Rulebook, units: tuple[str, ...]) -> None:
        self._units, self._on = rulebook.catalogue.units, rulebook.on
        self._acting = [self._units.by_key[unit] for unit in units]
        self._known: dict[tuple[str, ...], tuple[str, ...]] = {}

    def of(self, region: str) -> tuple[str, ...]:
        """Return the name of the local body of every unit, empty where it has none."""
        chain = self._units.region_chain(region)
        if chain not in self._known:
            self._known[chain] = tuple(
                next((n.zh for code in chain if (n := unit.local_name(code, self._on)) is not None), "")
                for unit in self._acting
            )
        return self._known[chain]
