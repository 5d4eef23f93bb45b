"""Policy: rulebooks for many days of one catalogue, compiled once for all days between two of its dates.

The passes of `compile` compare the day with dates that the catalogue states, and with nothing else. Between
two of those dates every comparison comes out alike, so that the rulebook of one such day is, but for the day
itself, that of the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from attrs import evolve, fields, has

from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook

_ONE = timedelta(days=1)


class Rulebooks:
    """The rulebooks of one catalogue, by day; call it with the day and whether recalled measures act."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._starts = starts(catalogue)
        self._made: dict[tuple[int, bool], Rulebook] = {}

    def span_of(self, on: date) -> int:
        """Return the number of the span that a day lies in; its days differ in nothing but the day."""
        return bisect_right(self._starts, on)

    def __call__(self, on: date, recalled: bool = False) -> Rulebook:
        """Return the rulebook of a day."""
        place = self.span_of(on), recalled
        if place not in self._made:
            self._made[place] = self.catalogue.rulebook(on=on, recalled=recalled)
        made = self._made[place]
        if made.on == on:
            return made
        key = sha256(f"{made.key}|{on}".encode()).hexdigest()[:16]
        return evolve(made, on=on, key=key)


def starts(catalogue: Catalogue) -> list[date]:
    """Return the first days of the spans: every date of the catalogue, and the days beside it.

    Some dates are a first day and some a last one, and a few passes count from the day before.
    """
    found = set(_dates(catalogue))
    beside = {day + step for day in found for step in (-_ONE, _ONE) if date.min < day < date.max}
    return sorted(found | beside)


def _dates(catalogue: Catalogue) -> Iterator[date]:
    waiting: list[object] = [catalogue]
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if isinstance(value, date):
            yield value
        elif isinstance(value, str | int | bytes) or value is None or id(value) in seen:
            continue
        else:
            seen.add(id(value))
            waiting += _inside(value)


def _inside(value: object) -> list[object]:
    if isinstance(value, Mapping):
        return [*value.keys(), *value.values()]
    if isinstance(value, tuple | list | set | frozenset):
        return list(value)
    kind: Any = type(value)
    return [getattr(value, f.name) for f in fields(kind)] if has(kind) else []
