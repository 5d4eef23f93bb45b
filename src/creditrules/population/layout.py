"""Population: actions of one part each, laid out straight into Arrow columns; most actions are of this kind.

What depends on the candidate is repeated for each of its parts, what depends on the slot is looked up in a
small table: a few operations a row and no more, and those for the columns that are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
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


# Up to this many rows a candidate they are gone through round by round.
_FEW = 16
# What actions are about: parts may be read with it.
ABOUT = ("unit", "target", "effect", "matter")


@frozen(eq=False)
class _Rows:
    """Rows of a piece: the place of the candidate of each, and its slot, in the type numpy looks up with."""

    whose: Any
    slot: Any


@frozen(eq=False, slots=False)
class Piece:
    """Some candidates none of whose parts meets another; their actions have one part each, and so one row.

    `acting` are the candidates, `first` is the number of their first action, `size` how many they have.
    """

    scene: Scene
    slots: Spread
    words: SlotWords
    local: Locals
    acting: Any
    first: int
    size: int

    def actions(self, wanted: Collection[str] | None = None) -> Any:
        """Return the columns of their actions that are wanted."""
        rows = self._rows()
        columns = self._about(rows) | {
            "discretion": lambda: _by_slot(self.words.discretion, rows.slot),
            "since": lambda: self._since(rows),
            "until": lambda: self._until(rows),
            "review": lambda: self._review(rows),
            "local": lambda: self._local_bodies(rows),
            "parts": lambda: pa.array(np.ones(len(rows.slot), np.uint16)),
        }
        return table_of(made(columns, wanted))

    def parts(self, wanted: Collection[str] | None = None) -> Any:
        """Return the columns of their parts that are wanted, what their actions are about among them."""
        rows, data = self._rows(), self.scene.data
        columns = {
            "action": lambda: self._numbers(rows),
            "rule": lambda: _by_slot(self.words.rule, rows.slot),
            "listing": lambda: self.scene.listings.repeated(self._listing, rows.whose),
            "listed": lambda: self.scene.subjects.repeated(
                data.listings.subject.take(self._listing), rows.whose
            ),
            "direction": lambda: self._direction(rows),
            "role": lambda: self._role(rows),
            "organisation": lambda: self.scene.subjects.repeated(self._routes[1], rows.whose),
            "discretion": lambda: _by_slot(self.words.discretion, rows.slot),
            "since": lambda: self._since(rows),
            "until": lambda: self._until(rows),
        }
        if wanted is not None:
            columns = {**columns, **{name: make for name, make in self._about(rows).items() if name in ABOUT}}
        return table_of(made(columns, wanted))

    def _about(self, rows: _Rows) -> dict[str, Callable[[], Any]]:
        """Return the columns that say what actions are about."""
        target = self.scene.found.target
        return {
            "action": lambda: self._numbers(rows),
            "unit": lambda: _by_slot(self.words.unit, rows.slot),
            "target": lambda: self.scene.subjects.repeated(target.take(self.acting), rows.whose),
            "effect": lambda: _by_slot(self.words.effect, rows.slot),
            "matter": lambda: _by_slot(self.words.matter, rows.slot),
        }

    @cached_property
    def _listing(self) -> Any:
        return self.scene.found.listing.take(self.acting)

    def _rows(self) -> _Rows:
        """Return whose each row is, and its slot."""
        pattern = self.scene.found.pattern.take(self.acting)
        count = self.slots.count.take(pattern).astype(np.intp)
        if count.max(initial=0) <= _FEW:
            return self._round_by_round(pattern, count)
        whose = np.repeat(np.arange(len(self.acting)), count)
        places = (self.slots.start.take(pattern) - np.cumsum(count) + count).take(whose)
        places += np.arange(len(whose))
        return _Rows(whose, self.slots.items.take(places).astype(np.intp))

    def _round_by_round(self, pattern: Any, count: Any) -> _Rows:
        """Return the first row of each candidate, then the second of those that have two, and so on."""
        whose, slot = np.empty(self.size, np.intp), np.empty(self.size, self.slots.items.dtype)
        start, left, done = self.slots.start.take(pattern), count.astype(np.int8), 0
        for taken in range(int(count.max(initial=0))):
            here = np.flatnonzero(left > taken)
            rows = slice(done, done + len(here))
            whose[rows] = here
            slot[rows] = self.slots.items.take(start.take(here) + taken)
            done = rows.stop
        return _Rows(whose, slot.astype(np.intp))

    def _numbers(self, rows: _Rows) -> Any:
        return pa.array(np.arange(self.first, self.first + len(rows.slot), dtype=np.uint64))

    def _since(self, rows: _Rows) -> Any:
        begins = self.scene.stand.begins[self._listing].take(rows.whose)
        return dates(np.maximum(begins, self.scene.plan.rules.slot_since.take(rows.slot)))

    def _until(self, rows: _Rows) -> Any:
        last = self.scene.stand.last_day[self._listing].take(rows.whose)
        return dates(np.minimum(last, self.scene.plan.rules.slot_until.take(rows.slot)))

    def _review(self, rows: _Rows) -> Any:
        review = self.scene.data.listings.review[self._listing]
        if not len(review) or review.max() == PAST:
            return pa.nulls(len(rows.slot), pa.date32())
        return dates(review.take(rows.whose))

    def _local_bodies(self, rows: _Rows) -> Any:
        table, kept = word_places(self.local.names)
        if self.local.is_empty:
            return of_words(np.full(len(rows.slot), -1, np.int8), kept)
        rules = self.scene.plan.rules
        group = self.local.group[self.acting].take(rows.whose)
        return of_words(table[self.local.table[group, rules.place_unit[rules.slot_place[rows.slot]]]], kept)

    @cached_property
    def _routes(self) -> tuple[Any, Any]:
        """Role and organisation of each candidate, -1 for those of the listed themselves."""
        roles = self.scene.data.roles
        along = np.flatnonzero(self.scene.found.direction[self.acting] != SELF)
        role, organisation = np.full(len(self.acting), -1, np.int16), np.full(len(self.acting), -1, np.int32)
        held = self.scene.found.role[self.acting[along]]
        role[along], organisation[along] = roles.role[held], roles.organisation[held]
        return role, organisation

    def _direction(self, rows: _Rows) -> Any:
        table, kept = word_places(DIRECTIONS)
        return of_words(table[self.scene.found.direction[self.acting]].take(rows.whose), kept, may_lack=False)

    def _role(self, rows: _Rows) -> Any:
        table, kept = self.scene.role_words
        return of_words(table[self._routes[0]].take(rows.whose), kept)


def _by_slot(words: tuple[Any, Any], slot: Any) -> Any:
    table, kept = words
    return of_words(table.take(slot), kept, may_lack=bool((table < 0).any()))
