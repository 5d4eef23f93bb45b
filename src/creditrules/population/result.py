"""Population: what was decided of a population, table by table."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.arrow import frame_of
from creditrules.population.laid import columns_of


@frozen(eq=False)
class Population:
    """The answers of a population as Arrow tables (see `kernel.ANSWERS`), and what became of every row.

    Everything is decided; the rows of a table are laid out when it is first read, and kept.
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

    def columns(self, name: str, wanted: Collection[str]) -> pl.DataFrame:
        """Return some columns of a table of answers; no others are laid out for it, and none are kept."""
        return frame_of(columns_of(self.tables, name, wanted))
