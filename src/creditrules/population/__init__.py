"""Population: many dossiers at once, as tables. `creditrules.population.decide_population` is the way in.

Nothing here is imported before it is used: the packages behind it (extra `population`) take a while to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from creditrules.population.deciding import decide_population
    from creditrules.population.impact.report import Impact, impact_of
    from creditrules.population.result import Population
    from creditrules.population.run import Run, run_population
    from creditrules.population.schema import schema_text
    from creditrules.population.tables import Tables
    from creditrules.population.watch.redeciding import Redecided, redecide

__all__ = [
    "Impact",
    "Population",
    "Redecided",
    "Run",
    "Tables",
    "decide_population",
    "impact_of",
    "redecide",
    "run_population",
    "schema_text",
]
_HOMES = {
    "Impact": "impact.report",
    "Redecided": "watch.redeciding",
    "impact_of": "impact.report",
    "redecide": "watch.redeciding",
    "Population": "result",
    "Run": "run",
    "Tables": "tables",
    "decide_population": "deciding",
    "run_population": "run",
    "schema_text": "schema",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"creditrules.population.{_HOMES[name]}"), name)
