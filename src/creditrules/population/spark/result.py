"""Population, Spark: what was decided of a population, as frames of Spark."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.sample import Sampled
from creditrules.population.side_tables import side_tables


@frozen(eq=False)
class SparkPopulation:
    """The answers of a population as frames of Spark, by the names in `kernel.ANSWERS`, and the refused rows.

    `counts` has a row for each table that was read, `sampled` says what the reference engine decided again.
    The answers are kept by the workers until `forget`.
    """

    rulebook: Rulebook
    known: date | None
    chunks: int
    tables: Mapping[str, Any]
    refused: Any
    counts: pl.DataFrame
    sampled: Sampled
    kept: Any

    def __getitem__(self, name: str) -> Any:
        """Return a table of answers."""
        return self.tables[name]

    @property
    def actions(self) -> Any:
        """What one unit does to one target."""
        return self.tables["actions"]

    @property
    def parts(self) -> Any:
        """What each measure adds to an action."""
        return self.tables["parts"]

    @property
    def undetermined(self) -> Any:
        """What could not be decided, with the facts to ask for."""
        return self.tables["undetermined"]

    @property
    def set_aside(self) -> Any:
        """Measures whose own time is over for a target, or has not come."""
        return self.tables["set_aside"]

    @property
    def records(self) -> Any:
        """Entries of credit files."""
        return self.tables["records"]

    @property
    def statuses(self) -> Any:
        """Where each listing stands."""
        return self.tables["statuses"]

    def explained(self) -> dict[str, Any]:
        """Return the tables (of Arrow) by which the keys in the answers are explained."""
        return side_tables(self.rulebook)

    def forget(self) -> None:
        """Let the workers forget the answers; whoever asks for them after that has them worked out again."""
        self.kept.unpersist()
