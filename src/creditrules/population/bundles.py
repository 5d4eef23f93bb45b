"""Population: fields put together, so that one look at a table says what all of them add to a pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import prod
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.arrays import constant, is_constant
from creditrules.population.fields import Field
from creditrules.population.plan import Plan

# A table of this many entries stays near the processor.
_MOST = 2**17


@frozen(eq=False)
class Bundle:
    """Some fields: what each combination of their classes adds to the patterns of each share.

    `table` has a row for each share, `size` columns; the number of a combination counts the last field first.
    """

    fields: tuple[Field, ...]
    table: Any
    size: int

    def combined(self, classes_of: Callable[[Field], Any]) -> Any:
        """Return the number of the combination of some classes."""
        kind = np.int16 if self.size < 2**15 else np.int32
        classes = [classes_of(found) for found in self.fields]
        if all(is_constant(column) for column in classes):
            first, size = (column[:1] for column in classes), len(classes[0])
            return constant(self._number(first, kind)[0], size, kind)
        return self._number(classes, kind)

    def _number(self, classes: Iterable[Any], kind: Any) -> Any:
        number: Any = None
        for found, column in zip(self.fields, classes, strict=True):
            if number is None:
                number = column.astype(kind)
            else:
                number *= kind(found.coder.size)
                number += column.astype(kind, copy=False)
        return number

    def adds(self, share: Any, number: Any) -> Any:
        """Return what combinations add to patterns of some shares."""
        place = share.astype(np.int32)
        place *= np.int32(self.size)
        place += number
        return self.table.take(place)


def bundles_of(plan: Plan, fields: Sequence[Field]) -> list[Bundle]:
    """Put fields together, as long as the tables stay small."""
    groups: list[list[Field]] = []
    for found in fields:
        together = prod(each.coder.size for each in (*(groups[-1] if groups else ()), found))
        if groups and together * len(plan.shares) <= _MOST:
            groups[-1].append(found)
        else:
            groups.append([found])
    return [_bundle(plan, group) for group in groups]


def _bundle(plan: Plan, fields: Sequence[Field]) -> Bundle:
    table = np.zeros((len(plan.shares), 1), np.int64)
    for found in fields:
        weights = plan.weights[found.path].astype(np.int64)
        table = (table[:, :, None] + weights[:, None, :]).reshape(len(plan.shares), -1)
    kind = plan.number if table.max(initial=0) < 2**31 else np.int64
    return Bundle(tuple(fields), table.astype(kind).ravel(), table.shape[1])
