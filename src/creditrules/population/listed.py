"""Population: the part of every candidate's pattern that depends on its listing alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from creditrules.model.condition import Test
from creditrules.model.words import Direction
from creditrules.population.arrays import compact, is_constant
from creditrules.population.blocks import blocks, each, together
from creditrules.population.bundles import bundles_of
from creditrules.population.classes import Classes
from creditrules.population.days import FUTURE, PAST, given
from creditrules.population.encoded import Encoded, Listings
from creditrules.population.fields import ENDLESS, INACTIVE, Field
from creditrules.population.logic import bounds
from creditrules.population.plan import Plan
from creditrules.population.shares import Share
from creditrules.population.standings import Standings, standings

DIRECTIONS = tuple(Direction)


@frozen(eq=False)
class Listed:
    """Listings with the shares of their lists: one row for each share that may come to anything.

    `listing` and `share` name the row, `pattern` is the number of its pattern; `shares` and `keys` say by
    that number what the pattern is; `by_role` whether anything may follow from it along a route, by direction
    and role, and `by_self` whether for the listed subject itself.
    """

    listing: Any
    share: Any
    pattern: Any
    shares: Any
    keys: Any
    by_self: Any
    by_role: Any


def listed(plan: Plan, data: Encoded, known: Classes, threads: int = 1) -> tuple[Standings, Listed]:
    """Return where listings stand, and the rows of those that may come to anything, with their patterns."""
    catalogue, on = plan.rulebook.catalogue, plan.rulebook.on
    adding = [
        found for found in plan.fields.values() if not found.is_of_route and plan.weights[found.path].any()
    ]
    of_subject = [
        (bundle, bundle.combined(lambda found: known.of_subject[found.path]))
        for bundle in bundles_of(plan, [found for found in adding if found.path in known.of_subject])
    ]
    of_listing = bundles_of(plan, [found for found in adding if found.path not in known.of_subject])
    sizes = np.array([one.listing_size for one in plan.shares], np.int64)
    offsets = (np.cumsum(sizes) - sizes).astype(plan.number)

    def block(ends: tuple[int, int]) -> tuple[Standings, tuple[Any, Any, Any]]:
        part = data.listings.part(*ends)
        stand = standings(part, catalogue, on)
        listing, share = _rows(plan, part, stand)
        key = offsets.take(share)
        if of_subject:
            subject = part.subject.take(listing)
            for bundle, number in of_subject:
                key += bundle.adds(share, number.take(subject))
        for bundle in of_listing:
            number = bundle.combined(lambda found: _classes(plan, found, data, part, stand, known, ends))
            key += bundle.adds(share, number.take(listing))
        listing += np.int32(ends[0])
        return stand, (listing, share, key)

    done = each(block, blocks(len(data.listings)), threads)
    listing, share, key = together([rows for _, rows in done], threads)
    pattern, distinct = compact(key, int(sizes.sum()))
    of = np.searchsorted(offsets, distinct, side="right") - 1
    keys = distinct - offsets[of]
    by_self, by_role = _reach(plan, of, keys)
    return Standings.joined([stand for stand, _ in done], threads), Listed(
        listing, share, pattern, of, keys, by_self, by_role
    )


def _rows(plan: Plan, listings: Listings, stand: Standings) -> tuple[Any, Any]:
    """Return every listing with every share of its list, but for those that cannot come to anything."""
    counts = np.array([len(shares) for shares in plan.shares_of_list], np.int64)
    on_record = np.array([_asks(plan, n, "listing.on_record") for n in range(len(counts))], bool)
    # A guard asks for an active listing or for one on record: see `compile.coverage.condition_of`.
    kept = (stand.active != INACTIVE) & (counts > 0)[listings.list]
    if on_record.any():
        kept |= on_record[listings.list] & (stand.on_record != 1)
    listing = np.flatnonzero(kept).astype(np.int32)
    of_list = listings.list[listing]
    first = np.array([shares[0] if len(shares) else 0 for shares in plan.shares_of_list], np.int16)
    share = first[of_list]
    if (counts > 1).any():
        count = counts[of_list]
        listing = np.repeat(listing, count)
        within = np.arange(len(listing)) - np.repeat(np.cumsum(count) - count, count)
        share = (np.repeat(share, count) + within).astype(np.int16)
    return listing, share


def _asks(plan: Plan, list_number: int, path: str) -> bool:
    axes = (axis for n in plan.shares_of_list[list_number] for axis in plan.shares[n].listing)
    return any(axis.field.path == path for axis in axes)


def _classes(
    plan: Plan,
    found: Field,
    data: Encoded,
    listings: Listings,
    stand: Standings,
    known: Classes,
    ends: tuple[int, int],
) -> Any:
    """Return the class of a field for the listings of a block, which goes from one end to the other."""
    path = found.path
    if path in known.of_listing:
        classes = known.of_listing[path]
        if classes is not None:
            return classes[slice(*ends)]
        return found.coder.of_column(data.facts[path].values[slice(*ends)])
    match path:
        case "listing.active":
            return stand.active
        case "listing.on_record":
            return stand.on_record
        case "listing.publishable":
            return listings.publishable.astype(np.int8) + np.int8(1)
        case "listing.capacity":
            table = found.coder.of_words([*plan.rulebook.catalogue.capacities, None])
            return table[listings.capacity]
        case _ if path == ENDLESS:
            if not is_constant(listings.review, PAST):
                return ((stand.last_day == FUTURE) & (listings.review == PAST)).view(np.int8) + np.int8(1)
            return (stand.last_day == FUTURE).view(np.int8) + np.int8(1)
    days = getattr(listings, path.partition(".")[2])
    return found.coder.of_numbers(days, given(days))


def _reach(plan: Plan, shares: Any, keys: Any) -> tuple[Any, Any]:
    """Say along which routes anything may follow from patterns of listings, whatever else is known."""
    by_self = np.zeros(len(keys), bool)
    by_role = np.zeros((len(keys), 2, max(1, len(plan.roles))), bool)
    order = np.argsort(shares, kind="stable")
    numbers, first = np.unique(shares[order], return_index=True)
    for number, which in zip(numbers.tolist(), np.split(order, first[1:]), strict=False):
        share = plan.shares[number]
        # Whether the listed subject itself is reached is worked out with the rest: nearly always it may be.
        by_self[which] = bool(plan.reaching(share, Direction.SELF))
        for n, direction in enumerate((Direction.ROLE, Direction.ORGANISATION)):
            guards = plan.reaching(share, direction)
            if guards:
                by_role[which, n] = _may(plan, share, guards, keys[which], direction)
    return by_self, by_role


def _may(plan: Plan, share: Share, guards: tuple[int, ...], keys: Any, direction: Direction) -> Any:
    """Say for patterns and roles whether any of some guards may hold."""
    relation = plan.fields["relation"].coder.of_words([direction.value])[0]
    of_roles = plan.fields["role.name"].coder.of_words(plan.roles) if "role.name" in plan.fields else None
    seen: dict[Test, tuple[Any, Any]] = {}

    def known(test: Test) -> tuple[Any, Any]:
        axis, said = share.truths[test]
        path = axis.field.path
        if not axis.field.is_of_route:
            found = said[keys // axis.weight % axis.size][:, None]
        elif path == "relation":
            found = said[axis.places[relation]]
        elif path == "role.name" and of_roles is not None:
            found = said[axis.places[of_roles]][None, :]
        else:
            return np.uint8(0), np.uint8(2)
        return found, found

    def of(test: Test) -> tuple[Any, Any]:
        if test not in seen:
            seen[test] = known(test)
        return seen[test]

    may = np.zeros((len(keys), len(plan.roles)), bool)
    for guard in guards:
        _, high = bounds(plan.rulebook.guards[guard].condition, of)
        may |= np.broadcast_to(high, may.shape) > 0
    return may
