"""Population: from ids to places. Whole numbers that follow one another are their own places, nearly."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from creditrules.population.blocks import each

# So many numbers at a time stay near the processor.
_AT_A_TIME = 2**15


class Places:
    """The places of ids: of each distinct id the first row that bears it."""

    def __init__(self, ids: pl.Series) -> None:
        self.ids = ids
        self._low: int | None = None
        self._sorted: Any = None
        if ids.dtype == pl.Int64 and len(ids) and not ids.null_count():
            numbers = ids.to_numpy()
            if (numbers[1:] > numbers[:-1]).all():
                self._sorted = numbers
                if int(numbers[-1]) - int(numbers[0]) == len(numbers) - 1:
                    self._low = int(numbers[0])

    @cached_property
    def is_distinct(self) -> bool:
        """Whether no two rows bear one id; null ids count for nothing."""
        return (
            self._sorted is not None
            or self.ids.drop_nulls().n_unique() == len(self.ids) - self.ids.null_count()
        )

    def of(self, asked: pl.Series) -> Any:
        """Return the place of each id, -1 for those that are not there, and for null."""
        if not len(self.ids) or not len(asked):
            return np.full(len(asked), -1)
        if self._sorted is not None and asked.dtype == pl.Int64:
            return self._of_numbers(asked)
        kind = self.ids.dtype if self.ids.dtype == asked.dtype else pl.String()
        known = pl.DataFrame({"id": self.ids.cast(kind)}).with_row_index("place").drop_nulls()
        first = known.group_by("id").agg(pl.col("place").min()) if not self.is_distinct else known
        found = pl.DataFrame({"id": asked.cast(kind)}).join(first, on="id", how="left", maintain_order="left")
        return found["place"].cast(pl.Int64).fill_null(-1).to_numpy()

    def of_each(self, *columns: pl.Series) -> list[Any]:
        """Return the places of several columns of ids, looked up together: texts are sorted in only once."""
        kinds = {column.dtype for column in columns if len(column)}
        if self._sorted is not None or len(kinds) > 1:
            return each(self.of, columns, 2)
        filled = [column for column in columns if len(column)]
        found = (
            self.of(pl.concat([column.alias("id") for column in filled])) if filled else np.zeros(0, np.int64)
        )
        ends = np.cumsum([len(column) for column in columns])
        return np.split(found, ends[:-1])

    def _following(self, asked: pl.Series, low: int) -> Any:
        """Return the places of ids that follow one another from *low* on, None if one is not there."""
        found, done = np.empty(len(asked), np.int32), 0
        if len(self.ids) >= 2**31:
            return None
        for chunk in asked.get_chunks():
            numbers = chunk.to_numpy()
            for first in range(0, len(numbers), _AT_A_TIME):
                places = numbers[first : first + _AT_A_TIME] - low
                # Seen without a sign, a negative number is larger than any.
                if places.view(np.uint64).max() >= len(self.ids):
                    return None
                found[done : done + len(places)] = places
                done += len(places)
        return found

    def _of_numbers(self, asked: pl.Series) -> Any:
        if self._low is not None and not asked.null_count():
            found = self._following(asked, self._low)
            if found is not None:
                return found
        absent = asked.is_null().to_numpy() if asked.null_count() else None
        numbers = (asked.fill_null(0) if absent is not None else asked).to_numpy()
        if self._low is not None:
            place = numbers - self._low
            outside = (place < 0) | (place >= len(self.ids))
        else:
            place = np.minimum(np.searchsorted(self._sorted, numbers), len(self.ids) - 1)
            outside = self._sorted[place] != numbers
        if absent is not None:
            outside |= absent
        return np.where(outside, -1, place) if outside.any() else place
