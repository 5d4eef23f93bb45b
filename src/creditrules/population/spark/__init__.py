"""Population, Spark: many dossiers at once on a cluster. `decide_spark` is the way in.

Nothing here is imported before it is used: the packages behind it (extra `spark`) take a while to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from creditrules.population.spark.deciding import decide_spark
    from creditrules.population.spark.reading import read_folder
    from creditrules.population.spark.result import SparkPopulation

__all__ = ["SparkPopulation", "decide_spark", "read_folder"]
_HOMES = {"SparkPopulation": "result", "decide_spark": "deciding", "read_folder": "reading"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"creditrules.population.spark.{_HOMES[name]}"), name)
