"""Testing: the Hypothesis strategies, under one name.

Everything they make is built from model objects and valid by construction: what `load` guarantees holds.
"""

from creditrules.testing.catalogues import catalogues, list_kinds
from creditrules.testing.conditions import conditions, maybe_conditions, tests
from creditrules.testing.dossiers import dossiers
from creditrules.testing.events import events, one_event
from creditrules.testing.memoranda import clauses, measures, memoranda
from creditrules.testing.pools import days
from creditrules.testing.regimes import liabilities, regimes
from creditrules.testing.units import unit_parts, units
from creditrules.testing.worlds import World, worlds

__all__ = [
    "World",
    "catalogues",
    "clauses",
    "conditions",
    "days",
    "dossiers",
    "events",
    "liabilities",
    "list_kinds",
    "maybe_conditions",
    "measures",
    "memoranda",
    "one_event",
    "regimes",
    "tests",
    "unit_parts",
    "units",
    "worlds",
]
