"""Population: the kernel. Encoded tables and a plan in, tables of answers out; nothing is read or written.

Every candidate falls into a pattern; what a pattern comes to is worked out once; the rest is days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from attrs import frozen

from creditrules.population.acting import acting_of
from creditrules.population.blocks import both
from creditrules.population.candidates import candidates
from creditrules.population.classes import classes_of
from creditrules.population.encoded import Encoded
from creditrules.population.frames import records_table, set_aside_table, status_table, undetermined_table
from creditrules.population.laid import Laid, Maker, chosen
from creditrules.population.listed import listed
from creditrules.population.outcomes import outcomes_of
from creditrules.population.parts import pairs_of
from creditrules.population.plan import Plan
from creditrules.population.regions import locals_of
from creditrules.population.scene import Scene
from creditrules.population.spans import own_spans

ANSWERS = ("actions", "parts", "undetermined", "set_aside", "records", "statuses")


@frozen(eq=False)
class Answers:
    """The tables of answers (of Arrow), by the names in `ANSWERS`; each is laid out when it is read."""

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
    outcomes, pairs = both(
        lambda: outcomes_of(plan, found.share, found.listing_key, found.route_key),
        lambda: pairs_of(found.target, len(data.subjects)),
        threads,
    )
    own = list(own_spans(plan, data, stand, found, outcomes.own_days))
    local = locals_of(plan, data, found)
    scene = Scene(plan, data, stand, found)
    acting = acting_of(scene, outcomes.slots, own, local, first, pairs, threads)

    def whole(make: Callable[[], Any]) -> Maker:
        return lambda wanted: chosen(make(), wanted)

    return Answers(
        Laid(
            {
                "actions": lambda wanted: acting.actions(wanted, threads),
                "parts": lambda wanted: acting.parts(wanted, threads),
                "undetermined": whole(lambda: undetermined_table(scene, outcomes, own, acting.torn)),
                "set_aside": whole(lambda: set_aside_table(scene, own)),
                "records": whole(lambda: records_table(scene, outcomes)),
                "statuses": whole(lambda: status_table(scene)),
            }
        )
    )
