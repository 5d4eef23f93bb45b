"""Population: which rows belong together, and what has to be withheld because a row of its own was refused.

A listing is not decided on without everything that was said of it: whoever lost the row that tells of its
repair would be sanctioned for nothing. So a listing goes with any refused row about it, and a subject with
any refused fact of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from creditrules.population.arrays import are_places
from creditrules.population.ledger import Fate, Ledger
from creditrules.population.lookup import Places

CHILDREN = ("findings", "objections", "repairs", "events")


class Withheld:
    """Marks on subjects or listings (by place), each with the first refused row that gave cause."""

    def __init__(self, size: int) -> None:
        self.marked = np.zeros(size, bool)
        self.because = np.full(size, None, object)

    def mark(self, places: Any, names: Any) -> bool:
        """Mark places; those that do not exist are left out. Return whether any was new."""
        real = places >= 0
        places, names = places[real], names[real]
        new = ~self.marked[places]
        # The first cause stays: written last to first.
        self.because[places[new][::-1]] = names[new][::-1]
        self.marked[places] = True
        return bool(new.any())


def refused(ledger: Ledger, table: str) -> Any:
    """Return the rows of a table that were rejected so far."""
    return np.flatnonzero(ledger.fates[table] == Fate.REJECTED)


def check_references(ledger: Ledger, table: str, column: pl.Series, places: Any, code: str = "CR485") -> None:
    """Reject rows that speak of a subject or a listing that is not there."""
    if not are_places(places):
        ledger.reject(table, places < 0, code, column.name, column)


def seats(organisation: Any, names: pl.Series, elsewhere: Any, people: int) -> Any:
    """Return a number for the organisation of each role: its place, above *people* when it is elsewhere."""
    if not elsewhere.any():
        return organisation
    away = np.flatnonzero((organisation < 0) & elsewhere)
    if not len(away):
        return organisation
    ids = names.gather(away)
    numbered = organisation.copy()
    numbered[away] = people + Places(ids).of(ids)
    return numbered


def check_distinct(
    ledger: Ledger,
    table: str,
    frame: pl.DataFrame,
    keys: list[str],
    code: str,
    rows: Any = None,
) -> None:
    """Reject rows that share what must tell them apart. Of rows the same in everything the first stays.

    *rows*, when given, are the only ones that may share it.
    """
    rows = np.arange(frame.height) if rows is None else rows
    rows = rows[ledger.is_used(table)[rows]]
    part = frame[rows].with_columns(pl.Series("__row", rows))
    if part.height == part.select(keys).n_unique():
        return
    part = part.filter(part.select(keys).is_duplicated())
    first = part.unique(frame.columns, keep="first", maintain_order=True)
    again = np.zeros(frame.height, bool)
    again[part["__row"].to_numpy()] = True
    again[first["__row"].to_numpy()] = False
    ledger.reject(table, again, code, keys[0], frame[keys[0]])
    differing = np.zeros(frame.height, bool)
    differing[first.filter(first.select(keys).is_duplicated())["__row"].to_numpy()] = True
    ledger.reject(table, differing, code, keys[0], frame[keys[0]])


def withhold(
    ledger: Ledger,
    *,
    subjects: Places,
    listing_places: Any,
    listed: Any,
    children: Mapping[str, Any],
    persons: Any,
    roles: tuple[Any, Any, Any],
    facts: tuple[Any, Any],
    elsewhere: Mapping[str, pl.Series | None] = {},
) -> None:
    """Withhold what hangs together with refused rows.

    Args:
        ledger: knows what was refused, and notes what is withheld.
        subjects: the places of subjects.
        listing_places: the place of the first version of each listing row.
        listed: the place of the subject of each listing row.
        children: of findings, objections, repairs and events the place of the listing of each row.
        persons: the place of the person of each finding.
        roles: the places of person and organisation of each role, and a number for what versions share.
        facts: of each fact the place of its subject, and of its listing; -1 where it has none.
        elsewhere: of roles and findings the row for which whom they speak of is refused in another part.
    """
    tables = ("subjects", "listings", "roles", "facts", *children)
    away = {name: by for name, by in elsewhere.items() if by is not None and by.null_count() < len(by)}
    if not away and not any((ledger.fates[table] == Fate.REJECTED).any() for table in tables):
        return
    people, named = Withheld(len(subjects.ids)), Withheld(len(listing_places))
    rows = refused(ledger, "subjects")
    people.mark(rows, ledger.named("subjects", rows))
    rows = refused(ledger, "facts")
    for marks, places in ((people, facts[0]), (named, facts[1])):
        marks.mark(places[rows], ledger.named("facts", rows))
    rows = refused(ledger, "listings")
    named.mark(listing_places[rows], ledger.named("listings", rows))
    for table, places in children.items():
        rows = refused(ledger, table)
        named.mark(places[rows], ledger.named(table, rows))
    # What is about a withheld subject, then what is about a withheld listing.
    of_people = np.flatnonzero(listed >= 0)
    of_people = of_people[people.marked[listed[of_people]]]
    named.mark(listing_places[of_people], people.because[listed[of_people]])
    _withhold(ledger, "subjects", np.arange(len(subjects.ids)), people)
    _withhold(ledger, "listings", listing_places, named)
    for table, places in children.items():
        _withhold(ledger, table, places, named)
    _withhold(ledger, "findings", persons, people)
    for places in roles[:2]:
        _withhold(ledger, "roles", places, people)
    for table, by in away.items():
        ledger.withhold(table, by.is_not_null().to_numpy(), np.array(by.to_list(), object))
    tenure = Withheld(int(roles[2].max()) + 1 if len(roles[2]) else 0)
    rows = refused(ledger, "roles")
    tenure.mark(roles[2][rows], ledger.named("roles", rows))
    _withhold(ledger, "roles", roles[2], tenure)
    _withhold(ledger, "facts", facts[0], people)
    _withhold(ledger, "facts", facts[1], named)


def _withhold(ledger: Ledger, table: str, places: Any, marks: Withheld) -> None:
    if not len(places) or not len(marks.marked):
        return
    real = np.maximum(places, 0)
    ledger.withhold(table, (places >= 0) & marks.marked[real], marks.because[real])
