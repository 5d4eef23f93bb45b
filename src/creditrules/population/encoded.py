"""Population: tables that were read and checked, as arrays of whole numbers: what the kernel works on.

Subjects, listings and roles are named by their places; words by their places in the catalogue; days are
numbers (`creditrules.population.days`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import fields, frozen


@frozen(eq=False)
class Stated:
    """What is stated of one fact on the day, and of which owners: places among subjects or listings.

    None: of each of them, in their order.
    """

    about: str
    owners: Any
    values: pl.Series


@frozen(eq=False)
class Subjects:
    """Subjects: their ids, kinds and regions (null: not stated).

    `home` says which are decided here (None: all); the others are neighbours, who are decided elsewhere.
    """

    ids: pl.Series
    kind: Any
    region: pl.Series
    home: Any = None

    def __len__(self) -> int:
        return len(self.ids)


@frozen(eq=False)
class Listings:
    """Listings with what happened to each: `served` and `aggregated` are in the far future when it is known
    that they have not been.

    `upheld`: since when an objection is upheld; `repaired`: since when a repair stands; `stayed`: since
    when a court stays it; `suspended`: since when a pending objection does; `doubtful`: whether a pending
    one may.
    """

    ids: pl.Series
    subject: Any
    list: Any
    capacity: Any
    conduct_since: Any
    conduct_until: Any
    determined: Any
    served: Any
    aggregated: Any
    published: Any
    since: Any
    until: Any
    review: Any
    removed: Any
    revoked: Any
    publishable: Any
    complete: Any
    upheld: Any
    repaired: Any
    stayed: Any
    suspended: Any
    doubtful: Any

    def __len__(self) -> int:
        return len(self.ids)

    def part(self, first: int, last: int) -> Listings:
        """Return the listings from one to (exclusive) another."""
        return Listings(*(getattr(self, column.name)[first:last] for column in fields(Listings)))


@frozen(eq=False)
class Roles:
    """Roles held: who, where, which, when; `confirmed` is 0 not known, 1 no, 2 yes."""

    person: Any
    organisation: Any
    role: Any
    since: Any
    until: Any
    confirmed: Any

    def __len__(self) -> int:
        return len(self.person)


@frozen(eq=False)
class Findings:
    """What documents found by the day: for pairs of listing and person, a set of findings as bits.

    `keys` are sorted: the place of the listing times the number of subjects, plus the place of the person.
    """

    keys: Any
    bits: Any


@frozen(eq=False)
class Encoded:
    """Everything the kernel needs of a population, or of one part of it."""

    subjects: Subjects
    listings: Listings
    roles: Roles
    findings: Findings
    facts: Mapping[str, Stated]
