"""Population: which facts would settle an open point, once for every combination of what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from creditrules.decide.asks import deciding
from creditrules.evaluate.residue import residue
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.condition import Test, tests_in
from creditrules.model.words import HeldAt
from creditrules.population.fields import INACTIVE, MISSING
from creditrules.population.plan import Plan

# What a question is about, as the column `about` names it. `person` is whoever holds the role.
LISTING, SUBJECT, TARGET, PERSON = "listing", "subject", "target", "person"
UNTIL = "listing.until"
Asked = tuple[tuple[str, str], ...]


def asks_of(plan: Plan, guard: int, tests: tuple[Test, ...], said: Any, reasons: Any) -> Any:
    """Return the number of the questions for each of some patterns under which a guard is unknown.

    Args:
        plan: receives questions nobody asked before.
        guard: the number of the guard.
        tests: the tests of its condition, each once.
        said: what each test comes to in each pattern (tests by patterns).
        reasons: the class of `listing.active` in each pattern.
    """
    table = np.vstack([said, np.where(reasons < INACTIVE, reasons, INACTIVE)[None, :]])
    distinct, which = np.unique(table, axis=1, return_inverse=True)
    numbers = [_number(plan, guard, tests, tuple(column.tolist())) for column in distinct.T]
    return np.array(numbers, np.int64)[which.reshape(-1)]


def _number(plan: Plan, guard: int, tests: tuple[Test, ...], column: tuple[int, ...]) -> int:
    key = (guard, column)
    if key not in plan.kept:
        known = dict(zip(tests, column[:-1], strict=True))

        def decided(test: Test) -> bool | None:
            return (False, None, True)[known[test]]

        left = residue(plan.rulebook.guards[guard].condition, decided)
        asked: Asked = ()
        if not isinstance(left, bool):
            open_tests = deciding(left, tuple(dict.fromkeys(tests_in(left))))
            first: dict[str, str] = {}
            for fact, about in (_asked(plan, test.path, column[-1]) for test in open_tests):
                first.setdefault(fact, about)
            asked = tuple(first.items())
        plan.kept[key] = number_of(plan, asked)
    return plan.kept[key]


def number_of(plan: Plan, asked: Asked) -> int:
    """Return the number of a combination of questions."""
    return plan.asks.setdefault(asked, len(plan.asks))


def _asked(plan: Plan, path: str, reason: int) -> tuple[str, str]:
    """Return the entry to supply and what it is about; the same as `decide.asks` asks for."""
    head, _, tail = path.partition(".")
    if head == "held":
        if tail == HeldAt.UNSTATED:
            return "role.confirmed", PERSON
        return f"listing.{'determined' if tail == HeldAt.DETERMINATION else 'conduct_since'}", LISTING
    if head == "found":
        return f"finding.{tail}", TARGET
    if path == "listing.active" and reason < INACTIVE:
        path = MISSING[reason]
    elif path == "listing.on_record":
        path = "listing.aggregated"
    return path, about_of(plan, path)


def about_of(plan: Plan, path: str) -> str:
    """Return what a fact is about: the target, the listed subject, or the listing."""
    declared = plan.rulebook.catalogue.facts.get(path) or BUILTIN_FACTS[path]
    return declared.about if declared.about in (SUBJECT, TARGET) else LISTING


def spelled(plan: Plan) -> Iterator[tuple[list[str], list[str]]]:
    """Yield for each number the facts asked for and what each is about."""
    for asked in plan.asks:
        yield [fact for fact, _ in asked], [about for _, about in asked]
