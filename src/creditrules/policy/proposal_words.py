"""Policy: the questions that boundary cases ask, and the names they get."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from creditrules.deliver.words import Words
from creditrules.model.dossier import Dossier
from creditrules.model.memorandum import Memorandum
from creditrules.policy.boundaries import Point

# What became of a measure: `taken`, `open` (with the facts asked for) or `absent`.
Outcome = tuple[str, tuple[str, ...]]
# By measure and person.
Outcomes = Mapping[tuple[str, str], Outcome]
_LONGEST = 16


class Questions:
    """Says in one language what is decided at a boundary, and names the cases, no two alike."""

    def __init__(self, memorandum: Memorandum, words: Words, taken: set[str]) -> None:
        self.memorandum = memorandum
        self.words = words
        self.taken = taken
        self.measures = {measure.key: measure for measure in memorandum.measures}

    def question(self, point: Point, stated: Outcomes, dossier: Dossier) -> str:
        """Return what is decided at a point, as a question."""
        parts = []
        for what in ("taken", "open", "absent"):
            by_target: dict[str, list[str]] = {}
            for (measure, target), (outcome, _) in stated.items():
                if outcome == what:
                    by_target.setdefault(target, []).append(self._measure(measure, headed=True))
            for target, measures in by_target.items():
                named = dossier.subjects[target].name if target in dossier.subjects else target
                key = f"example.propose.{what}" if len(measures) == 1 else f"example.propose.{what}_many"
                parts.append(self.words(key, measures=self.words.joined(measures), who=named))
        return self.words(
            "example.propose.question",
            on=point.on,
            side=self._side(point),
            boundary=self.words.said(point.boundary),
            said=self.words.joined(parts, "part"),
        )

    def name(self, point: Point, stated: Outcomes) -> str:
        """Return a name for the case of a point that no other case has."""
        measures = dict.fromkeys(self._measure(measure, headed=False) for measure, _ in stated)
        base = self.words(
            "example.propose.name",
            boundary=self.words.said(point.boundary),
            side=self._side(point),
            on=point.on,
            measures=self.words.joined(measures),
        )
        name, n = base, 1
        while name in self.taken:
            n += 1
            name = f"{base} ({n})"
        self.taken.add(name)
        return name

    def _measure(self, key: str, *, headed: bool) -> str:
        measure = self.measures[key]
        number = measure.number or key
        heading = measure.heading or self.words.said(measure.does)
        if not headed or not heading:
            return number
        short = heading if len(heading) <= _LONGEST else heading[: _LONGEST - 1] + "…"
        return self.words("example.propose.measure", number=number, heading=short)

    def _side(self, point: Point) -> str:
        value = _set(point.change) if point.change else None
        kind = "day" if value is None else "value"
        return self.words(f"example.side.{point.side}_{kind}", value=_shown(value))


def _set(change: Any) -> Any:
    """Return the value that a change sets: it sets but one."""
    while isinstance(change, Mapping | list):
        change = change[-1] if isinstance(change, list) else list(change.values())[-1]
    return change


def _shown(value: Any) -> str:
    return str(value) if isinstance(value, date) or value is None else f"{value:,}"
