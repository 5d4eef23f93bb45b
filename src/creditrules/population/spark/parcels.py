"""Population, Spark: rows of any table on their way to a bucket: many rows in one row of a frame of Spark.

Spark moves and groups parcels without looking into them; only the steps unpack them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
from attrs import frozen

from creditrules.population.buckets import Buckets
from creditrules.population.tables import ROW

# `origin` is the partition the rows were read from, -1 when they carry their numbers already.
COLUMNS = "step string, bucket int, name string, origin int, count long, rows binary"
_SCHEMA = pa.schema(
    [
        ("step", pa.string()),
        ("bucket", pa.int32()),
        ("name", pa.string()),
        ("origin", pa.int32()),
        ("count", pa.int64()),
        ("rows", pa.binary()),
    ]
)
# Rows in one parcel at most: what Spark moves at a time stays far below what one array may hold.
_MOST = 200_000


@frozen
class Parcel:
    """Rows of one table, packed, and the step that put them into their bucket."""

    step: str
    bucket: int
    name: str
    origin: int
    count: int
    rows: bytes

    def frame(self) -> pl.DataFrame:
        """Unpack the rows."""
        return pl.read_ipc_stream(io.BytesIO(self.rows))


def packed(step: str, bucket: int, name: str, rows: pl.DataFrame, origin: int = -1) -> Iterator[Parcel]:
    """Pack rows, into as many parcels as they need."""
    for part in rows.iter_slices(_MOST):
        file = io.BytesIO()
        part.write_ipc_stream(file, compression="lz4")
        yield Parcel(step, bucket, name, origin, part.height, file.getvalue())


def batch_of(parcels: Iterable[Parcel]) -> Any:
    """Return parcels as a batch of Arrow, as Spark takes them."""
    found = list(parcels)
    columns = [[getattr(parcel, name) for parcel in found] for name in _SCHEMA.names]
    return pa.RecordBatch.from_arrays(
        [pa.array(c, t) for c, t in zip(columns, _SCHEMA.types, strict=True)], schema=_SCHEMA
    )


def parcels_of(table: Any) -> list[Parcel]:
    """Return the parcels in a table or a batch of Arrow."""
    columns = (table.column(name).to_pylist() for name in _SCHEMA.names)
    return [Parcel(*row) for row in zip(*columns, strict=True)]


class Parcels(Buckets):
    """The buckets of one step: what is taken came in parcels, what is put leaves in parcels."""

    def __init__(
        self,
        step: str,
        buckets: int,
        came: Sequence[Parcel] = (),
        before: Mapping[str, Sequence[int]] | None = None,
        origin: int = -1,
    ) -> None:
        super().__init__(Path(), buckets)
        self._step, self._origin = step, origin
        self._came, self._before = came, before or {}

    def __enter__(self) -> Parcels:
        return self

    def flush(self) -> None:
        """Leave what was put where it is, until `left` is asked for it."""

    def put_all(self, table: str, rows: pl.DataFrame, number: int) -> None:
        """Put rows into one bucket."""
        if rows.height:
            self._waiting.setdefault((table, number), []).append(rows)

    def take(self, table: str, number: int) -> pl.DataFrame | None:
        """Return the rows of a bucket in the order in which they were read, None when there are none."""
        found = [self._numbered(p) for p in self._came if p.step == self._step and p.name == table]
        if not found:
            return None
        rows = pl.concat(found, how="diagonal_relaxed", rechunk=True)
        return rows.sort(ROW, maintain_order=True) if ROW in rows.columns else rows

    def left(self) -> Iterator[Parcel]:
        """Yield what was put, packed."""
        for (table, number), pieces in self._waiting.items():
            rows = pl.concat(pieces, how="diagonal_relaxed")
            yield from packed(self._step, number, table, rows, self._origin)
        self._waiting.clear()

    def _numbered(self, parcel: Parcel) -> pl.DataFrame:
        """Unpack rows; those numbered in their partition are numbered in their table."""
        rows = parcel.frame()
        if parcel.origin < 0:
            return rows
        return rows.with_columns(pl.col(ROW) + self._before[parcel.name][parcel.origin])
