"""Population: actions of one part each, laid out straight into Arrow columns; most actions are of this kind.

What depends on the candidate is repeated for each of its parts, what depends on the slot is looked up in a
small table: a few operations a row and no more, and those for the columns that are wanted.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from creditrules.population.arrow import dates, of_words, table_of, word_places
from creditrules.population.candidates import SELF
from creditrules.population.days import PAST
from creditrules.population.laid import made
from creditrules.population.outcomes import Spread
from creditrules.population.plan import Plan
from creditrules.population.regions import Locals
from creditrules.population.rules import DISCRETIONS
from creditrules.population.scene import DIRECTIONS, Scene


@frozen(eq=False)
class SlotWords:
    """What the columns of words say for every slot: their numbers in a dictionary, and the dictionary."""

    unit: tuple[Any, Any]
    effect: tuple[Any, Any]
    matter: tuple[Any, Any]
    discretion: tuple[Any, Any]
    rule: tuple[Any, Any]

    @classmethod
    def of(cls, plan: Plan) -> SlotWords:
        """Lay out the words of a plan by slot."""
        rules = plan.rules
        place = rules.slot_place

        def by_slot(numbers: Any, named: tuple[str, ...]) -> tuple[Any, Any]:
            table, kept = word_places(named)
            return table[numbers], kept

        return cls(
            unit=by_slot(rules.place_unit[place], rules.units),
            effect=by_slot(rules.place_effect[place], rules.effects),
            matter=by_slot(rules.place_matter[place], rules.matters),
            discretion=by_slot(rules.slot_discretion, tuple(d.value for d in DISCRETIONS)),
            rule=by_slot(rules.slot_rule, tuple(rule.key for rule in rules.rules)),
        )


@frozen(eq=False, slots=False)
class Piece:
    """Some candidates none of whose parts meets another; their actions have one part each, and so one row.

    `acting` are the candidates, `first` is the number of their first action.
    """

    scene: Scene
    slots: Spread
    words: SlotWords
    local: Locals
    acting: Any
    first: int

    def __len__(self) -> int:
        """How many actions they have."""
        return int(self.slots.count.take(self.scene.found.pattern.take(self.acting)).sum())

    def actions(self, wanted: Collection[str] | None = None) -> Any:
        """Return the columns of their actions that are wanted."""
        target = self.scene.found.target
        columns = {
            "action": self._numbers,
            "unit": lambda: _by_slot(self.words.unit, self._slot),
            "target": lambda: self.scene.subjects.repeated(target[self.acting], self._whose),
            "effect": lambda: _by_slot(self.words.effect, self._slot),
            "matter": lambda: _by_slot(self.words.matter, self._slot),
            "discretion": lambda: _by_slot(self.words.discretion, self._slot),
            "since": self._since,
            "until": self._until,
            "review": self._review,
            "local": self._local,
            "parts": lambda: pa.array(np.ones(len(self._slot), np.uint16)),
        }
        return table_of(made(columns, wanted))

    def parts(self, wanted: Collection[str] | None = None) -> Any:
        """Return the columns of their parts that are wanted."""
        data = self.scene.data
        columns = {
            "action": self._numbers,
            "rule": lambda: _by_slot(self.words.rule, self._slot),
            "listing": lambda: self.scene.listings.repeated(self._listing, self._whose),
            "listed": lambda: self.scene.subjects.repeated(data.listings.subject[self._listing], self._whose),
            "direction": self._direction,
            "role": self._role,
            "organisation": self._organisation,
            "discretion": lambda: _by_slot(self.words.discretion, self._slot),
            "since": self._since,
            "until": self._until,
        }
        return table_of(made(columns, wanted))

    @cached_property
    def _listing(self) -> Any:
        return self.scene.found.listing[self.acting]

    @cached_property
    def _rows(self) -> tuple[Any, Any]:
        """Whose each row is, and its slot."""
        pattern = self.scene.found.pattern[self.acting]
        count = self.slots.count[pattern]
        begun = np.cumsum(count) - count
        whose = np.repeat(np.arange(len(self.acting), dtype=np.int32), count)
        places = (self.slots.start[pattern] - begun).astype(np.int32).take(whose)
        places += np.arange(len(whose), dtype=np.int32)
        return whose, self.slots.items.take(places)

    @property
    def _whose(self) -> Any:
        return self._rows[0]

    @property
    def _slot(self) -> Any:
        return self._rows[1]

    def _numbers(self) -> Any:
        return pa.array(np.arange(self.first, self.first + len(self._slot), dtype=np.uint64))

    def _since(self) -> Any:
        begins = self.scene.stand.begins[self._listing].take(self._whose)
        return dates(np.maximum(begins, self.scene.plan.rules.slot_since.take(self._slot)))

    def _until(self) -> Any:
        last = self.scene.stand.last_day[self._listing].take(self._whose)
        return dates(np.minimum(last, self.scene.plan.rules.slot_until.take(self._slot)))

    def _review(self) -> Any:
        review = self.scene.data.listings.review[self._listing]
        if not len(review) or review.max() == PAST:
            return pa.nulls(len(self._slot), pa.date32())
        return dates(review.take(self._whose))

    def _local(self) -> Any:
        table, kept = word_places(self.local.names)
        if self.local.is_empty:
            return of_words(np.full(len(self._slot), -1, np.int8), kept)
        rules = self.scene.plan.rules
        group = self.local.group[self.acting].take(self._whose)
        return of_words(table[self.local.table[group, rules.place_unit[rules.slot_place[self._slot]]]], kept)

    @cached_property
    def _routes(self) -> tuple[Any, Any]:
        """Role and organisation of each candidate, -1 for those of the listed themselves."""
        roles = self.scene.data.roles
        along = np.flatnonzero(self.scene.found.direction[self.acting] != SELF)
        role, organisation = np.full(len(self.acting), -1, np.int16), np.full(len(self.acting), -1, np.int32)
        held = self.scene.found.role[self.acting[along]]
        role[along], organisation[along] = roles.role[held], roles.organisation[held]
        return role, organisation

    def _direction(self) -> Any:
        table, kept = word_places(DIRECTIONS)
        return of_words(
            table[self.scene.found.direction[self.acting]].take(self._whose), kept, may_lack=False
        )

    def _role(self) -> Any:
        table, kept = self.scene.role_words
        return of_words(table[self._routes[0]].take(self._whose), kept)

    def _organisation(self) -> Any:
        return self.scene.subjects.repeated(self._routes[1], self._whose)


def _by_slot(words: tuple[Any, Any], slot: Any) -> Any:
    table, kept = words
    return of_words(table.take(slot), kept, may_lack=bool((table < 0).any()))
