"""Policy, checks: what a condition can be at all: never true, never false, or no weaker than another one.

A condition is brought into alternatives, as for the rule engine. Beside what it says itself only the closed
vocabularies are taken into account: a fact with choices has one of them, a party is of one of the kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from creditrules.evaluate.fields import NO_ROLE
from creditrules.evaluate.normal_form import TooWide, alternatives
from creditrules.evaluate.symbols import Columns, Unfit
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import All, Condition, Not, Op, Some, Test, Value, holds, tests_in
from creditrules.model.procedure_facts import LEVEL_NAMES, PROCEDURE_FACTS
from creditrules.model.words import Direction

NEVER: Condition = Some(())
_YES_NO = ("held.", "found.", "listing.active", "listing.on_record")


class Logic:
    """Decides about conditions over the facts of one catalogue on one day; what is too wide is left alone."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self._on = on
        self._facts = {**PROCEDURE_FACTS, **BUILTIN_FACTS, **catalogue.facts}
        self._choices = _choices(catalogue)
        self._known: dict[Condition, bool] = {}

    def never(self, condition: Condition) -> bool:
        """Say whether a condition cannot be true, whatever the facts are."""
        if condition == All():
            return False
        known = self._known.get(condition)
        if known is None:
            known = self._known[condition] = self._never(condition)
        return known

    def always(self, condition: Condition) -> bool:
        """Say whether a condition cannot be false once every fact is known."""
        return self.never(Not(condition))

    def implies(self, narrow: Condition, wide: Condition) -> bool:
        """Say whether one condition cannot be true without another being so."""
        return narrow == wide or wide == All() or self.never(All((narrow, Not(wide))))

    def _never(self, condition: Condition) -> bool:
        plain = self._without_exists(condition)
        tests = tuple(tests_in(plain))
        whole = All((plain, *self._domains(tests)))
        fields = tuple({test.path: None for test in tests_in(whole)})
        try:
            columns = Columns(tests_in(whole), fields, self._on)
            return alternatives(whole, columns.literal, unknown=False) == ()
        except (TooWide, Unfit):
            return False

    def _without_exists(self, condition: Condition) -> Condition:
        """Let `exists` of a yes-or-no fact be what it means: that the fact is not a no."""
        match condition:
            case All(parts):
                return All(tuple(self._without_exists(part) for part in parts))
            case Some(parts):
                return Some(tuple(self._without_exists(part) for part in parts))
            case Not(part):
                return Not(self._without_exists(part))
            case Test(path, Op.EXISTS) if self._is_boolean(path):
                return Test(path, Op.IS, True)
        return condition

    def _is_boolean(self, path: str) -> bool:
        declared = self._facts.get(path)
        return declared.type == "boolean" if declared else path.startswith(_YES_NO)

    def _domains(self, tests: tuple[Test, ...]) -> Iterator[Condition]:
        """Yield what holds of the facts that are tested, because their values are a closed list."""
        for path in dict.fromkeys(test.path for test in tests if test.op is not Op.EXISTS):
            values: tuple[Value, ...] = (True, False) if self._is_boolean(path) else self._values(path)
            if values:
                yield Test(path, Op.IN, values)

    def _values(self, path: str) -> tuple[Value, ...]:
        declared = self._facts.get(path)
        own = tuple(declared.choices) if declared else ()
        return own or tuple(self._choices.get(path, ()))


def _choices(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    kinds = tuple(catalogue.kinds)
    return {
        "subject.kind": kinds,
        "target.kind": kinds,
        "role.name": (*catalogue.roles, NO_ROLE),
        "listing.capacity": tuple(catalogue.capacities),
        "relation": tuple(direction.value for direction in Direction),
        "listing.level": tuple(LEVEL_NAMES),
        "listing.list": tuple(catalogue.lists),
    }


def seen_by(direction: Direction, condition: Condition) -> Condition:
    """Return a condition as it stands for a target reached in one way.

    The listed subject itself is of its own kind, and holds no office towards itself.
    """
    if direction is not Direction.SELF:
        return condition
    match condition:
        case All(parts):
            return All(tuple(seen_by(direction, part) for part in parts))
        case Some(parts):
            return Some(tuple(seen_by(direction, part) for part in parts))
        case Not(part):
            return Not(seen_by(direction, part))
        case Test("target.kind", op, value):
            return Test("subject.kind", op, value)
        case Test("role.name", op, value):
            return All() if holds(NO_ROLE, op, value, date.min) else NEVER
    return condition
