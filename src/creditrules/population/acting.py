"""Population: who acts against whom: parts that stand alone and parts that were merged, to be laid out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.actions import Actions, merged, without_torn
from creditrules.population.arrow import joined
from creditrules.population.blocks import each
from creditrules.population.frames import actions_table, parts_table
from creditrules.population.laid import chosen
from creditrules.population.layout import Piece, SlotWords
from creditrules.population.outcomes import Spread
from creditrules.population.parts import Parts, alone, joined_parts, own_parts, parts_of
from creditrules.population.regions import Locals
from creditrules.population.scene import Scene
from creditrules.population.spans import OwnSpans

# Parts laid out at a time: few enough for the memory of one step to serve the next.
_AT_A_TIME = 250_000


@frozen(eq=False)
class Acting:
    """All actions of a population: those that were merged, and those of one part each, piece by piece.

    `first` is the number of the first action; `torn` are the parts that contradict each other.
    """

    scene: Scene
    local: Locals
    merged: Actions
    pieces: tuple[Piece, ...]
    torn: Parts
    first: int

    def actions(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of actions, or some columns of it."""
        mixed = chosen(actions_table(self.scene, self.merged, self.local, self.first), wanted)
        return joined([mixed, *each(lambda piece: piece.actions(wanted), self.pieces, threads)])

    def parts(self, wanted: Collection[str] | None, threads: int) -> Any:
        """Return the table of parts, or some columns of it."""
        mixed = chosen(parts_table(self.scene, self.merged, self.first), wanted)
        return joined([mixed, *each(lambda piece: piece.parts(wanted), self.pieces, threads)])


def acting_of(scene: Scene, slots: Spread, own: list[OwnSpans], local: Locals, first: int) -> Acting:
    """Return the actions of a population, numbered from *first* on."""
    plan, data, stand, found = scene.plan, scene.data, scene.stand, scene.found
    acting = np.flatnonzero(slots.count[found.pattern] > 0).astype(np.int32)
    by_rule = own_parts(plan, own)
    stands = alone(plan, found, slots, acting, by_rule, len(data.subjects))
    met = joined_parts([parts_of(plan, stand, found, slots, acting[~stands]), *by_rule])
    met, torn = without_torn(plan, found, met)
    whole = merged(plan, data, found, met, local)
    words = SlotWords.of(plan)
    pieces = tuple(
        Piece(scene, slots, words, local, some, number)
        for some, number in _pieces(scene, slots, acting[stands], first + len(whole))
    )
    return Acting(scene, local, whole, pieces, torn, first)


def _pieces(scene: Scene, slots: Spread, acting: Any, first: int) -> Iterator[tuple[Any, int]]:
    """Yield candidates, some at a time, each time with the number of their first action."""
    ends = np.cumsum(slots.count[scene.found.pattern[acting]])
    start, done = 0, 0
    while start < len(acting):
        stop = max(start + 1, int(np.searchsorted(ends, done + _AT_A_TIME)))
        yield acting[start:stop], first + done
        done, start = int(ends[stop - 1]), stop
