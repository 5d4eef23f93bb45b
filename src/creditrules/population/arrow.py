"""Population: columns of answers as Arrow arrays, made from places and numbers, uncopied if possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa

from creditrules.population.days import FUTURE, PAST, given


def words(places: Any, named: Sequence[str]) -> Any:
    """Return a column of words by their places; an empty word is null."""
    table, kept = word_places(named)
    return of_words(table[places], kept)


def word_places(named: Sequence[str]) -> tuple[Any, Any]:
    """Return what to put for the place of each word, and the words as a dictionary; -1 stands for null."""
    kept = [word for word in named if word]
    width = np.int8 if len(kept) < 2**7 else np.int16 if len(kept) < 2**15 else np.int32
    numbers = {word: n for n, word in enumerate(kept)}
    table = np.array([numbers.get(word, -1) for word in named], width)
    return table, pa.array(kept, pa.string())


def of_words(numbers: Any, kept: Any, *, may_lack: bool = True) -> Any:
    """Return a column of words by their numbers in a dictionary; -1 is null, where there *may* be one."""
    lacks = may_lack and len(numbers) and numbers.min() < 0
    indices = pa.array(numbers, mask=numbers < 0) if lacks else pa.array(numbers)
    return pa.DictionaryArray.from_arrays(indices, kept, safe=False)


def dates(days: Any) -> Any:
    """Return a column of days; the far past and future are null."""
    days = np.ascontiguousarray(days, np.int32)
    if len(days) and (days.max() == FUTURE or days.min() == PAST):
        return pa.array(days, pa.int32(), mask=~given(days)).view(pa.date32())
    return pa.Array.from_buffers(pa.date32(), len(days), [None, pa.py_buffer(days)])


class Ids:
    """Ids by their places: whole numbers are looked up at once, texts taken from one array."""

    def __init__(self, ids: pl.Series) -> None:
        self._numbers = ids.to_numpy() if ids.dtype.is_integer() else None
        self._texts = None if ids.dtype.is_integer() else ids.cast(pl.String).to_arrow()

    @property
    def type(self) -> Any:
        """The type of the column."""
        return pa.int64() if self._texts is None else self._texts.type

    def of(self, places: Any) -> Any:
        """Return the ids of places; -1 is null."""
        some = bool(len(places)) and bool(places.min() < 0)
        absent = places < 0 if some else None
        if self._texts is not None:
            return self._texts.take(pa.array(places, mask=absent) if some else pa.array(places))
        if self._numbers is None or not len(self._numbers):
            return pa.nulls(len(places), self.type)
        found = self._numbers[places]
        return pa.array(found, mask=absent) if some else pa.array(found)

    def repeated(self, places: Any, whose: Any) -> Any:
        """Return the ids of places, laid out as *whose* says; -1 is null."""
        if self._numbers is None or not len(self._numbers):
            return self.of(places.take(whose))
        found = self._numbers[places].take(whose)
        if len(places) and places.min() < 0:
            return pa.array(found, mask=(places < 0).take(whose))
        return pa.array(found)


def table_of(columns: Mapping[str, Any]) -> Any:
    """Return columns as a table."""
    return pa.table(list(columns.values()), names=list(columns))


def joined(tables: Sequence[Any]) -> Any:
    """Return tables of one shape as one, without copying."""
    return tables[0] if len(tables) == 1 else pa.concat_tables(tables)


def frame_of(table: Any) -> pl.DataFrame:
    """Return an Arrow table as a frame of Polars."""
    made = pl.from_arrow(table)
    assert isinstance(made, pl.DataFrame)
    return made
