"""Population: the fields that the guards of a rulebook test, each with its classes and where it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from attrs import frozen

from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import FactDeclaration
from creditrules.model.condition import Test, holds
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Truth
from creditrules.population.coding import Coder, ordered_coder, word_coder, yes_no_coder

ORDERED = frozenset({"integer", "money", "share", "date"})
# Why a listing may be of unknown standing, in the order of the first classes of `listing.active`.
MISSING = ("listing.determined", "listing.served", "listing.aggregated", "objection.suspends")
INACTIVE, ACTIVE = len(MISSING), len(MISSING) + 1
# Whether a listing states neither an end nor a review: no test asks for it, the outcome depends on it.
ENDLESS = "listing.endless"
ROUTE = frozenset({"relation", "role.name", "target.kind"})


@frozen(eq=False)
class Field:
    """One field: its path, its classes, and whether it belongs to the route or to the listing.

    `about` is set for facts; `missing` is the class of one that nobody stated.
    """

    number: int
    path: str
    coder: Coder
    is_of_route: bool
    about: str | None = None
    missing: int = 0


def fields_of(tests: Iterable[Test], rulebook: Rulebook) -> dict[str, Field]:
    """Return the fields of all tests by path, and the one for what has no end."""
    by_path: dict[str, list[Test]] = {ENDLESS: []}
    for test in dict.fromkeys(tests):
        by_path.setdefault(test.path, []).append(test)
    return {path: _field(n, path, asked, rulebook) for n, (path, asked) in enumerate(sorted(by_path.items()))}


def _field(number: int, path: str, tests: list[Test], rulebook: Rulebook) -> Field:
    declared = rulebook.catalogue.facts.get(path)
    if declared is None:
        head = path.partition(".")[0]
        is_of_route = path in ROUTE or head in ("held", "found")
        return Field(number, path, _coder(path, BUILTIN_FACTS, tests, rulebook.on), is_of_route)
    coder = _coder(path, rulebook.catalogue.facts, tests, rulebook.on)
    missing = 0 if declared.when_missing is None else 1 + declared.when_missing
    return Field(number, path, coder, declared.about == "target", declared.about, missing)


def _coder(path: str, declared: Mapping[str, FactDeclaration], tests: list[Test], on: date) -> Coder:
    if path == "listing.active":
        return _standing_coder(tests, on)
    kind = declared[path].type if path in declared else "choice" if path == "relation" else "boolean"
    if kind == "boolean":
        return yes_no_coder(tests, on)
    return ordered_coder(tests, on) if kind in ORDERED else word_coder(tests, on)


def _standing_coder(tests: list[Test], on: date) -> Coder:
    """Return the classes of `listing.active`: one for each reason not to know it, no, yes."""

    def said(test: Test) -> list[Truth]:
        known = [Truth.of(holds(value, test.op, test.value, on)) for value in (False, True)]
        return [Truth.UNKNOWN] * len(MISSING) + known

    return Coder("standing", ACTIVE + 1, {test: np.array(said(test), np.uint8) for test in tests})
