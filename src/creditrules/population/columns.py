"""Population: the columns of a table, brought to the types of the schema; what does not fit is rejected."""

from __future__ import annotations

from typing import Any

import polars as pl

from creditrules.population.ledger import Ledger
from creditrules.population.schema import TABLES, WIDE, Column
from creditrules.population.tables import HOME, ROW

_YES = ("true", "yes", "是", "1")
_NO = ("false", "no", "否", "0")
_TYPES: dict[str, Any] = {
    "word": pl.String,
    "text": pl.String,
    "day": pl.Date,
    "yes_no": pl.Boolean,
    "number": pl.Decimal(38, 6),
}
_CODES = {
    "day": "CR406",
    "yes_no": "CR405",
    "number": "CR484",
    "word": "CR484",
    "text": "CR484",
    "key": "CR484",
}


def typed(name: str, frame: pl.DataFrame, ledger: Ledger, facts: frozenset[str]) -> pl.DataFrame:
    """Return a table with every column of the schema, of its type, and the columns of facts it has.

    Rows with a value that does not fit, or without one that must be there, are rejected (CR405, CR406, CR483,
    CR484).
    """
    table = TABLES[name]
    numbers = frame[ROW].cast(pl.UInt32).to_numpy() if ROW in frame.columns else None
    home = frame[HOME].to_numpy() if HOME in frame.columns else None
    ledger.open(name, frame.height, numbers, home)
    columns = []
    for column in table.columns:
        if column.name in frame.columns:
            columns.append(_column(name, frame[column.name], column, ledger))
        else:
            kind = _TYPES.get(column.holds, pl.String)
            columns.append(pl.Series(column.name, [None], kind).new_from_index(0, frame.height))
    if name in WIDE:
        columns += [frame[fact] for fact in frame.columns if fact in facts]
    return pl.DataFrame(columns)


def _column(table: str, given: pl.Series, column: Column, ledger: Ledger) -> pl.Series:
    made = converted(given, column.holds)
    if made.null_count() > given.null_count():
        lost = (made.is_null() & given.is_not_null()).to_numpy()
        if given.dtype == pl.String:
            lost &= ~(given.str.strip_chars() == "").fill_null(False).to_numpy()
        ledger.reject(table, lost, _CODES[column.holds], column.name, given)
    if column.needed and made.null_count():
        ledger.reject(table, made.is_null().to_numpy(), "CR483", column.name)
    return made.alias(column.name)


def converted(given: pl.Series, holds: str) -> pl.Series:
    """Return a column in the type for what it holds; null where a value does not fit."""
    kind = given.dtype
    if kind == pl.Null:
        return given.cast(_TYPES.get(holds, pl.String))
    if holds != "word" and isinstance(kind, pl.Categorical | pl.Enum):
        given, kind = given.cast(pl.String), pl.String()
    match holds:
        case "key":
            return _keys(given)
        case "day":
            return _days(given)
        case "yes_no":
            return _answers(given)
        case "number":
            return _numbers(given)
    if kind == pl.String:
        return _filled(given)
    if isinstance(kind, pl.Categorical | pl.Enum):
        return given
    return given.cast(pl.String) if kind.is_integer() else _nothing(given, pl.String())


def _keys(given: pl.Series) -> pl.Series:
    kind = given.dtype
    if kind.is_integer():
        return given.cast(pl.Int64, strict=False)
    if kind == pl.String:
        return _filled(given)
    return _nothing(given, pl.String())


def _filled(given: pl.Series) -> pl.Series:
    """Return texts without the spaces around them; an empty one is none."""
    odd = given.str.contains(r"^\s|\s$|^$").any()
    if not odd:
        return given
    stripped = given.str.strip_chars()
    return stripped.set(stripped == "", None)


def _days(given: pl.Series) -> pl.Series:
    kind = given.dtype
    if kind == pl.Date:
        return given
    if isinstance(kind, pl.Datetime):
        days = given.cast(pl.Date)
        exact = days.cast(kind) == given
        return days if exact.all() else days.set(~exact.fill_null(True), None)
    if kind == pl.String:
        plain = _filled(given)
        days = plain.str.to_date("%Y-%m-%d", strict=False)
        # The parser also takes 2018-6-1, which a dossier does not.
        return days.set(~(plain.str.len_bytes() == 10).fill_null(True), None)
    return _nothing(given, pl.Date())


def _answers(given: pl.Series) -> pl.Series:
    kind = given.dtype
    if kind == pl.Boolean:
        return given
    if kind == pl.String:
        words = given.str.strip_chars().str.to_lowercase()
        frame = pl.DataFrame({"word": words})
        answer = pl.when(pl.col("word").is_in(_YES)).then(True).when(pl.col("word").is_in(_NO)).then(False)
        return frame.select(answer.otherwise(None).alias("word")).to_series()
    if kind.is_integer():
        return (given == 1).set(~given.is_in([0, 1]).fill_null(True), None)
    return _nothing(given, pl.Boolean())


def _numbers(given: pl.Series) -> pl.Series:
    kind = given.dtype
    if kind == pl.String:
        given = _filled(given)
    if kind.is_numeric() or kind == pl.String:
        return given.cast(_TYPES["number"], strict=False)
    return _nothing(given, _TYPES["number"])


def _nothing(given: pl.Series, kind: Any) -> pl.Series:
    return pl.Series(given.name, [None], kind).new_from_index(0, len(given))
