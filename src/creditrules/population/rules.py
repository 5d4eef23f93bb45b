"""Population: the rules of a rulebook as arrays: who acts, where, how strictly, between which days.

A *slot* is one rule's share for one unit and one matter; a *place* is what one action is about besides its
target: unit, effect, matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.decide.case import is_simple
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.words import Discretion, Stance
from creditrules.population.days import day_of, end_of, start_of

# How a rule is gone about once it holds.
SIMPLE, OWN_DAYS, RECORD, OPEN = 0, 1, 2, 3
# In the order of strictness, so that the stricter one is the greater number.
DISCRETIONS = tuple(sorted(Discretion, key=lambda d: d.strictness))
NO_MATTER = ""


@frozen(eq=False)
class Rules:
    """The rules of a rulebook as arrays, by rule, by slot and by place."""

    rules: tuple[Rule, ...]
    ways: Any
    since: Any
    until: Any
    slot_rule: Any
    slot_place: Any
    slot_discretion: Any
    slot_stance: Any
    slot_since: Any
    slot_until: Any
    slots_of: tuple[Any, ...]
    place_unit: Any
    place_effect: Any
    place_matter: Any
    place_torn: Any
    units: tuple[str, ...]
    effects: tuple[str, ...]
    matters: tuple[str, ...]

    @property
    def slot_type(self) -> Any:
        """The type of the numbers of slots: small numbers, since there are many of them."""
        return np.int16 if len(self.slot_rule) < 2**15 else np.int32


def rules_of(rulebook: Rulebook) -> Rules:
    """Return the rules of a rulebook as arrays."""
    rules = rulebook.rules
    since = np.array([start_of(rule.since) for rule in rules], np.int32)
    until = np.array([end_of(rule.until) for rule in rules], np.int32)
    slots: list[tuple[int, tuple[str, str, str], int, int]] = []
    slots_of = []
    for rule in rules:
        first = len(slots)
        if not rule.open and rule.record is None:
            slots += _slots(rule)
        slots_of.append(np.arange(first, len(slots), dtype=np.int64))
    places = {place: n for n, place in enumerate(dict.fromkeys(slot[1] for slot in slots))}
    units, effects, matters = (_words(places, part) for part in range(3))
    slot_rule = np.array([slot[0] for slot in slots], np.int64)
    slot_place = np.array([places[slot[1]] for slot in slots], np.int64)
    slot_stance = np.array([slot[3] for slot in slots], np.int64)
    return Rules(
        rules=rules,
        ways=np.array([_way(rule, day_of(rulebook.on)) for rule in rules], np.int8),
        since=since,
        until=until,
        slot_rule=slot_rule,
        slot_place=slot_place,
        slot_discretion=np.array([slot[2] for slot in slots], np.int8),
        slot_stance=slot_stance,
        slot_since=since[slot_rule],
        slot_until=until[slot_rule],
        slots_of=tuple(slots_of),
        place_unit=np.array([units.index(p[0]) for p in places], np.int64),
        place_effect=np.array([effects.index(p[1]) for p in places], np.int64),
        place_matter=np.array([matters.index(p[2]) for p in places], np.int64),
        place_torn=_torn(places, slot_place, slot_stance),
        units=units,
        effects=effects,
        matters=matters,
    )


def _way(rule: Rule, on: int) -> int:
    if rule.record is not None:
        return RECORD
    if rule.open:
        return OPEN
    begun, lasts = start_of(rule.since) <= on, on <= end_of(rule.until)
    return SIMPLE if is_simple(rule) and begun and lasts else OWN_DAYS


def _slots(rule: Rule) -> list[tuple[int, tuple[str, str, str], int, int]]:
    effect = rule.effect.effect or ""
    stance = 0 if rule.measure is None else 2 if rule.measure.stance is Stance.INCENTIVE else 1
    return [
        (rule.number, (act.unit, effect, matter), DISCRETIONS.index(act.discretion), stance)
        for act in rule.acts
        for matter in rule.effect.matters or (NO_MATTER,)
    ]


def _words(
    places: Sequence[tuple[str, str, str]] | dict[tuple[str, str, str], int], part: int
) -> tuple[str, ...]:
    return tuple(sorted({place[part] for place in places}))


def _torn(places: dict[tuple[str, str, str], int], slot_place: Any, slot_stance: Any) -> Any:
    """Return for each place the number of its unit and matter where rules may contradict, else -1."""
    stances: dict[tuple[str, str], set[int]] = {}
    names = list(places)
    for place, stance in zip(slot_place.tolist(), slot_stance.tolist(), strict=True):
        unit, _, matter = names[place]
        if stance and matter != NO_MATTER:
            stances.setdefault((unit, matter), set()).add(stance)
    both = {pair: n for n, (pair, found) in enumerate(stances.items()) if len(found) > 1}
    return np.array([both.get((unit, matter), -1) for unit, _, matter in names], np.int64)
