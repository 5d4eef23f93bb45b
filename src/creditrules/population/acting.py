"""Population: who acts against whom: parts that stand alone and parts that were merged, to be laid out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.actions import Actions, merged, without_torn
from creditrules.population.arrow import joined
from creditrules.population.blocks import each
from creditrules.population.frames import actions_table, parts_table
from creditrules.population.layout import Piece, SlotWords
from creditrules.population.outcomes import Spread
from creditrules.population.parts import Pairs, Parts, alone, joined_parts, own_parts, parts_of
from creditrules.population.regions import Locals
from creditrules.population.scene import Scene
from creditrules.population.spans import OwnSpans

# Parts laid out at a time: few enough for the memory of one step to serve the next.
_AT_A_TIME, _STEP = 250_000, 2_000


@frozen(eq=False, slots=False)
class Acting:
    """All actions of a population: first those of one part each, piece by piece, then those that are merged.

    `met` are the parts of the latter, `torn` those that contradict each other; `first` is the number of the
    first action.
    """

    scene: Scene
    local: Locals
    pieces: tuple[Piece, ...]
    met: Parts
    torn: Parts
    first: int

    @cached_property
    def merged(self) -> tuple[Actions, int]:
        """The actions that are merged, and the number of the first of them."""
        scene = self.scene
        whole = merged(scene.plan, scene.data, scene.found, self.met, self.local)
        return whole, self.first + sum(len(piece) for piece in self.pieces)

    def actions(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of actions, or some columns of it."""

        def make(piece: Piece | None) -> Any:
            if piece is not None:
                return piece.actions(wanted)
            whole, number = self.merged
            return actions_table(self.scene, whole, self.local, number, wanted)

        return joined(each(make, (*self.pieces, None), threads))

    def parts(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of parts, or some columns of it; they may be of their actions (`layout.ABOUT`)."""

        def make(piece: Piece | None) -> Any:
            if piece is not None:
                return piece.parts(wanted)
            whole, number = self.merged
            return parts_table(self.scene, whole, number, wanted)

        return joined(each(make, (*self.pieces, None), threads))


def acting_of(
    scene: Scene, slots: Spread, own: list[OwnSpans], local: Locals, first: int, pairs: Pairs
) -> Acting:
    """Return the actions of a population, numbered from *first* on; *pairs* are candidates of one target."""
    plan, data, stand, found = scene.plan, scene.data, scene.stand, scene.found
    by_rule = own_parts(plan, own)
    stands = alone(plan, found, slots, by_rule, len(data.subjects), pairs)
    count = slots.count.take(found.pattern)
    acts = count > 0
    met = joined_parts([parts_of(plan, stand, found, slots, np.flatnonzero(acts & ~stands)), *by_rule])
    met, torn = without_torn(plan, found, met)
    stands &= acts
    acting = np.flatnonzero(stands).astype(np.int32)
    words = SlotWords.of(plan)
    pieces = tuple(
        Piece(scene, slots, words, local, some, number)
        for some, number in _pieces(acting, count.take(acting), first)
    )
    return Acting(scene, local, pieces, met, torn, first)


def _pieces(acting: Any, count: Any, first: int) -> Iterator[tuple[Any, int]]:
    """Yield candidates, some at a time, each time with the number of their first action."""
    starts = np.arange(0, len(acting), _STEP)
    sums = np.add.reduceat(count, starts, dtype=np.int64).tolist() if len(acting) else []
    start, total = 0, 0
    for n, parts in enumerate(sums):
        total += parts
        if total >= _AT_A_TIME or n == len(sums) - 1:
            stop = min((n + 1) * _STEP, len(acting))
            yield acting[start:stop], first
            first, start, total = first + total, stop, 0
