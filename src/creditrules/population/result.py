"""Population: what was decided of a population, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.arrow import frame_of


@frozen(eq=False)
class Population:
    """The answers of a population as Arrow tables (see `kernel.ANSWERS`), and what became of every row.

    `counts` has a row for each table that was read, `rejects` one for each row that was rejected or withheld.
    """

    rulebook: Rulebook
    known: date | None
    tables: Mapping[str, Any]
    counts: pl.DataFrame
    rejects: pl.DataFrame

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table of answers as a frame of Polars."""
        return frame_of(self.tables[name])
