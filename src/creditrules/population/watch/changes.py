"""Population, watch: changed rows laid over the tables they change.

A row of a table whose rows have keys takes the place of the row with the same key; any other row is added. A
column `change` that says `removed` takes rows out instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from creditrules.errors import FactsError, Finding, Span
from creditrules.population.columns import converted
from creditrules.population.scan import Scan, plain_key
from creditrules.population.schema import TABLES
from creditrules.population.tables import ROW
from creditrules.population.watch.rows import Changed

CHANGE = "change"
# What tells one row from another; of the other tables it is the whole row.
KEYS: Mapping[str, tuple[str, ...]] = {
    "subjects": ("id",),
    "listings": ("id", "recorded", "version"),
    "roles": ("person", "organisation", "role", "since", "recorded"),
    "objections": ("listing", "filed", "recorded", "version"),
    "repairs": ("listing", "applied", "recorded", "version"),
    "facts": ("owner", "name", "since", "recorded", "version"),
}
_WORDS = {"added": False, "removed": True, "新增": False, "删除": True}


def laid_over(base: Scan, changes: Scan) -> tuple[Scan, Changed]:
    """Return the tables with changes laid over them, and the rows that differ.

    Raises:
        FactsError: CR495, a change takes out a row that is not there, or says neither `added` nor `removed`.
    """
    frames, changed = dict(base.frames), {}
    found: list[Finding] = []
    for name, lazy in changes.frames.items():
        rows = changes.read(name, lazy)
        removes, faults = _removes(name, rows, changes)
        found += faults
        rows = rows.drop(CHANGE, strict=False)
        gone, missing = _gone(base, name, rows, removes)
        found += [_fault(name, changes, row, "missing") for row in missing]
        added = rows.filter(~removes)
        changed[name] = (gone, added)
        frames[name] = _merged(base, name, gone, added)
    if found:
        raise FactsError(found)
    return Scan.with_frames(frames, dict(base.places)), changed


def _removes(name: str, rows: pl.DataFrame, changes: Scan) -> tuple[pl.Series, list[Finding]]:
    if CHANGE not in rows.columns:
        return pl.Series(CHANGE, [False], pl.Boolean).new_from_index(0, rows.height), []
    words = rows[CHANGE].cast(pl.String).str.strip_chars().fill_null("added")
    known = words.replace_strict(_WORDS, default=None, return_dtype=pl.Boolean)
    unknown = rows.filter(known.is_null())[ROW].to_list()
    return known.fill_null(False), [_fault(name, changes, row, "word") for row in unknown]


def _fault(name: str, changes: Scan, row: int, kind: str) -> Finding:
    words = {"table": name, "row": str(row), "given": changes.places.get(name, name)}
    told = {
        "missing": ("takes out a row that is not there", "要删除的行不存在"),
        "word": ("says neither `added` nor `removed`", "既不是 `added` 也不是 `removed`"),
    }[kind]
    return Finding("CR495", Span(f"{name}:{row}"), {**words, "fault_en": told[0], "fault_zh": told[1]})


def _gone(base: Scan, name: str, rows: pl.DataFrame, removes: pl.Series) -> tuple[pl.DataFrame, list[int]]:
    """Return the rows of the base that changes take out or replace, and the changes that find nothing."""
    key = [
        column for column in KEYS.get(name, _all(name)) if column in rows.columns or base.has(name, column)
    ]
    told = rows.with_columns(removes.alias(CHANGE)).select(
        *(_plain(column, rows.schema.get(column)).alias(f"key_{column}") for column in key),
        pl.col(ROW).alias("of"),
        CHANGE,
    )
    if name not in KEYS:
        # Whole rows are only taken out; one that is added replaces nothing.
        told = told.filter(CHANGE)
    mine = base.frame(name).with_columns(
        _plain(column, base.schemas.get(name, {}).get(column)).alias(f"key_{column}") for column in key
    )
    names = [f"key_{column}" for column in key]
    met = base.read(
        name, mine.join(told.lazy(), on=names, how="inner", nulls_equal=True, maintain_order="left")
    )
    wanted = told.filter(CHANGE)["of"]
    missing = wanted.filter(~wanted.is_in(met["of"].implode())).to_list()
    return met.unique(ROW, maintain_order=True).drop(*names, "of", CHANGE), missing


def _all(name: str) -> tuple[str, ...]:
    return tuple(column.name for column in TABLES[name].columns)


def _plain(column: str, kind: Any) -> pl.Expr:
    """Return a column in a form in which keys of two types can be compared."""
    if kind is None:
        return pl.lit(None, pl.String)
    if kind in (pl.Date, pl.Boolean) or isinstance(kind, pl.Datetime | pl.Decimal) or kind.is_numeric():
        return pl.col(column).cast(pl.String)
    plain = plain_key(column, kind)
    return pl.when(plain != "").then(plain)


def _merged(base: Scan, name: str, gone: pl.DataFrame, added: pl.DataFrame) -> pl.LazyFrame:
    lazy = base.frame(name)
    if gone.height:
        lazy = lazy.filter(~pl.col(ROW).is_in(gone[ROW].implode()))
    last = int(base.read(name, base.frame(name).select(pl.len())).item())
    added = added.with_columns((pl.col(ROW) + last).cast(pl.UInt32))
    casts: dict[str, Any] = {}
    for column, kind in base.schemas.get(name, {}).items():
        if column in added.columns and added[column].dtype != kind:
            fitted = _fitted(added[column], kind)
            if fitted is not None:
                added = added.with_columns(fitted)
            else:
                # What does not fit is refused where every row is checked, and not lost on the way there.
                added, casts[column] = added.with_columns(pl.col(column).cast(pl.String)), pl.String
    return pl.concat(
        [
            lazy.with_columns(pl.col(name).cast(kind) for name, kind in casts.items()) if casts else lazy,
            added.lazy(),
        ],
        how="diagonal_relaxed",
    )


def _fitted(column: pl.Series, kind: Any) -> pl.Series | None:
    """Return a column in another type, None where a value would be lost."""
    holds = "day" if kind == pl.Date else "yes_no" if kind == pl.Boolean else ""
    made = converted(column, holds) if holds else column
    if made.dtype != kind:
        try:
            made = made.cast(kind, strict=False)
        except pl.exceptions.PolarsError:
            return None
    blank = (
        column.is_null() if column.dtype != pl.String else column.is_null() | (column.str.strip_chars() == "")
    )
    return made.alias(column.name) if made.null_count() == int(blank.sum()) else None
