"""Population, watch: which rows differ between two states of the tables of a population."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from creditrules.model.catalogue import Catalogue
from creditrules.population.columns import converted
from creditrules.population.marks import mark_of
from creditrules.population.scan import Scan
from creditrules.population.schema import SCHEMA, TABLES, WIDE

_STEP = np.uint64(0x9E3779B97F4A7C15)
# By table the rows that are not the same in both states: those of the one, then those of the other.
Changed = dict[str, tuple[pl.DataFrame, pl.DataFrame]]


def changed_rows(before: Scan, after: Scan, catalogue: Catalogue) -> Changed:
    """Return the rows that only one of two states has; the order of rows means nothing.

    Only columns count that are read: those of the schema, and those named like a declared fact.
    """
    found: Changed = {}
    for table in SCHEMA:
        columns = _columns(table.name, before, after, catalogue)
        states = []
        for scan in (before, after):
            there = [name for name in columns if scan.has(table.name, name)]
            states.append(scan.read(table.name, scan.frame(table.name).select(there)))
        one, two = states
        marks = [
            counted(_marks(table.name, mine, other, columns)) for mine, other in ((one, two), (two, one))
        ]
        gone, come = absent(*marks), absent(*marks[::-1])
        if len(gone) or len(come):
            found[table.name] = (one[gone], two[come])
    return found


def counted(marks: Any) -> Any:
    """Return marks of which no two are the same: of rows that say the same the second has another mark."""
    order = np.argsort(marks, kind="stable")
    found = marks[order]
    begins = np.append(True, found[1:] != found[:-1]) if len(found) else np.zeros(0, bool)
    if begins.all():
        return marks
    first = np.flatnonzero(begins)
    again = np.arange(len(found)) - np.repeat(first, np.diff(np.append(first, len(found))))
    made = marks.copy()
    made[order] = found + again.astype(np.uint64) * _STEP
    return made


def absent(mine: Any, theirs: Any) -> Any:
    """Return the places of marks that are not among others."""
    if not len(theirs):
        return np.arange(len(mine))
    order, known = np.argsort(mine), np.sort(theirs)
    asked = mine[order]
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.sort(order[known[at] != asked])


def _columns(table: str, before: Scan, after: Scan, catalogue: Catalogue) -> list[str]:
    known = [column.name for column in TABLES[table].columns]
    if table in WIDE:
        known += [name for name in catalogue.facts if name not in known]
    return [name for name in known if before.has(table, name) or after.has(table, name)]


def _marks(table: str, mine: pl.DataFrame, other: pl.DataFrame, columns: list[str]) -> Any:
    if not mine.height:
        return np.zeros(0, np.uint64)
    declared = TABLES[table].by_name
    taken = []
    for name in columns:
        if name not in mine.columns:
            taken.append(pl.Series(name, [None], pl.Int8).new_from_index(0, mine.height))
            continue
        column = mine[name]
        same = name not in other.columns or other[name].dtype == column.dtype
        if not same:
            holds = declared[name].holds if name in declared else ""
            column = _as_text(column, holds)
        elif isinstance(column.dtype, pl.Enum):
            column = column.cast(pl.Categorical)
        elif column.dtype.is_float() or isinstance(column.dtype, pl.Decimal | pl.List | pl.Struct):
            column = column.cast(pl.String)
        taken.append(column)
    return mark_of(taken)


def _as_text(column: pl.Series, holds: str) -> pl.Series:
    """Return a column as text, read by what it holds where it can be, else as it is written."""
    written = column.cast(pl.String)
    if not holds:
        return written
    frame = pl.DataFrame([converted(column, holds).cast(pl.String).alias("read"), written.alias("written")])
    return frame.select(pl.coalesce("read", "written")).to_series()
