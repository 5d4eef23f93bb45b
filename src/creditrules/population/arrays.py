"""Population: a few operations on numpy arrays that several steps need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

# Up to this many possible keys a table of all of them is quicker than sorting.
_DENSE = 2**25


def constant(value: Any, size: int, kind: Any) -> Any:
    """Return a column of one value that takes no memory; it may be read, not written to."""
    return np.broadcast_to(np.array(value, kind), size)


def is_constant(column: Any, value: Any = None) -> bool:
    """Say whether a column is known to be of one value throughout, or of this one, without looking at all."""
    if column.strides != (0,) or not len(column):
        return False
    return value is None or bool(column[0] == value)


def are_places(numbers: Any) -> bool:
    """Say whether none of some places is missing."""
    return not len(numbers) or bool(numbers.min() >= 0)


def taken(column: Any, places: Any) -> Any:
    """Return what stands in some places of a column, which may be of one value throughout."""
    if is_constant(column):
        return constant(column[0], len(places), column.dtype)
    return column.take(places)


def compact(keys: Any, bound: int) -> tuple[Any, Any]:
    """Number the distinct keys that occur; return the number of each key, and the keys by their numbers.

    Keys are whole numbers below *bound*.
    """
    if bound > _DENSE or bound > 64 * len(keys) + 4096:
        distinct, numbers = np.unique(keys, return_inverse=True)
        return numbers.reshape(-1), distinct
    seen = np.zeros(bound, bool)
    seen[keys] = True
    distinct = np.flatnonzero(seen)
    table = np.empty(bound, np.int32)
    table[distinct] = np.arange(len(distinct), dtype=np.int32)
    return table.take(keys), distinct


def runs(start: Any, count: Any) -> tuple[Any, Any]:
    """Lay runs of places one after the other; return whose run each place is from, and the places."""
    whose = np.repeat(np.arange(len(count), dtype=np.int32), count)
    begun = np.cumsum(count) - count
    places = np.arange(len(whose), dtype=np.int64) + np.repeat(start - begun, count)
    return whose, places


def in_order(keys: Any, bound: int) -> Any:
    """Return the places of keys (below *bound*) in the order of the keys, then in their own."""
    bits = max(1, int(len(keys) - 1).bit_length())
    if bound << bits >= 2**63:
        return np.argsort(keys, kind="stable")
    # Numbers alone are sorted several times as fast as places by their numbers.
    numbered = (keys.astype(np.int64) << bits) + np.arange(len(keys))
    numbered.sort()
    return numbered & ((1 << bits) - 1)


class Groups:
    """Which places hold each of the numbers from 0 up to a bound."""

    def __init__(self, numbers: Any, bound: int) -> None:
        self.count = np.bincount(numbers, minlength=bound)
        self.start = np.cumsum(self.count) - self.count
        in_order = len(numbers) < 2 or bool((numbers[1:] >= numbers[:-1]).all())
        self.order = None if in_order else np.argsort(numbers, kind="stable")

    def of(self, numbers: Any) -> tuple[Any, Any]:
        """Return every place of some numbers: whose it is (the place in *numbers*), and the place."""
        whose, places = runs(self.start[numbers], self.count[numbers])
        return whose, places if self.order is None else self.order[places]


def looked_up(keys: Any, values: Any, asked: Any, missing: int) -> Any:
    """Return the values of sorted, distinct keys for the keys asked for, *missing* for those not there."""
    if not len(keys):
        return np.full(len(asked), missing, values.dtype)
    place = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[place] == asked, values[place], missing)


def _repeated_nearby(groups: Any, keys: Any) -> Any:
    """Return which pairs occur again, where groups follow one another and are small."""
    again: list[Any] = []
    for step in range(1, _FEW + 1):
        same = np.flatnonzero(keys[step:] == keys[:-step])
        same = same[groups[step:].take(same) == groups[:-step].take(same)]
        again += [same, same + step]
        if not (groups[step:] == groups[:-step]).any():
            break
    return np.unique(np.concatenate(again))


_FEW = 12


def by_word(column: pl.Series, numbers_of: Callable[[list[Any]], Any]) -> Any:
    """Return a number for every word of a column; *numbers_of* is asked once for each word, and null."""
    if column.null_count() == len(column):
        return constant(numbers_of([None])[0], len(column), np.int32)
    if isinstance(column.dtype, pl.Enum):
        words, codes = column, np.arange(len(column.dtype.categories))
        named = column.dtype.categories.to_list()
    else:
        words = column.cast(pl.Categorical)
        distinct = words.unique().drop_nulls()
        codes, named = distinct.to_physical().to_numpy(), distinct.cast(pl.String).to_list()
    missing = int(codes.max()) + 1 if len(codes) else 0
    table = np.zeros(missing + 1, np.int32)
    table[codes] = numbers_of(named)
    table[missing] = numbers_of([None])[0]
    places = words.to_physical()
    if places.null_count():
        places = places.cast(pl.UInt32).fill_null(missing)
    return translated(places.to_numpy(), table)


def translated(codes: Any, table: Any) -> Any:
    """Return what a table says for each code; codes of one byte are translated as text is, which is quick."""
    if codes.itemsize > 1 or not 0 < len(table) <= 128 or table.min() < -128 or table.max() > 127:
        return table[codes]
    said = np.zeros(256, np.int8)
    said[: len(table)] = table
    if codes.dtype == np.int8:
        said[-len(table) :] = table
    return np.frombuffer(codes.tobytes().translate(said.tobytes()), np.int8)


def maybe_repeated(groups: Any, keys: Any, bound: int) -> Any:
    """Return which of some pairs of group (below *bound*) and key may occur again; the others surely do not.

    Eight slots a group, twice over: who finds his slot taken by another is named, and so is the other.
    """
    in_order = len(groups) > 1 and (groups[1:] >= groups[:-1]).all()
    if in_order and not (groups[_FEW:] == groups[:-_FEW]).any():
        return _repeated_nearby(groups, keys)
    named = np.arange(len(keys), dtype=np.int32)
    for odd in _ODD:
        slots = groups[named] * 8
        slots += (keys[named].astype(np.uint64) * odd >> _SHIFT).astype(slots.dtype)
        holder = np.empty(bound * 8, np.int32)
        mine = np.arange(len(slots), dtype=np.int32)
        holder[slots] = mine
        held = holder[slots]
        lost = held != mine
        lost[held[lost]] = True
        named = named[lost]
    return named


_ODD, _SHIFT = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)), np.uint64(61)
