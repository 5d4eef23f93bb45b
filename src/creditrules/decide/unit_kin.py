"""Decide: all keys a unit goes by through time, and what lies below a matter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from creditrules.model.unit import Units


def units_meant(name: str, units: Units) -> frozenset[str]:
    """Return the units a key, a spelling or a local name means, those they came from and those that followed.

    Only whole transfers count: a body that handed over one task is not what took the task. Empty when no unit
    bears the name.
    """
    named = {
        unit.key
        for unit in units.by_key.values()
        if name in (unit.key, *unit.spellings) or any(name == local.zh for local in unit.locals)
    }
    heirs = {key: [s.unit for s in unit.successions if s.whole] for key, unit in units.by_key.items()}
    before: dict[str, list[str]] = {}
    for key, later in heirs.items():
        for heir in later:
            before.setdefault(heir, []).append(key)
    return frozenset(_closed(named, lambda k: heirs.get(k, ())) | _closed(named, lambda k: before.get(k, ())))


def _closed(start: set[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for key in step(waiting.pop()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def unit_spellings(units: Units) -> list[str]:
    """Return every name a unit may be asked for by."""
    names = ((u.key, *u.spellings, *(local.zh for local in u.locals)) for u in units.by_key.values())
    return [name for unit in names for name in unit]


def is_below(matter: str, above: str) -> bool:
    """Say whether a matter is another one or lies below it."""
    return matter == above or matter.startswith(f"{above}.")
