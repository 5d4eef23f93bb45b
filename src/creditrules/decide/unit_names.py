"""Decide: which units of the day a name stands for, whatever way and in whatever year it was written."""

from __future__ import annotations

from creditrules.evaluate.once import Once
from creditrules.model.rulebook import Rulebook


def units_called(name: str, rulebook: Rulebook) -> frozenset[str]:
    """Return the units a key, a spelling, a former name or a local name stands for; empty when unknown."""
    return _names(rulebook).get(name, frozenset())


def all_names(rulebook: Rulebook) -> list[str]:
    """Return every name a unit may be asked for by."""
    return list(_names(rulebook))


def _unit_names(rulebook: Rulebook) -> dict[str, frozenset[str]]:
    """Map every spelling of a unit, and every local name, to the units of the day it stands for."""
    acting: dict[str, set[str]] = {}
    for rule in rulebook.rules:
        for act in rule.acts:
            acting.setdefault(act.written, set()).add(act.unit)
    for unit in rulebook.catalogue.units.by_key.values():
        for local in unit.locals:
            acting.setdefault(local.zh, set()).add(unit.key)
        heirs = _heirs(rulebook, unit.key, set())
        for name in (unit.key, *unit.spellings):
            acting.setdefault(name, set()).update(heirs)
    return {name: frozenset(keys) for name, keys in acting.items()}


def _heirs(rulebook: Rulebook, key: str, seen: set[str]) -> set[str]:
    unit = rulebook.catalogue.units.by_key[key]
    if unit.exists(rulebook.on) or key in seen:
        return {key}
    seen.add(key)
    return {key}.union(*(_heirs(rulebook, s.unit, seen) for s in unit.successions if s.whole), set())


_names = Once(_unit_names)
