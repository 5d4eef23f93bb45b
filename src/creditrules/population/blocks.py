"""Population: rows gone through some at a time, by as many threads as there are to do it.

Numpy lets other threads work while it does, and a block is small enough for the memory of one step to
serve the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
R = TypeVar("R")
ROWS = 200_000


def blocks(size: int, rows: int = ROWS) -> list[tuple[int, int]]:
    """Return first and last row (exclusive) of the blocks that rows are cut into; one of no rows for none."""
    return [(first, min(first + rows, size)) for first in range(0, max(size, 1), rows)]


def each(work: Callable[[T], R], of: Sequence[T], threads: int) -> list[R]:
    """Return what comes of each of some pieces of work, in their order."""
    if threads < 2 or len(of) < 2:
        return [work(one) for one in of]
    with ThreadPoolExecutor(min(threads, len(of))) as pool:
        return list(pool.map(work, of))


def both(one: Callable[[], T], other: Callable[[], R], threads: int = 2) -> tuple[T, R]:
    """Return what comes of two steps that do not need each other, done at a time."""
    if threads < 2:
        return one(), other()
    with ThreadPoolExecutor(1) as pool:
        later = pool.submit(other)
        return one(), later.result()


def together(parts: Sequence[Sequence[Any]], threads: int = 1) -> list[Any]:
    """Return the columns of several blocks as whole columns."""
    if len(parts) == 1:
        return list(parts[0])
    return each(np.concatenate, list(zip(*parts, strict=True)), threads)
