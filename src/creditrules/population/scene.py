"""Population: what all tables of answers are made from, and the columns that several of them have."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.model.words import Direction
from creditrules.population.arrow import Ids, of_words, word_places, words
from creditrules.population.candidates import SELF, Candidates
from creditrules.population.encoded import Encoded
from creditrules.population.plan import Plan
from creditrules.population.standings import Standings

DIRECTIONS = tuple(direction.value for direction in Direction)


@frozen(eq=False, slots=False)
class Scene:
    """The candidates of a population with everything known of them."""

    plan: Plan
    data: Encoded
    stand: Standings
    found: Candidates

    @cached_property
    def subjects(self) -> Ids:
        """The ids of the subjects."""
        return Ids(self.data.subjects.ids)

    @cached_property
    def listings(self) -> Ids:
        """The ids of the listings."""
        return Ids(self.data.listings.ids)

    @cached_property
    def _rules(self) -> tuple[Any, Any]:
        return word_places(tuple(rule.key for rule in self.plan.rules.rules))

    @cached_property
    def role_words(self) -> tuple[Any, Any]:
        """The numbers of roles in the dictionary of their keys, that of no role last."""
        return word_places((*self.plan.roles, ""))

    def rules(self, numbers: Any) -> Any:
        """Return the column of the keys of rules."""
        table, kept = self._rules
        return of_words(table[numbers], kept)

    def route(self, candidate: Any) -> dict[str, Callable[[], Any]]:
        """Return the columns that say how candidates reach their targets, each made when it is asked for."""
        data, found = self.data, self.found

        def along(column: Any) -> Any:
            direction = found.direction[candidate]
            there = np.flatnonzero(direction != SELF)
            said = np.full(len(direction), -1, np.int32)
            said[there] = column[found.role[candidate[there]]]
            return said

        def role() -> Any:
            table, kept = self.role_words
            return of_words(table[along(data.roles.role)], kept)

        return {
            "listing": lambda: self.listings.of(found.listing[candidate]),
            "listed": lambda: self.subjects.of(data.listings.subject[found.listing[candidate]]),
            "direction": lambda: words(found.direction[candidate], DIRECTIONS),
            "role": role,
            "organisation": lambda: self.subjects.of(along(data.roles.organisation)),
        }

    def targets(self, candidate: Any) -> Any:
        """Return the column of the targets of candidates."""
        return self.subjects.of(self.found.target[candidate])
