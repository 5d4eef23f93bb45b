"""Load: take values that a program hands over for what a file could have held."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from creditrules.load.dossier_problems import Path, Problems
from creditrules.load.limits import Limits
from creditrules.load.yaml_tree import HIDDEN


def plain_values(source: Mapping[Any, Any], problems: Problems, limits: Limits | None = None) -> Any:
    """Return mappings as dicts, lists and tuples as lists, binary fractions as decimals.

    What no file could hold is reported and left out; None when there is too much to go on.
    """
    try:
        return _Copier(problems, limits or Limits()).copy(source, (), 0)
    except _Stop:
        return None


class _Stop(Exception):
    """There is too much, or it has no end."""


class _Copier:
    def __init__(self, problems: Problems, limits: Limits) -> None:
        self.problems = problems
        self.limits = limits
        self.nodes = 0

    def copy(self, value: Any, path: Path, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.problems.add("CR116", path, limit=str(self.limits.nodes))
            raise _Stop
        if isinstance(value, Mapping | list | tuple):
            if depth >= self.limits.depth:
                self.problems.add("CR103", path, limit=str(self.limits.depth))
                raise _Stop
            if isinstance(value, Mapping):
                return self.mapping(value, path, depth)
            return [self.copy(each, (*path, i), depth + 1) for i, each in enumerate(value)]
        return self.scalar(value, path)

    def mapping(self, value: Mapping[Any, Any], path: Path, depth: int) -> dict[str, Any]:
        copied: dict[str, Any] = {}
        for key, inner in value.items():
            if isinstance(key, str):
                name = self.text(key, path)
                copied[name] = self.copy(inner, (*path, name), depth + 1)
            else:
                self.problems.add("CR443", path, key=str(key))
        return copied

    def scalar(self, value: Any, path: Path) -> Any:
        match value:
            case str():
                return self.text(value, path)
            case None | bool():
                return value
            case int() if abs(value) < 10**40:
                return int(value)
            case float() if math.isfinite(value):
                return Decimal(repr(float(value)))
            case Decimal() if value.is_finite():
                return value
            case date() if not isinstance(value, datetime):
                return date(value.year, value.month, value.day)
        self.problems.add("CR444", path)
        return None

    def text(self, value: str, path: Path) -> str:
        hidden = HIDDEN.search(value)
        if hidden:
            self.problems.add("CR112", path, character=f"U+{ord(hidden[0]):04X}")
            return HIDDEN.sub("?", value)
        return str(value)
