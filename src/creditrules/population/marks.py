"""Population: marks of 64 bits by which rows are told apart, and rows paired by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

_FIRST, _FACTOR, _ABSENT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93), np.uint64(2**63 - 25)
_HALF = np.uint64(32)


def mark_of(columns: Sequence[Any]) -> Any:
    """Return a number of 64 bits for each row; rows that say the same have the same one.

    Columns may be of any type; words must be of one dictionary on both sides that are compared, which
    categories of Polars are.
    """
    mark = np.full(len(columns[0]), _FIRST)
    for column in columns:
        mark ^= _numbers(column)
        mark *= _FACTOR
        mark ^= mark >> _HALF
    return mark


def _numbers(column: Any) -> Any:
    if not isinstance(column, pl.Series):
        return column
    if column.dtype == pl.String:
        return column.hash().to_numpy()
    plain = column.to_physical()
    if not plain.null_count():
        return plain.to_numpy().astype(np.uint64)
    absent = plain.is_null().to_numpy()
    numbers = plain.fill_null(0).to_numpy().astype(np.uint64)
    numbers[absent] = _ABSENT
    return numbers


def sums(marks: Any, first: Any) -> Any:
    """Add up marks of rows that stand together; *first* are the places where they begin."""
    return marks if len(first) == len(marks) else np.add.reduceat(marks, first) if len(first) else marks[:0]


def paired(ones: tuple[Any, pl.Series, Any], others: tuple[Any, pl.Series, Any]) -> tuple[Any, Any, Any, Any]:
    """Pair the rows of two sides that have the same target and place: rows of both, then those left alone.

    Each side is a mark of target and place, the targets, and the places; no row has the same twice.
    """
    mark, mark_2 = ones[0], others[0]
    order, order_2 = np.argsort(mark), np.argsort(mark_2)
    sorted_, sorted_2 = mark[order], mark_2[order_2]
    at = np.searchsorted(sorted_2, sorted_)
    met = at < len(sorted_2)
    met[met] = sorted_2[at[met]] == sorted_[met]
    one, other = order[met], order_2[at[met]]
    left, left_2 = order[~met], np.ones(len(mark_2), bool)
    left_2[other] = False
    # Marks are long enough never to be shared by accident; should it happen all the same, rows are compared.
    same = (ones[2][one] == others[2][other]).all() and (ones[1][one] == others[1][other]).all()
    distinct = not (sorted_[1:] == sorted_[:-1]).any() and not (sorted_2[1:] == sorted_2[:-1]).any()
    if not (same and distinct):
        return _joined(ones, others)
    return one, other, np.sort(left), np.flatnonzero(left_2)


def _joined(
    ones: tuple[Any, pl.Series, Any], others: tuple[Any, pl.Series, Any]
) -> tuple[Any, Any, Any, Any]:
    one, other = (
        pl.DataFrame({"target": side[1], "place": side[2]}).with_row_index(name)
        for side, name in ((ones, "one"), (others, "other"))
    )
    met = one.join(other, on=["target", "place"], how="full")
    both = met.drop_nulls(["one", "other"])
    alone = (
        met.filter(pl.col(b).is_null())[a].sort().to_numpy() for a, b in (("one", "other"), ("other", "one"))
    )
    left, right = alone
    return both["one"].to_numpy(), both["other"].to_numpy(), left, right
