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
from creditrules.population.arrays import Groups, compact, looked_up
from creditrules.population.blocks import blocks, each, together
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
    people = len(data.subjects)
    near = (data.roles.organisation, data.roles.person)
    # Sorting the roles takes a while; nearly no measure asks for organisations behind a listed person.
    ends = tuple(Groups(near[n], people) if rows.by_role[:, n].any() else None for n in (0, 1))

    def block(of: tuple[int, int]) -> tuple[Any, ...]:
        row, role, direction = _routes(data, rows, ends, *of)
        listing = rows.listing[row]
        target = _targets(data, listing, role, direction)
        share = rows.share[row]
        key = np.zeros(len(row), np.int64)
        for found in adding:
            weights = plan.weights[found.path]
            used = weights.any(axis=1)
            which = slice(None) if used.all() else np.flatnonzero(used[share])
            route = (listing[which], role[which], direction[which], target[which])
            classes = _classes(plan, found, data, known, *route)
            key[which] += weights.ravel().take(share[which].astype(np.int32) * found.coder.size + classes)
        return listing, role, direction, target, rows.pattern[row].astype(np.int64) * widest + key

    widest = max((one.route_size for one in plan.shares), default=1)
    listing, role, direction, target, key = together(each(block, blocks(len(rows.listing)), threads))
    pattern, distinct = compact(key, max(1, len(rows.keys)) * widest)
    of_listing = distinct // widest
    names = (rows.shares[of_listing], rows.keys[of_listing], distinct % widest)
    return Candidates(listing, role, direction, target, pattern, *names)


def _routes(
    data: Encoded, rows: Listed, ends: tuple[Groups | None, ...], first: int, last: int
) -> tuple[Any, Any, Any]:
    """Return row, role and direction of each route of some rows that may come to anything."""
    pattern = rows.pattern[first:last]
    itself = np.flatnonzero(rows.by_self[pattern]).astype(np.int32) + np.int32(first)
    home = data.subjects.home
    if home is not None:
        itself = itself[home[data.listings.subject[rows.listing[itself]]]]
    found = [(itself, np.full(len(itself), -1, np.int32), np.full(len(itself), SELF, np.int8))]
    roles = data.roles
    for n, (near, far) in enumerate(
        ((roles.organisation, roles.person), (roles.person, roles.organisation)) if len(roles) else ()
    ):
        around = ends[n]
        if around is None:
            continue
        reaching = np.flatnonzero(rows.by_role[:, n].any(axis=1)[pattern]).astype(np.int32) + np.int32(first)
        whose, role = around.of(data.listings.subject[rows.listing[reaching]])
        row = reaching[whose]
        kept = rows.by_role[rows.pattern[row], n, roles.role[role]]
        if n:
            # An organisation said to hold a role in itself is one route, not two.
            kept &= near[role] != far[role]
        if home is not None:
            kept &= home[far[role]]
        row, role = row[kept], role[kept].astype(np.int32)
        found.append((row, role, np.full(len(row), ROLE + n, np.int8)))
    row, role, direction = together(found)
    return row, role, direction


def _targets(data: Encoded, listing: Any, role: Any, direction: Any) -> Any:
    target = data.listings.subject[listing]
    for n, ends in ((ROLE, data.roles.person), (ORGANISATION, data.roles.organisation)):
        which = np.flatnonzero(direction == n)
        target[which] = ends[role[which]]
    return target


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
    """Return the class of a field for some candidates."""
    head, _, tail = found.path.partition(".")
    if found.path in known.of_subject:
        return known.of_subject[found.path].take(target)
    if found.path == "relation":
        return found.coder.of_words([each.value for each in DIRECTIONS])[direction]
    if found.path == "role.name":
        table = found.coder.of_words([*plan.roles, NO_ROLE])
        # The last place, which -1 stands for, is that of no role.
        return table[np.append(data.roles.role, len(plan.roles))[role]]
    along = np.flatnonzero(role >= 0)
    classes = np.ones(len(listing), np.int64)
    if head == "held":
        on = day_of(plan.rulebook.on)
        classes[along] = held(data, listing[along], role[along], HeldAt(tail), on)
    else:
        asked = Responsibility(tail)
        classes[along] = _found(data, listing[along], target[along], asked)
    return classes


def held(data: Encoded, listing: Any, role: Any, at: HeldAt, on: int) -> Any:
    """Return for routes whether the role was held when a clause asks for it: 0 not known, 1 no, 2 yes."""
    roles, listings = data.roles, data.listings
    since, until = roles.since[role], roles.until[role]
    match at:
        case HeldAt.DAY:
            return 1 + ((since <= on) & (on <= until)).astype(np.int64)
        case HeldAt.DETERMINATION:
            day = listings.determined[listing]
            return np.where(day == PAST, 0, 1 + ((since <= day) & (day <= until)))
        case HeldAt.CONDUCT:
            first, last = listings.conduct_since[listing], listings.conduct_until[listing]
            first, last = np.where(first == PAST, last, first), np.where(last == PAST, first, last)
            return np.where(first == PAST, 0, 1 + ((since <= last) & (until >= first)))
        case HeldAt.UNSTATED:
            day, determination, conduct = (
                held(data, listing, role, each, on)
                for each in (HeldAt.DAY, HeldAt.DETERMINATION, HeldAt.CONDUCT)
            )
            agreed = np.where((conduct == determination) & (conduct == day), conduct, 0)
            confirmed = roles.confirmed[role]
            return np.where(confirmed > 0, confirmed, agreed)


def _found(data: Encoded, listing: Any, target: Any, asked: Responsibility) -> Any:
    """Return for routes whether the target has been found responsible: 0 not known, 1 no, 2 yes."""
    keys = listing.astype(np.int64) * len(data.subjects) + target
    bits = looked_up(data.findings.keys, data.findings.bits, keys, 0)
    met = sum(FINDING_BITS[finding] for finding in MET_BY[asked])
    settled = data.listings.complete[listing] | ((bits & FINDING_BITS[Responsibility.NONE]) > 0)
    return np.where(bits & met, 2, settled.astype(np.int64))
