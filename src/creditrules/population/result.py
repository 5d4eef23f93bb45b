"""Population: what was decided of a population, table by table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl
from attrs import frozen

from creditrules.model.rulebook import Rulebook


@frozen(eq=False)
class Population:
    """The tables of answers of a population (see `kernel.ANSWERS`), what became of every row, and the refused.

    `counts` has a row for each table that was read, `rejects` one for each row that was rejected or withheld.
    """

    rulebook: Rulebook
    known: date | None
    tables: Mapping[str, pl.DataFrame]
    counts: pl.DataFrame
    rejects: pl.DataFrame

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table of answers by its name."""
        return self.tables[name]
