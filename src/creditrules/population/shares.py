"""Population: the guards of a list, and the pattern of classes on which their outcome depends.

Two candidates of one pattern have the same outcome for every guard of the share. A pattern is a whole number:
each field adds the place of its class times a weight, so a field that few dossiers state costs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.errors import EngineError, Finding, Span
from creditrules.model.condition import Test, tests_in
from creditrules.model.rulebook import Rulebook
from creditrules.population.fields import ENDLESS, Field

# Guards that depend on too many facts together are shared out, so that patterns stay fewer than candidates.
MOST_PATTERNS = 2**20
# So that the patterns of all shares, with all routes, can be numbered together in 63 bits.
_LARGEST_LISTING, _LARGEST_ROUTE = 2**50, 2**30


@frozen(eq=False)
class Axis:
    """One field of a pattern: the place each of its classes has, and the weight of a place."""

    field: Field
    places: Any
    size: int
    weight: int


@frozen(eq=False)
class Share:
    """Guards of one list that are decided together.

    `listing` are the fields that all routes of a listing have in common, `route` the others; `truths` says of
    each test on which axis it lies and what it comes to in each place.
    """

    number: int
    list: int
    guards: tuple[int, ...]
    listing: tuple[Axis, ...]
    route: tuple[Axis, ...]
    truths: Mapping[Test, tuple[Axis, Any]]

    def place_of(self, path: str, key: Any, otherwise: int) -> Any:
        """Return the place of a field in some patterns, a constant where the share does not look at it."""
        for axis in (*self.listing, *self.route):
            if axis.field.path == path:
                return key // axis.weight % axis.size
        return np.full(len(key), otherwise)

    @property
    def listing_size(self) -> int:
        """How many patterns the fields of a listing can form."""
        return prod(axis.size for axis in self.listing)

    @property
    def route_size(self) -> int:
        """How many patterns the fields of a route can form."""
        return prod(axis.size for axis in self.route)


def shares_of(
    rulebook: Rulebook, fields: Mapping[str, Field], more: Mapping[int, Iterable[Test]]
) -> tuple[Share, ...]:
    """Return the shares of every list, in their order; *more* are tests a guard's rules ask beside it.

    Raises:
        EngineError: CR488, one guard depends on more facts than a pattern can hold.
    """
    made: list[Share] = []
    tests = [
        tuple(dict.fromkeys((*tests_in(guard.condition), *more.get(guard.number, ()))))
        for guard in rulebook.guards
    ]
    for number, key in enumerate(rulebook.catalogue.lists):
        for guards in _grouped(rulebook.guards_for(key), tests, fields):
            asked = tuple(dict.fromkeys(test for n in guards for test in tests[n]))
            share = _share(len(made), number, tuple(guards), asked, fields)
            if share.listing_size > _LARGEST_LISTING or share.route_size > _LARGEST_ROUTE:
                rule = rulebook.rules[rulebook.guards[guards[0]].rules[0]].key
                raise EngineError([Finding("CR488", Span(f"rulebook {rulebook.key}"), {"rule": rule})])
            made.append(share)
    return tuple(made)


def _grouped(
    guards: Sequence[int], tests: Sequence[tuple[Test, ...]], fields: Mapping[str, Field]
) -> list[list[int]]:
    groups: list[list[int]] = []
    held: set[Test] = set()
    for guard in guards:
        together = held | set(tests[guard])
        if groups and _size(together, fields) <= MOST_PATTERNS:
            groups[-1].append(guard)
            held = together
        else:
            groups.append([guard])
            held = set(tests[guard])
    return groups


def _size(tests: Iterable[Test], fields: Mapping[str, Field]) -> int:
    return prod(axis.size for axis in _axes(tests, fields))


def _axes(tests: Iterable[Test], fields: Mapping[str, Field]) -> list[Axis]:
    by_path: dict[str, list[Test]] = {ENDLESS: []}
    for test in tests:
        by_path.setdefault(test.path, []).append(test)
    axes = []
    weights = {False: 1, True: 1}
    for path in sorted(by_path):
        field = fields[path]
        places = _places(field, by_path[path])
        size = int(places.max()) + 1
        axes.append(Axis(field, places, size, weights[field.is_of_route]))
        weights[field.is_of_route] *= size
    return axes


def _places(field: Field, tests: Sequence[Test]) -> Any:
    """Return the place of each class: those that no test of the share tells apart have one place."""
    if field.coder.kind == "standing" or field.path == ENDLESS:
        return np.arange(field.coder.size)
    said = np.stack([field.coder.truths[test] for test in tests])
    _, places = np.unique(said, axis=1, return_inverse=True)
    return places.reshape(-1)


def _share(
    number: int, of_list: int, guards: tuple[int, ...], tests: tuple[Test, ...], fields: Mapping[str, Field]
) -> Share:
    axes = _axes(tests, fields)
    by_path = {axis.field.path: axis for axis in axes}
    truths = {}
    for test in tests:
        axis = by_path[test.path]
        said = np.zeros(axis.size, np.uint8)
        said[axis.places] = axis.field.coder.truths[test]
        truths[test] = (axis, said)
    listing = tuple(axis for axis in axes if not axis.field.is_of_route)
    route = tuple(axis for axis in axes if axis.field.is_of_route)
    return Share(number, of_list, guards, listing, route, truths)


def weights_of(shares: Sequence[Share], field: Field) -> Any:
    """Return what each class of a field adds to the pattern of each share: a table of shares by classes."""
    table = np.zeros((len(shares), field.coder.size), np.int64)
    for share in shares:
        for axis in share.route if field.is_of_route else share.listing:
            if axis.field is field:
                table[share.number] = axis.places * axis.weight
    return table
