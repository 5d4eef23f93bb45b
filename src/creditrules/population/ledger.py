"""Population: what became of every row that was read. Nothing is dropped without a line here."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import polars as pl

from creditrules.load.identifiers import looks_like_id_number


class Fate(IntEnum):
    """What became of a row: used, rejected, withheld because of another row, not yet known, or corrected."""

    USED = 0
    REJECTED = 1
    WITHHELD = 2
    LATER = 3
    CORRECTED = 4


FATES = tuple(fate.name.lower() for fate in Fate)
REJECTS = {
    "table": pl.String,
    "row": pl.UInt32,
    "code": pl.String,
    "column": pl.String,
    "value": pl.String,
    "because": pl.String,
}
_LONGEST = 80


class Ledger:
    """The fates of the rows of every table, and why rows were refused."""

    def __init__(self) -> None:
        self.fates: dict[str, Any] = {}
        self.home: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}  # None: rows are numbered from 1 on
        self._refused: list[pl.DataFrame] = []

    def open(self, table: str, size: int, numbers: Any = None, home: Any = None) -> None:
        """Begin with a table: the numbers of its rows as they were read, and which are counted here."""
        self.fates[table] = np.zeros(size, np.uint8)
        self._numbers[table] = numbers
        self.home[table] = home

    def is_used(self, table: str) -> Any:
        """Say of each row whether nothing speaks against it so far."""
        return self.fates[table] == Fate.USED

    def reject(self, table: str, where: Any, code: str, column: str, values: pl.Series | None = None) -> None:
        """Reject rows, each with the value that is wrong. A row is rejected for the first reason found."""
        if not where.any():
            return
        rows = np.flatnonzero(where & (self.fates[table] == Fate.USED))
        if len(rows):
            self.fates[table][rows] = Fate.REJECTED
            shown = (
                [None] * len(rows) if values is None else [_shown(v) for v in values.gather(rows).to_list()]
            )
            self._note(table, rows, code, column, shown, [None] * len(rows))

    def withhold(self, table: str, where: Any, because: Any) -> None:
        """Withhold rows that hang together with refused ones; *because* names the refused row of each."""
        rows = np.flatnonzero(where & (self.fates[table] == Fate.USED))
        if len(rows):
            self.fates[table][rows] = Fate.WITHHELD
            self._note(
                table, rows, "CR486", "", [None] * len(rows), np.asarray(because, object)[rows].tolist()
            )

    def settle(self, table: str, where: Any, fate: Fate) -> None:
        """Note that rows do not count, without anything being wrong with them."""
        fates = self.fates[table]
        fates[where & (fates == Fate.USED)] = fate

    def named(self, table: str, rows: Any) -> Any:
        """Return the names of rows as `because` gives them: `listings:17`."""
        return np.array([f"{table}:{n}" for n in self._numbered(table, rows).tolist()], object)

    def _numbered(self, table: str, rows: Any) -> Any:
        numbers = self._numbers[table]
        return (rows + 1).astype(np.uint32) if numbers is None else numbers[rows]

    def refused(self) -> pl.DataFrame:
        """Return a row for every row that was rejected or withheld."""
        empty = pl.DataFrame(schema=REJECTS)
        return pl.concat([empty, *self._refused]).sort("table", "row")

    def counts(self) -> pl.DataFrame:
        """Return for every table how many rows were read and what became of them."""
        rows = []
        for table, fates in self.fates.items():
            home = self.home[table]
            ours = fates if home is None else fates[home]
            others = ours[ours > 0] if ours.any() else ours[:0]
            each = np.bincount(others, minlength=len(FATES)).tolist()
            each[Fate.USED] = len(ours) - len(others)
            rows.append({"table": table, "read": len(ours), **dict(zip(FATES, each, strict=True))})
        schema = {"table": pl.String, "read": pl.UInt64, **dict.fromkeys(FATES, pl.UInt64)}
        return pl.DataFrame(rows, schema=schema)

    def _note(self, table: str, rows: Any, code: str, column: str, shown: Any, because: Any) -> None:
        home = self.home[table]
        same = {"table": table, "code": code, "column": column}
        frame = pl.DataFrame({"row": self._numbered(table, rows), "value": shown, "because": because})
        if home is not None:
            frame = frame.filter(pl.Series(home[rows]))
        frame = frame.with_columns(pl.lit(v, pl.String).alias(k) for k, v in same.items())
        self._refused.append(frame.select(pl.col(n).cast(t) for n, t in REJECTS.items()))


def _shown(value: object) -> str | None:
    """Return a value as the file of the rejected shows it: short, and never a citizen number."""
    if value is None:
        return None
    text = str(value)[:_LONGEST]
    return f"{text[:6]}{'*' * 8}{text[14:]}" if looks_like_id_number(text) else text
