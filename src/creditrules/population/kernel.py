"""Population: the kernel. Encoded tables and a plan in, tables of answers out; nothing is read or written.

Every candidate falls into a pattern; what a pattern comes to is worked out once; the rest is days.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.population.actions import merged, without_torn
from creditrules.population.arrow import joined
from creditrules.population.blocks import each
from creditrules.population.candidates import Candidates, candidates
from creditrules.population.classes import classes_of
from creditrules.population.encoded import Encoded
from creditrules.population.frames import (
    action_tables,
    records_table,
    set_aside_table,
    status_table,
    undetermined_table,
)
from creditrules.population.layout import SlotWords, lay_out
from creditrules.population.listed import listed
from creditrules.population.outcomes import Spread, outcomes_of
from creditrules.population.parts import Parts, alone, joined_parts, own_parts, parts_of
from creditrules.population.plan import Plan
from creditrules.population.regions import Locals, locals_of
from creditrules.population.scene import Scene
from creditrules.population.spans import OwnSpans, own_spans

ANSWERS = ("actions", "parts", "undetermined", "set_aside", "records", "statuses")
# Parts laid out at a time: few enough for the memory of one step to serve the next.
_AT_A_TIME = 250_000


@frozen(eq=False)
class Answers:
    """The tables of answers (of Arrow), by the names in `ANSWERS`."""

    tables: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.tables[name]


def answers(plan: Plan, data: Encoded, *, first: int = 0, threads: int = 2) -> Answers:
    """Decide everything about the subjects of some tables.

    Args:
        plan: the rulebook made ready.
        data: the tables, checked and encoded.
        first: the number of the first action.
        threads: how many parts of the work are done at a time.
    """
    known = classes_of(plan, data)
    stand, rows = listed(plan, data, known, threads)
    found = candidates(plan, data, rows, known, threads)
    outcomes = outcomes_of(plan, found.share, found.listing_key, found.route_key)
    own = list(own_spans(plan, data, stand, found, outcomes.own_days))
    local = locals_of(plan, data, found)
    scene = Scene(plan, data, stand, found)
    tables, torn = _actions(scene, outcomes.slots, own, local, first, threads)
    return Answers(
        {
            "actions": joined([actions for actions, _ in tables]),
            "parts": joined([parts for _, parts in tables]),
            "undetermined": undetermined_table(scene, outcomes, own, torn),
            "set_aside": set_aside_table(scene, own),
            "records": records_table(scene, outcomes),
            "statuses": status_table(scene),
        }
    )


def _actions(
    scene: Scene, slots: Spread, own: list[OwnSpans], local: Locals, first: int, threads: int
) -> tuple[list[tuple[Any, Any]], Parts]:
    """Return the tables of actions and parts, piece by piece, and the parts that contradict each other."""
    plan, data, stand, found = scene.plan, scene.data, scene.stand, scene.found
    acting = np.flatnonzero(slots.count[found.pattern] > 0).astype(np.int32)
    by_rule = own_parts(plan, own)
    stands = alone(plan, found, slots, acting, by_rule, len(data.subjects))
    met = joined_parts([parts_of(plan, stand, found, slots, acting[~stands]), *by_rule])
    met, torn = without_torn(plan, found, met)
    whole = merged(plan, data, found, met, local)
    tables = [action_tables(scene, whole, local, first)]
    first += len(whole)

    words = SlotWords.of(plan)

    def piece(of: tuple[Any, int]) -> tuple[Any, Any]:
        return lay_out(scene, slots, words, of[0], local, of[1])

    pieces = list(_pieces(found, slots, acting[stands], first))
    return [*tables, *each(piece, pieces, threads)], torn


def _pieces(found: Candidates, slots: Spread, acting: Any, first: int) -> Iterator[tuple[Any, int]]:
    """Yield candidates, some at a time, each time with the number of their first action."""
    ends = np.cumsum(slots.count[found.pattern[acting]])
    start, done = 0, 0
    while start < len(acting):
        stop = max(start + 1, int(np.searchsorted(ends, done + _AT_A_TIME)))
        yield acting[start:stop], first + done
        done, start = int(ends[stop - 1]), stop
