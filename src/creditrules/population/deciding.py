"""Population: decide a population that lies in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from creditrules.model.rulebook import Rulebook
from creditrules.population.clean import clean
from creditrules.population.kernel import answers
from creditrules.population.memory import kept_memory
from creditrules.population.plan import plan_of
from creditrules.population.result import Population
from creditrules.population.tables import Tables


def decide_population(
    rulebook: Rulebook, tables: Tables | Mapping[str, Any], *, known: date | None = None
) -> Population:
    """Say of many subjects at once which actions each unit must or may take, and what is open.

    Args:
        rulebook: the catalogue made ready for the day.
        tables: the tables of `creditrules.population.schema`, in any form Polars takes.
        known: decide as on what was recorded by this day.

    Raises:
        FactsError: a table or a column that must be there is missing.
        EngineError: CR488, a guard depends on more facts than this engine holds.
    """
    given = tables if isinstance(tables, Tables) else Tables.of(tables)
    with kept_memory():
        made = clean(given, rulebook.catalogue, rulebook.on, known)
        found = answers(plan_of(rulebook), made.data)
    return Population(rulebook, known, found.tables, made.ledger.counts(), made.ledger.refused())
