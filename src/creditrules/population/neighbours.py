"""Population: some subjects with everything an action against them may rest on, taken out of a population.

An action rests on the listings of its target, on the roles that touch it, and on the listings of whoever
these lead to. So subjects can be decided by themselves once these rows are there.
"""

from __future__ import annotations

import polars as pl

from creditrules.population.scan import Scan, together
from creditrules.population.tables import HOME, KNOWN, Tables

_CHILDREN = ("findings", "objections", "repairs", "events")


def joined_to(scan: Scan, subjects: pl.Series) -> pl.Series:
    """Return subjects and whoever a role joins to one of them."""
    ends = ("person", "organisation")
    # Among one end, the other ends: each scan reads two columns.
    found = [
        scan.keys("roles", far, scan.among("roles", near, subjects))
        for near, far in (ends, ends[::-1])
        if len(subjects)
    ]
    return together(subjects, *found)


def holders(scan: Scan, listings: pl.Series) -> pl.Series:
    """Return the subjects of listings."""
    return scan.keys("listings", "subject", scan.among("listings", "id", listings))


def tables_around(scan: Scan, targets: pl.Series, listings: pl.Series | None = None) -> Tables:
    """Return the rows with which *targets* can be decided, marked as those of a chunk are.

    Args:
        scan: the population.
        targets: the subjects to decide; others that are brought along are neighbours.
        listings: the only listings to bring along, None: all of them.
    """
    touching = scan.among("roles", "person", targets) | scan.among("roles", "organisation", targets)
    roles = scan.read("roles", scan.frame("roles").filter(touching))
    ends = [roles.select(scan.key("roles", end).alias("key"))["key"] for end in ("person", "organisation")]
    near = together(targets, *(end.drop_nulls() for end in ends))
    ids = scan.keys("listings", "id", scan.among("listings", "subject", near))
    if listings is not None:
        ids = ids.filter(ids.is_in(listings.implode()))
    rows = scan.frame("listings").filter(scan.among("listings", "id", ids))
    listed = scan.read("listings", rows)
    # Versions of one listing stay together even when they name two subjects.
    holders = listed.select(scan.key("listings", "subject").alias("key"))["key"].drop_nulls()
    near = together(near, holders)
    subjects = scan.read("subjects", scan.frame("subjects").filter(scan.among("subjects", "id", near)))
    frames = {"subjects": _home(scan, "subjects", subjects, "id", targets)}
    frames["listings"] = _home(scan, "listings", listed, "subject", targets)
    frames["roles"] = roles
    home = frames["listings"].filter(HOME).select(scan.key("listings", "id").alias("key"))["key"].unique()
    for table in _CHILDREN:
        if table in scan.frames:
            found = scan.read(table, scan.frame(table).filter(scan.among(table, "listing", ids)))
            frames[table] = _home(scan, table, found, "listing", home)
    if "facts" in scan.frames:
        about = scan.among("facts", "owner", near) | scan.among("facts", "owner", ids)
        found = scan.read("facts", scan.frame("facts").filter(about))
        mine = together(targets, home)
        frames["facts"] = _home(scan, "facts", found, "owner", mine)
    if "findings" in frames:
        persons = frames["findings"].select(scan.key("findings", "person").alias("key"))["key"].unique()
        there = scan.keys("subjects", "id", scan.among("subjects", "id", persons.drop_nulls()))
        known = scan.among("findings", "person", there)
        frames["findings"] = frames["findings"].with_columns(known.alias(KNOWN))
    return Tables(frames, dict(scan.places))


def _home(scan: Scan, table: str, rows: pl.DataFrame, column: str, keys: pl.Series) -> pl.DataFrame:
    return rows.with_columns(scan.among(table, column, keys).alias(HOME))
