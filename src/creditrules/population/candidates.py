"""Population: candidates, which are listings seen along every route, with their full patterns.

The joins of a dossier are made here for all of them: the listed subject itself, those who hold a role in it,
and the organisations in which it holds one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from creditrules.evaluate.fields import NO_ROLE
from creditrules.model.words import MET_BY, HeldAt, Responsibility
from creditrules.population.arrays import Groups, compact, constant, is_constant, looked_up, taken, translated
from creditrules.population.blocks import blocks, each, together
from creditrules.population.bundles import bundles_of
from creditrules.population.classes import Classes
from creditrules.population.days import PAST, day_of
from creditrules.population.encoded import Encoded
from creditrules.population.fields import Field
from creditrules.population.listed import DIRECTIONS, Listed
from creditrules.population.plan import Plan

# Findings about one person in one listing, as bits.
FINDING_BITS = {finding: 1 << n for n, finding in enumerate(Responsibility)}
SELF, ROLE, ORGANISATION = range(3)


@frozen(eq=False)
class Candidates:
    """Listings seen along routes: the listing, the role (-1: none), the direction and the target of each.

    `pattern` is the number of its pattern, of which `share`, `listing_key` and `route_key` say what it is.
    """

    listing: Any
    role: Any
    direction: Any
    target: Any
    pattern: Any
    share: Any
    listing_key: Any
    route_key: Any

    def __len__(self) -> int:
        return len(self.listing)


def candidates(plan: Plan, data: Encoded, rows: Listed, known: Classes, threads: int = 1) -> Candidates:
    """Return the candidates that may come to anything: the listed subjects first, then their roles."""
    adding = [found for found in plan.fields.values() if found.is_of_route and plan.weights[found.path].any()]
    bundles = bundles_of(plan, adding)
    widest = max((one.route_size for one in plan.shares), default=1)
    ends = _ends(data, rows)

    bound = max(1, len(rows.keys)) * widest
    of_patterns = np.arange(len(rows.keys), dtype=np.int32 if bound < 2**31 else np.int64) * widest

    def keys(row: Any, route: Any) -> Any:
        pattern, base, varying = rows.pattern.take(row), of_patterns, []
        for bundle in bundles:
            number = bundle.combined(lambda found: _classes(plan, found, data, known, *route))
            if is_constant(number):
                base = base + bundle.adds(rows.shares, number[0])
            else:
                varying.append((bundle, number))
        key = base.take(pattern)
        for bundle, number in varying:
            key += bundle.adds(shares.take(pattern), number)
        return key

    shares = rows.shares.astype(np.int32)

    def block(of: tuple[int, int]) -> list[tuple[Any, ...]]:
        found = [_of_itself(data, rows, *of)]
        found += [
            _of_roles(data, rows, n, around, *of) for n, around in enumerate(ends) if around is not None
        ]
        columns = []
        for row, role, direction in found:
            listing = rows.listing.take(row)
            target = _targets(data, listing, role, direction)
            route = (listing, role, direction, target)
            columns.append((*route, keys(row, route)))
        return columns

    parts = each(block, blocks(len(rows.listing)), threads)
    listing, role, direction, target, key = together([part for some in parts for part in some], threads)
    pattern, distinct = compact(key, bound)
    of_listing = distinct // widest
    names = (rows.shares[of_listing], rows.keys[of_listing], distinct % widest)
    return Candidates(listing, role, direction, target, pattern, *names)


@frozen(eq=False)
class _Around:
    """Roles by one of their ends: `groups` say which of `roles` (None: of all) have which subject there."""

    groups: Groups
    roles: Any


def _ends(data: Encoded, rows: Listed) -> list[_Around | None]:
    """Return the roles by their organisations, and by their persons, so far as anything may follow."""
    made: list[_Around | None] = []
    for n, near in enumerate((data.roles.organisation, data.roles.person)):
        # Nearly no measure asks for organisations behind a listed person, and few for every role.
        asked = rows.by_role[:, n].any(axis=0)
        if not len(near) or not asked.any():
            made.append(None)
            continue
        some = None if asked.all() else _those(data.roles.role, asked)
        made.append(_Around(Groups(near if some is None else near.take(some), len(data.subjects)), some))
    return made


def _those(roles: Any, asked: Any) -> Any:
    """Return the places of roles that are asked for."""
    return np.flatnonzero(translated(roles, asked).view(bool)).astype(np.int32)


def _of_itself(data: Encoded, rows: Listed, first: int, last: int) -> tuple[Any, Any, Any]:
    """Return row, role and direction of the listed subjects of some rows."""
    if rows.by_self.all():
        row = np.arange(first, last, dtype=np.int32)
    else:
        row = np.flatnonzero(rows.by_self.take(rows.pattern[first:last])).astype(np.int32) + np.int32(first)
    if data.subjects.home is not None:
        row = row[data.subjects.home[data.listings.subject[rows.listing[row]]]]
    return row, np.full(len(row), -1, np.int32), np.full(len(row), SELF, np.int8)


def _of_roles(
    data: Encoded, rows: Listed, n: int, around: _Around, first: int, last: int
) -> tuple[Any, Any, Any]:
    """Return row, role and direction of the routes of some rows along roles that may come to anything."""
    roles, by_role = data.roles, rows.by_role[:, n]
    pattern = rows.pattern[first:last]
    reaching = np.flatnonzero(by_role.any(axis=1).take(pattern)).astype(np.int32)
    whose, place = around.groups.of(data.listings.subject.take(rows.listing[first:last].take(reaching)))
    role = place if around.roles is None else around.roles.take(place)
    # By pattern and role, as one number.
    kinds = by_role.shape[1]
    asked = (pattern.take(reaching) * np.int32(kinds)).take(whose)
    asked += roles.role.take(role)
    kept = np.ascontiguousarray(by_role).ravel().take(asked)
    near, far = (roles.organisation, roles.person) if n == 0 else (roles.person, roles.organisation)
    if n:
        # An organisation said to hold a role in itself is one route, not two.
        kept &= near[role] != far[role]
    if data.subjects.home is not None:
        kept &= data.subjects.home[far[role]]
    kept = np.flatnonzero(kept)
    row = reaching.take(whose.take(kept))
    row += np.int32(first)
    return row, role.take(kept).astype(np.int32, copy=False), np.full(len(row), ROLE + n, np.int8)


def _targets(data: Encoded, listing: Any, role: Any, direction: Any) -> Any:
    """Return the targets of candidates that all go one way."""
    if not len(listing) or direction[0] == SELF:
        return data.listings.subject.take(listing)
    return (data.roles.person if direction[0] == ROLE else data.roles.organisation).take(role)


def _classes(
    plan: Plan,
    found: Field,
    data: Encoded,
    known: Classes,
    listing: Any,
    role: Any,
    direction: Any,
    target: Any,
) -> Any:
    """Return the class of a field for some candidates that all go one way."""
    head, _, tail = found.path.partition(".")
    if found.path in known.of_subject:
        return known.of_subject[found.path].take(target)
    size, along = len(listing), bool(len(role)) and bool(role[0] >= 0)
    if found.path == "relation":
        classes = found.coder.of_words([each.value for each in DIRECTIONS])
        return constant(classes[direction[0]] if size else 0, size, np.int8)
    if found.path == "role.name":
        of_roles = found.coder.of_words([*plan.roles, NO_ROLE])
        if not along:
            return constant(of_roles[-1], size, np.int32)
        return translated(data.roles.role.take(role), of_roles[:-1])
    if not along:
        return constant(1, size, np.int8)
    if head == "held":
        return held(data, listing, role, HeldAt(tail), day_of(plan.rulebook.on))
    return _found(data, listing, target, Responsibility(tail))


def held(data: Encoded, listing: Any, role: Any, at: HeldAt, on: int) -> Any:
    """Return for routes whether the role was held when a clause asks for it: 0 not known, 1 no, 2 yes."""
    roles, listings = data.roles, data.listings
    since, until = taken(roles.since, role), taken(roles.until, role)
    match at:
        case HeldAt.DAY:
            return _said((since <= on) & (on <= until))
        case HeldAt.DETERMINATION:
            day = taken(listings.determined, listing)
            return np.where(day == PAST, np.int8(0), _said((since <= day) & (day <= until)))
        case HeldAt.CONDUCT:
            first, last = listings.conduct_since[listing], listings.conduct_until[listing]
            first, last = np.where(first == PAST, last, first), np.where(last == PAST, first, last)
            return np.where(first == PAST, np.int8(0), _said((since <= last) & (until >= first)))
        case HeldAt.UNSTATED:
            day, determination, conduct = (
                held(data, listing, role, each, on)
                for each in (HeldAt.DAY, HeldAt.DETERMINATION, HeldAt.CONDUCT)
            )
            agreed = np.where((conduct == determination) & (conduct == day), conduct, 0)
            confirmed = roles.confirmed[role]
            return np.where(confirmed > 0, confirmed, agreed)


def _said(holds: Any) -> Any:
    """Return the class of a no and of a yes."""
    return holds.view(np.int8) + np.int8(1)


def _found(data: Encoded, listing: Any, target: Any, asked: Responsibility) -> Any:
    """Return for routes whether the target has been found responsible: 0 not known, 1 no, 2 yes."""
    keys = listing.astype(np.int64) * len(data.subjects) + target
    bits = looked_up(data.findings.keys, data.findings.bits, keys, 0)
    met = sum(FINDING_BITS[finding] for finding in MET_BY[asked])
    settled = data.listings.complete[listing] | ((bits & FINDING_BITS[Responsibility.NONE]) > 0)
    return np.where(bits & met, np.int8(2), settled.astype(np.int8))
