"""Testing: the workload by hand: rules in cells by list, kind and field, and loops over dictionaries.

This is the least a Python program can do for the answer, and what `indexed` is measured against. It knows no
more than the workload needs: no unknown fact, no objection, no finding, no day a role was held.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from creditrules.testing.workload import (
    FIELDS,
    ON,
    REPRESENTATIVE,
    RESPONSIBLE,
    Applied,
    WorkRule,
    WorkSubject,
)

# What is left to ask of a listing in a cell, and what to answer: least amount, spares the exempt, reaches the
# representative, reaches the responsible, memorandum, measure, units.
_Left = tuple[int, bool, bool, bool, str, str, tuple[str, ...]]


class PlainLoop:
    """The workload's rules as a dictionary of cells."""

    def __init__(self, rules: Iterable[WorkRule], on: date = ON) -> None:
        self._on = on
        cells: dict[tuple[str, str, str], list[_Left]] = {}
        for rule in rules:
            left = (
                rule.at_least or 0,
                rule.spares_exempt,
                rule.representative,
                rule.responsible,
                rule.memorandum,
                rule.measure,
                rule.units,
            )
            for kind in rule.kinds:
                for field in FIELDS if rule.field is None else (rule.field,):
                    cells.setdefault((rule.list, kind, field), []).append(left)
        self._cells = cells

    def rows(self, subject: dict[str, Any]) -> list[Applied]:
        """Return what applies to a subject (see `as_dict`)."""
        found: list[Applied] = []
        on = self._on
        key, kind, field = subject["id"], subject["kind"], subject["field"]
        exempt, people = subject["exempt"], subject["people"]
        for listing in subject["listings"]:
            if listing["since"] > on or listing["repaired"]:
                continue
            until = listing["until"]
            if until is not None and until < on:
                continue
            cell = self._cells.get((listing["list"], kind, field))
            if cell is None:
                continue
            amount = listing["amount"]
            for at_least, spares, representative, responsible, memorandum, measure, units in cell:
                if amount < at_least or (spares and exempt):
                    continue
                found.append((key, None, memorandum, measure, units))
                if representative:
                    for role, person in people:
                        if role == REPRESENTATIVE or (responsible and role == RESPONSIBLE):
                            found.append((key, person, memorandum, measure, units))
        return found


def as_dict(subject: WorkSubject) -> dict[str, Any]:
    """Return a subject as the dictionaries a program would have read from JSON."""
    return {**subject._asdict(), "listings": [listing._asdict() for listing in subject.listings]}
