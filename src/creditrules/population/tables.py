"""Population: the tables that come in, as frames with the columns and types of the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.errors import FactsError, Finding, Span
from creditrules.population.schema import SCHEMA, TABLES, Table

# Columns that rows carry through a run in parts. The number of a row in its table as it was read, from 1 on;
ROW = "row_number"
# whether the row is counted here (a copy of it may serve as neighbour elsewhere);
HOME = "row_is_home"
# whether the subject it speaks of, who need not be here, is known to be in the population.
KNOWN = "row_is_known"
# whether the organisation a role speaks of is a natural person, who is none;
NATURAL = "row_is_natural"
# because of which row the subject it speaks of, who need not be here, is refused.
REFUSED_BY = "row_refused_by"


@frozen(eq=False)
class Tables:
    """The tables of a population as they were read, before anything in them is checked, by their names."""

    frames: Mapping[str, pl.DataFrame]
    sources: Mapping[str, str] = {}

    @classmethod
    def of(cls, given: Mapping[str, Any], sources: Mapping[str, str] | None = None) -> Tables:
        """Take tables in any form Polars takes: its own frames, Arrow tables, pandas frames, mappings.

        Raises:
            FactsError: CR480, a table that must be there is missing or has a name nobody knows; CR481, a
            column that must be there is missing.
        """
        named = dict(sources or {})
        found = [_unknown(name) for name in given if name not in TABLES]
        found += [_missing(table.name) for table in SCHEMA if table.needed and table.name not in given]
        frames = {}
        for name, data in given.items():
            if name in TABLES:
                frames[name] = frame = as_frame(data)
                found += _columns_missing(TABLES[name], frame.columns, named.get(name, name))
        if found:
            raise FactsError(found)
        return cls(frames, named)

    def __getitem__(self, name: str) -> pl.DataFrame:
        """Return a table; one that was not given has no rows."""
        frame = self.frames.get(name)
        return (
            pl.DataFrame({c.name: [] for c in TABLES[name].columns if c.needed}) if frame is None else frame
        )


def as_frame(data: Any) -> pl.DataFrame:
    """Return any tabular object as a frame of Polars."""
    if isinstance(data, pl.DataFrame):
        return data
    if isinstance(data, pl.LazyFrame):
        return data.collect()
    if hasattr(data, "__arrow_c_stream__") or type(data).__module__.startswith("pyarrow"):
        made = pl.from_arrow(data)
        assert isinstance(made, pl.DataFrame)
        return made
    if type(data).__module__.startswith("pandas"):
        return pl.from_pandas(data)
    return pl.DataFrame(data)


def _unknown(name: str) -> Finding:
    words = {"table": name, "known": ", ".join(TABLES)}
    return Finding(
        "CR480",
        Span("population"),
        {**words, "fault_en": "is not a table of a population", "fault_zh": "不是群体数据的表"},
    )


def _missing(name: str) -> Finding:
    words = {"table": name, "known": ", ".join(TABLES)}
    return Finding("CR480", Span("population"), {**words, "fault_en": "is missing", "fault_zh": "缺失"})


def _columns_missing(table: Table, columns: list[str], source: str) -> list[Finding]:
    return [
        Finding("CR481", Span(source), {"table": table.name, "column": column.name})
        for column in table.columns
        if column.needed and column.name not in columns
    ]
