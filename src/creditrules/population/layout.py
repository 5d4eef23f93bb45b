"""Population: actions of one part each, laid out straight into Arrow columns; most actions are of this kind.

What depends on the candidate is repeated for each of its parts, what depends on the slot is looked up in a
small
table: a few operations a row and no more.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from attrs import frozen

from creditrules.population.arrow import dates, of_words, table_of, word_places
from creditrules.population.candidates import SELF
from creditrules.population.days import PAST
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


def lay_out(
    scene: Scene, slots: Spread, words: SlotWords, acting: Any, local: Locals, first: int
) -> tuple[Any, Any]:
    """Return the actions of some candidates, whose parts cannot meet any other, and their parts.

    Args:
        scene: what is known of the candidates.
        slots: the slots of each pattern.
        words: the words of each slot.
        acting: the candidates.
        local: the local bodies.
        first: the number of the first action.
    """
    found, data, rules = scene.found, scene.data, scene.plan.rules
    pattern, listing = found.pattern[acting], found.listing[acting]
    count = slots.count[pattern]
    begun = np.cumsum(count) - count
    total = int(begun[-1] + count[-1]) if len(count) else 0
    whose = np.repeat(np.arange(len(acting), dtype=np.int32), count)
    places = (slots.start[pattern] - begun).astype(np.int32).take(whose)
    places += np.arange(total, dtype=np.int32)
    slot = slots.items.take(places)

    def each(values: Any) -> Any:
        return values.take(whose)

    since = dates(np.maximum(each(scene.stand.begins[listing]), rules.slot_since.take(slot)))
    until = dates(np.minimum(each(scene.stand.last_day[listing]), rules.slot_until.take(slot)))
    review = data.listings.review[listing]
    discretion = _by_slot(words.discretion, slot)
    numbers = pa.array(np.arange(first, first + total, dtype=np.uint64))
    target = scene.subjects.repeated(found.target[acting], whose)
    actions = {
        "action": numbers,
        "unit": _by_slot(words.unit, slot),
        "target": target,
        "effect": _by_slot(words.effect, slot),
        "matter": _by_slot(words.matter, slot),
        "discretion": discretion,
        "since": since,
        "until": until,
        "review": pa.nulls(total, pa.date32()) if _none(review) else dates(each(review)),
        "local": _local(scene, local, acting, whose, slot),
        "parts": pa.array(np.ones(total, np.uint16)),
    }
    parts = {
        "action": numbers,
        "rule": _by_slot(words.rule, slot),
        **_route(scene, acting, listing, whose),
        "discretion": discretion,
        "since": since,
        "until": until,
    }
    return table_of(actions), table_of(parts)


def _by_slot(words: tuple[Any, Any], slot: Any) -> Any:
    table, kept = words
    return of_words(table.take(slot), kept, may_lack=bool((table < 0).any()))


def _none(days: Any) -> bool:
    return not len(days) or bool(days.max() == PAST)


def _local(scene: Scene, local: Locals, acting: Any, whose: Any, slot: Any) -> Any:
    table, kept = word_places(local.names)
    if local.is_empty:
        return of_words(np.full(len(slot), -1, np.int8), kept)
    rules = scene.plan.rules
    group = local.group[acting].take(whose)
    return of_words(table[local.table[group, rules.place_unit[rules.slot_place[slot]]]], kept)


def _route(scene: Scene, acting: Any, listing: Any, whose: Any) -> dict[str, Any]:
    """Return the columns that say how candidates reach their targets, for each of their parts."""
    data, direction = scene.data, scene.found.direction[acting]
    along = np.flatnonzero(direction != SELF)
    role, organisation = np.full(len(acting), -1, np.int16), np.full(len(acting), -1, np.int32)
    held = scene.found.role[acting[along]]
    role[along], organisation[along] = data.roles.role[held], data.roles.organisation[held]
    directions, kept_directions = word_places(DIRECTIONS)
    roles, kept_roles = scene.role_words
    return {
        "listing": scene.listings.repeated(listing, whose),
        "listed": scene.subjects.repeated(data.listings.subject[listing], whose),
        "direction": of_words(directions[direction].take(whose), kept_directions, may_lack=False),
        "role": of_words(roles[role].take(whose), kept_roles),
        "organisation": scene.subjects.repeated(organisation, whose),
    }
