"""Population: rows sorted into buckets on disk, by a number worked out from a key."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import polars as pl

# Rows that wait in memory until they are written: of one bucket, and of all together.
_WAITING, _WAITING_ALL = 100_000, 1_000_000


def bucket_of(keys: pl.Series, buckets: int) -> Any:
    """Return the bucket of each key; the same for a number and for its digits as a text."""
    return (keys.cast(pl.String).hash(20181220) % buckets).fill_null(0).to_numpy().astype(np.int64)


class Buckets:
    """Folders of Arrow files, one for each bucket. Rows keep the order in which they were put."""

    def __init__(self, folder: Path, buckets: int) -> None:
        self._folder, self._buckets = folder, buckets
        self._waiting: dict[tuple[str, int], list[pl.DataFrame]] = {}
        self._rows: dict[tuple[str, int], int] = {}
        self._files: dict[tuple[str, int], int] = {}

    def __enter__(self) -> Buckets:
        for number in range(self._buckets):
            self._place(number).mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.flush()

    def put(self, table: str, rows: pl.DataFrame, keys: pl.Series) -> None:
        """Put rows into the buckets of their keys."""
        self.put_to(table, rows, bucket_of(keys, self._buckets))

    def put_to(self, table: str, rows: pl.DataFrame, buckets: Any) -> None:
        """Put rows into the buckets named."""
        if not rows.height:
            return
        order = np.argsort(buckets, kind="stable")
        numbers, first = np.unique(buckets[order], return_index=True)
        sorted_rows = rows[order]
        for number, start, end in zip(
            numbers.tolist(), first.tolist(), [*first.tolist()[1:], rows.height], strict=True
        ):
            self.put_all(table, sorted_rows[start:end], number)

    def put_all(self, table: str, rows: pl.DataFrame, number: int) -> None:
        """Put rows into one bucket."""
        key = (table, number)
        self._waiting.setdefault(key, []).append(rows)
        self._rows[key] = self._rows.get(key, 0) + rows.height
        if self._rows[key] >= _WAITING:
            self._write(key)
        elif sum(self._rows.values()) >= _WAITING_ALL:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        for key in list(self._waiting):
            self._write(key)

    def take(self, table: str, number: int) -> pl.DataFrame | None:
        """Return the rows of a bucket, None when there are none."""
        files = sorted(self._place(number).glob(f"{table}-*.arrow"))
        if not files:
            return None
        return pl.concat([pl.read_ipc(file) for file in files], how="diagonal_relaxed")

    def _write(self, key: tuple[str, int]) -> None:
        table, number = key
        pieces = self._waiting.pop(key)
        self._rows[key] = 0
        count = self._files[key] = self._files.get(key, -1) + 1
        whole = pl.concat(pieces, how="diagonal_relaxed")
        try:
            whole.write_ipc(self._place(number) / f"{table}-{count:06}.arrow")
        except pl.exceptions.PolarsError as error:
            raise OSError(str(error)) from None

    def _place(self, number: int) -> Path:
        return self._folder / f"{number:05}"
