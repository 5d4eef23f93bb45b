"""Population: days as whole numbers in numpy arrays; what is not given is the far past or future."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from creditrules.model.time import Period
from creditrules.population.arrays import constant

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Days = NDArray[np.int32]
    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

# A start that is not given lies before every day, an end that is not given after every day: then the latest
# start and the earliest end come out right without asking whether they are given.
PAST = np.int32(-(2**31) + 1)
FUTURE = np.int32(2**31 - 1)
_EPOCH = date(1970, 1, 1).toordinal()


def day_of(day: date) -> int:
    """Return a day as a number."""
    return day.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """Return a number as a day."""
    return date.fromordinal(day + _EPOCH)


def start_of(day: date | None) -> int:
    """Return a day that begins something, the far past when none is given."""
    return int(PAST) if day is None else day_of(day)


def end_of(day: date | None) -> int:
    """Return a day that ends something, the far future when none is given."""
    return int(FUTURE) if day is None else day_of(day)


def starts(column: pl.Series) -> Days:
    """Return a column of days as numbers, the far past where there is none."""
    return _days(column, int(PAST))


def ends(column: pl.Series) -> Days:
    """Return a column of days as numbers, the far future where there is none."""
    return _days(column, int(FUTURE))


def _days(column: pl.Series, missing: int) -> Days:
    if column.null_count() == len(column):
        nowhere: Days = constant(missing, len(column), np.int32)
        return nowhere
    return column.to_physical().cast(pl.Int32).fill_null(missing).to_numpy()


def given(days: Days) -> Flags:
    """Say of each number whether it is a day."""
    found: Flags = (days != PAST) & (days != FUTURE)
    return found


def to_dates(days: Days, name: str = "") -> pl.Series:
    """Return numbers as a column of days, null for the far past and future."""
    column = pl.Series(name, days)
    missing = ~given(days)
    if missing.any():
        frame = pl.DataFrame([column.alias("day"), pl.Series("missing", missing)])
        column = frame.select(pl.when(~pl.col("missing")).then(pl.col("day"))).to_series().alias(name)
    return column.cast(pl.Date)


def after(start: Days, months: Any, days: Any) -> Days:
    """Return the last days of periods that begin on *start*, which must be days; see `Period.after`."""
    day = start.astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    in_month = (day - month).astype(np.int64)
    then = month + np.asarray(months).astype("timedelta64[M]")
    first = then.astype("datetime64[D]")
    length = ((then + np.timedelta64(1, "M")).astype("datetime64[D]") - first).astype(np.int64)
    ended = first.astype(np.int64) + np.minimum(in_month, length - 1) + np.asarray(days)
    moved: Days = ended.astype(np.int32)
    return moved


def after_each(start: Days, period: Period, missing: int) -> Days:
    """Return the last day of one period from each start, *missing* where there is no start."""
    known = given(start)
    found = np.full(len(start), missing, np.int32)
    found[known] = after(start[known], period.years * 12 + period.months, period.days)
    return found
