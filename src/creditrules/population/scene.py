"""Population: what all tables of answers are made from, and the columns that several of them have."""

from __future__ import annotations

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

    def route(self, candidate: Any) -> dict[str, Any]:
        """Return the columns that say how candidates reach their targets."""
        data, found = self.data, self.found
        listing, direction = found.listing[candidate], found.direction[candidate]
        role, organisation = np.full(len(listing), -1, np.int16), np.full(len(listing), -1, np.int32)
        along = np.flatnonzero(direction != SELF)
        held = found.role[candidate[along]]
        role[along], organisation[along] = data.roles.role[held], data.roles.organisation[held]
        table, kept = self.role_words
        return {
            "listing": self.listings.of(listing),
            "listed": self.subjects.of(data.listings.subject[listing]),
            "direction": words(direction, DIRECTIONS),
            "role": of_words(table[role], kept),
            "organisation": self.subjects.of(organisation),
        }

    def targets(self, candidate: Any) -> Any:
        """Return the column of the targets of candidates."""
        return self.subjects.of(self.found.target[candidate])
