"""Population: the kernel. Encoded tables and a plan in, tables of answers out; nothing is read or written.

Every candidate falls into a pattern; what a pattern comes to is worked out once; the rest is days.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import frozen

from creditrules.population.actions import actions_of
from creditrules.population.candidates import candidates
from creditrules.population.encoded import Encoded
from creditrules.population.frames import (
    Scene,
    action_tables,
    records_table,
    set_aside_table,
    status_table,
    undetermined_table,
)
from creditrules.population.listed import listed
from creditrules.population.outcomes import outcomes_of
from creditrules.population.plan import Plan
from creditrules.population.regions import locals_of
from creditrules.population.spans import own_spans
from creditrules.population.standings import standings

ANSWERS = ("actions", "parts", "undetermined", "set_aside", "records", "statuses")


@frozen(eq=False)
class Answers:
    """The tables of answers, by the names in `ANSWERS`."""

    tables: Mapping[str, pl.DataFrame]

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]


def answers(plan: Plan, data: Encoded, *, first: int = 0) -> Answers:
    """Decide everything about the subjects of some tables.

    Args:
        plan: the rulebook made ready.
        data: the tables, checked and encoded.
        first: the number of the first action.
    """
    stand = standings(data.listings, plan.rulebook.catalogue, plan.rulebook.on)
    rows = listed(plan, data, stand)
    found = candidates(plan, data, rows)
    outcomes = outcomes_of(plan, found.share, found.listing_key, found.route_key)
    own = list(own_spans(plan, data, stand, found, outcomes.own_days))
    local = locals_of(plan, data, found)
    actions = actions_of(plan, data, stand, found, outcomes.slots, own, local)
    scene = Scene(plan, data, stand, found)
    table, parts = action_tables(scene, actions, local, first)
    return Answers(
        {
            "actions": table,
            "parts": parts,
            "undetermined": undetermined_table(scene, outcomes, own, actions),
            "set_aside": set_aside_table(scene, own),
            "records": records_table(scene, outcomes),
            "statuses": status_table(scene),
        }
    )
