"""Evaluate: what is left of a condition when some of its tests are already decided."""

from __future__ import annotations

from collections.abc import Callable

from creditrules.model.condition import All, Condition, Not, Some, Test

Decided = Callable[[Test], bool | None]


def residue(condition: Condition, decided: Decided) -> Condition | bool:
    """Return True, False, or the part of a condition that is not decided.

    A test that *decided* answers with None stays in the residue, which keeps Kleene's truth values: leaving
    it out would turn "unknown" into an answer.
    """
    match condition:
        case Test():
            answer = decided(condition)
            return condition if answer is None else answer
        case Not(part):
            left = residue(part, decided)
            return not left if isinstance(left, bool) else Not(left)
        case All(parts):
            return _joined(All, parts, False, decided)
        case Some(parts):
            return _joined(Some, parts, True, decided)


def _joined(
    join: type[All] | type[Some], parts: tuple[Condition, ...], absorbs: bool, decided: Decided
) -> Condition | bool:
    """A part equal to *absorbs* decides the whole; the opposite one drops out."""
    left: list[Condition] = []
    for part in parts:
        rest = residue(part, decided)
        if rest is absorbs:
            return absorbs
        if not isinstance(rest, bool):
            left.append(rest)
    if not left:
        return not absorbs
    return left[0] if len(left) == 1 else join(tuple(left))
