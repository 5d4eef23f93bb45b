"""Population: who acts against whom: parts that stand alone and parts that were merged, to be laid out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
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

    `meeting` are the candidates of the latter, `by_rule` parts of rules with days of their own, `first` is
    the number of the first action.
    """

    scene: Scene
    slots: Spread
    local: Locals
    pieces: tuple[Piece, ...]
    meeting: Any
    by_rule: list[Parts]
    first: int

    @cached_property
    def _met(self) -> tuple[Parts, Parts]:
        scene = self.scene
        met = parts_of(scene.plan, scene.stand, scene.found, self.slots, self.meeting)
        return without_torn(scene.plan, scene.found, joined_parts([met, *self.by_rule]))

    @property
    def torn(self) -> Parts:
        """The parts that contradict each other."""
        return self._met[1]

    @cached_property
    def merged(self) -> tuple[Actions, int]:
        """The actions that are merged, and the number of the first of them."""
        scene = self.scene
        whole = merged(scene.plan, scene.data, scene.found, self._met[0], self.local)
        return whole, self.first + sum(piece.size for piece in self.pieces)

    def actions(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of actions, or some columns of it."""

        def make(piece: Piece | None) -> Any:
            if piece is not None:
                return piece.actions(wanted)
            whole, number = self.merged
            return actions_table(self.scene, whole, self.local, number, wanted)

        return self._joined(make, threads)

    def parts(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of parts, or some columns of it; they may be of their actions (`layout.ABOUT`)."""

        def make(piece: Piece | None) -> Any:
            if piece is not None:
                return piece.parts(wanted)
            whole, number = self.merged
            return parts_table(self.scene, whole, number, wanted)

        return self._joined(make, threads)

    def _joined(self, make: Callable[[Piece | None], Any], threads: int) -> Any:
        # What is merged takes longest and is begun with, but stands last.
        mixed, *alone = each(make, (None, *self.pieces), threads)
        return joined([*alone, mixed])


def acting_of(
    scene: Scene,
    slots: Spread,
    own: list[OwnSpans],
    local: Locals,
    first: int,
    pairs: Pairs,
    threads: int,
) -> Acting:
    """Return the actions of a population, numbered from *first* on; *pairs* are candidates of one target."""
    plan, found = scene.plan, scene.found
    by_rule = own_parts(plan, own)
    stands = alone(plan, found, slots, by_rule, len(scene.data.subjects), pairs, threads)
    count = slots.count.take(found.pattern)
    acts = count > 0
    meeting = np.flatnonzero(acts & ~stands)
    stands &= acts
    acting = np.flatnonzero(stands).astype(np.int32)
    words = SlotWords.of(plan)
    pieces = tuple(
        Piece(scene, slots, words, local, *some) for some in _pieces(acting, count.take(acting), first)
    )
    return Acting(scene, slots, local, pieces, meeting, by_rule, first)


def _pieces(acting: Any, count: Any, first: int) -> Iterator[tuple[Any, int, int]]:
    """Yield candidates, some at a time, with the number of their first action, and how many they have."""
    starts = np.arange(0, len(acting), _STEP)
    sums = np.add.reduceat(count, starts, dtype=np.int64).tolist() if len(acting) else []
    start, total = 0, 0
    for n, parts in enumerate(sums):
        total += parts
        if total >= _AT_A_TIME or n == len(sums) - 1:
            stop = min((n + 1) * _STEP, len(acting))
            yield acting[start:stop], first, total
            first, start, total = first + total, stop, 0
