"""Evaluate: the indexed engine. Each list leads to its guards, each guard is a closure over a row of values.

The closures are made from the typed model; no text of a document is ever compiled as code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from creditrules.evaluate.candidates import Candidates, rulebook_fields
from creditrules.evaluate.once import Once
from creditrules.evaluate.protocol import Hit
from creditrules.model.condition import All, Condition, Not, Op, Some, Test, Value
from creditrules.model.rulebook import Rulebook

Values = tuple[Value | None, ...]
Closure = Callable[[Values], int]

FALSE, UNKNOWN, TRUE = 0, 1, 2


class IndexedEngine:
    """The rulebook compiled to an index of closures."""

    name = "indexed"

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        """Return every guard that holds, or may hold, for every candidate."""
        index = _index(rulebook)
        hits = [
            (number, row, truth)
            for row, candidate in enumerate(candidates.rows)
            for number, holds in index[candidate.list_key]
            if (truth := holds(candidate.values))
        ]
        hits.sort()
        return hits


def _build(rulebook: Rulebook) -> dict[str, tuple[tuple[int, Closure], ...]]:
    place = {path: n for n, path in enumerate(rulebook_fields(rulebook))}
    closures = [_closure(guard.condition, place, rulebook.on) for guard in rulebook.guards]
    return {key: tuple((n, closures[n]) for n in guards) for key, guards in rulebook.by_list.items()}


_index = Once(_build)


def _closure(condition: Condition, place: dict[str, int], on: date) -> Closure:
    match condition:
        case All(parts):
            return _all(tuple(_closure(part, place, on) for part in parts))
        case Some(parts):
            return _some(tuple(_closure(part, place, on) for part in parts))
        case Not(part):
            inner = _closure(part, place, on)
            return lambda values: 2 - inner(values)
        case Test():
            return _test(condition, place[condition.path], on)


def _all(parts: tuple[Closure, ...]) -> Closure:
    def holds(values: Values) -> int:
        truth = TRUE
        for part in parts:
            found = part(values)
            if not found:
                return FALSE
            if found < truth:
                truth = found
        return truth

    return holds


def _some(parts: tuple[Closure, ...]) -> Closure:
    def holds(values: Values) -> int:
        truth = FALSE
        for part in parts:
            found = part(values)
            if found == TRUE:
                return TRUE
            if found:
                truth = found
        return truth

    return holds


def _test(test: Test, n: int, on: date) -> Closure:
    asked = test.value
    match test.op:
        case Op.IS:
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] == asked else FALSE
        case Op.IN:
            among = frozenset(asked)  # type: ignore[arg-type]
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] in among else FALSE
        case Op.AT_LEAST:
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] >= asked else FALSE  # type: ignore[operator]
        case Op.AT_MOST:
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] <= asked else FALSE  # type: ignore[operator]
        case Op.MORE_THAN:
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] > asked else FALSE  # type: ignore[operator]
        case Op.LESS_THAN:
            return lambda v: UNKNOWN if v[n] is None else TRUE if v[n] < asked else FALSE  # type: ignore[operator]
        case Op.EXISTS:
            return lambda v: UNKNOWN if v[n] is None else FALSE if v[n] is False else TRUE
        case Op.WITHIN:
            first = asked.before(on)  # type: ignore[union-attr]
            return lambda v: UNKNOWN if v[n] is None else TRUE if first <= v[n] <= on else FALSE  # type: ignore[operator]
