"""Population: the truth of conditions for many candidates at once (Kleene's three values as 0, 1, 2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from creditrules.model.condition import All, Condition, Not, Some, Test

# What is known of a test: an array of truth values, one a candidate (or one for all of them).
Of = Callable[[Test], Any]
# The same with a lower and an upper bound, for tests of which only that is known.
Bounds = Callable[[Test], tuple[Any, Any]]

# A test, and whether it is to hold.
Literal = tuple[Test, bool]

_FALSE, _TRUE = np.uint8(0), np.uint8(2)


def truth(condition: Condition, of: Of) -> Any:
    """Return the truth of a condition for every candidate; the same as `truth_of`, for many."""
    match condition:
        case Test():
            return of(condition)
        case Not(part):
            return _TRUE - truth(part, of)
        case All(parts):
            return reduce(np.minimum, [truth(part, of) for part in parts]) if parts else _TRUE
        case Some(parts):
            return reduce(np.maximum, [truth(part, of) for part in parts]) if parts else _FALSE


def literals(condition: Condition) -> tuple[Literal, ...] | None:
    """Return the tests a condition asks to hold at once, or not to hold; None if it asks anything else."""
    match condition:
        case Test():
            return ((condition, True),)
        case Not(Test() as part):
            return ((part, False),)
        case All(parts):
            found = [literals(part) for part in parts]
            return None if None in found else tuple(one for each in found for one in each or ())
    return None


def bounds(condition: Condition, of: Bounds) -> tuple[Any, Any]:
    """Return the least and the greatest truth a condition can have."""
    match condition:
        case Test():
            return of(condition)
        case Not(part):
            low, high = bounds(part, of)
            return _TRUE - high, _TRUE - low
        case All(parts) | Some(parts):
            found = [bounds(part, of) for part in parts]
            join, empty = (np.minimum, _TRUE) if isinstance(condition, All) else (np.maximum, _FALSE)
            if not found:
                return empty, empty
            return reduce(join, [low for low, _ in found]), reduce(join, [high for _, high in found])
