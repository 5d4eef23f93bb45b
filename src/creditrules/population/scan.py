"""Population: tables looked through without being held; only rows that are asked for are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.errors import FactsError, Finding, Span
from creditrules.population.schema import SCHEMA, TABLES
from creditrules.population.sources import Folder, Source
from creditrules.population.tables import ROW, Tables


@frozen(eq=False)
class Scan:
    """The tables of a population, each row with its number; a table that is not there has no rows.

    `schemas` says by table which columns it has, `places` where it was found.
    """

    frames: Mapping[str, pl.LazyFrame]
    schemas: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, str]

    @classmethod
    def of(cls, source: Source | Tables | Mapping[str, Any]) -> Scan:
        """Open a source, or tables that lie in memory.

        Raises:
            FactsError: CR480, CR481, a table or a column is missing; CR482, a file cannot be read.
        """
        if isinstance(source, Folder):
            frames, places = _of_folder(source)
        elif isinstance(source, Tables):
            frames, places = _of_tables(source)
        elif isinstance(source, Mapping):
            frames, places = _of_tables(Tables.of(source))
        else:
            frames, places = _of_source(source)
        return cls.with_frames(frames, places)

    @classmethod
    def changes_of(cls, source: Source) -> Scan:
        """Open tables of changed rows, of which any may be missing.

        Raises:
            FactsError: CR481, a column is missing; CR482, a file cannot be read.
        """
        frames, places = _of_folder(source) if isinstance(source, Folder) else _of_source(source)
        return cls.with_frames(frames, places, whole=False)

    @classmethod
    def with_frames(
        cls, frames: Mapping[str, pl.LazyFrame], places: Mapping[str, str], *, whole: bool = True
    ) -> Scan:
        """Take frames whose rows are numbered; *whole* ones hold every table that must be there.

        Raises:
            FactsError: as for `of`.
        """
        schemas = {}
        for name, frame in frames.items():
            try:
                schemas[name] = dict(frame.collect_schema())
            except (OSError, pl.exceptions.PolarsError) as error:
                raise FactsError([_broken(places.get(name, name), error)]) from None
        heads = {name: pl.DataFrame(schema=schema) for name, schema in schemas.items()}
        missing = {} if whole else {table.name: _head(table.name) for table in SCHEMA if table.needed}
        Tables.of({**missing, **heads}, dict(places))
        return cls(frames, schemas, places)

    def has(self, table: str, column: str) -> bool:
        """Say whether a table has a column."""
        return column in self.schemas.get(table, {})

    def frame(self, table: str) -> pl.LazyFrame:
        """Return a table; one that is not there has no rows and only the columns it needs."""
        found = self.frames.get(table)
        if found is not None:
            return found
        return _head(table).lazy()

    def plain(self, table: str) -> pl.DataFrame:
        """Bring a whole table into memory, as it may be written."""
        return self.read(table, self.frame(table).drop(ROW))

    def key(self, table: str, column: str) -> pl.Expr:
        """Return a column of keys as they are compared: whole numbers as they are, else plain text."""
        return plain_key(column, self.schemas.get(table, {}).get(column))

    def key_type(self, table: str, column: str) -> Any:
        """Return the type that `key` has."""
        kind = self.schemas.get(table, {}).get(column, pl.String())
        return pl.Int64() if kind.is_integer() else pl.String()

    def keys(self, table: str, column: str, where: pl.Expr | None = None) -> pl.Series:
        """Return the distinct keys in a column, of all rows or of some."""
        rows = self.frame(table) if where is None else self.frame(table).filter(where)
        return self.read(table, rows.select(self.key(table, column).alias("key")).unique())[
            "key"
        ].drop_nulls()

    def among(self, table: str, column: str, keys: pl.Series) -> pl.Expr:
        """Return the condition that the key in a column is among some."""
        mine = self.key(table, column)
        if keys.dtype != self.key_type(table, column):
            mine, keys = mine.cast(pl.String), keys.cast(pl.String)
        return mine.is_in(keys.implode()).fill_null(False)

    def read(self, table: str, rows: pl.LazyFrame) -> pl.DataFrame:
        """Bring rows into memory.

        Raises:
            FactsError: CR482, a file cannot be read.
        """
        try:
            return rows.collect()
        except (OSError, pl.exceptions.PolarsError) as error:
            raise FactsError([_broken(self.places.get(table, table), error)]) from None


def _head(table: str) -> pl.DataFrame:
    needed = {column.name: pl.String for column in TABLES[table].columns if column.needed}
    return pl.DataFrame(schema={**needed, ROW: pl.UInt32})


def plain_key(column: str, kind: Any) -> pl.Expr:
    """Return a column of keys of a type in the form keys are compared in."""
    if kind is None:
        return pl.lit(None, pl.String)
    if kind.is_integer():
        return pl.col(column).cast(pl.Int64)
    if kind == pl.String:
        return pl.col(column).str.strip_chars()
    return pl.col(column).cast(pl.String).str.strip_chars()


def together(*keys: pl.Series) -> pl.Series:
    """Return several sets of keys as one; as texts where they are of two types."""
    kinds = {each.dtype for each in keys}
    kind = kinds.pop() if len(kinds) == 1 else pl.String()
    return pl.concat([each.cast(kind).alias("key") for each in keys]).unique()


def _of_source(source: Source) -> tuple[dict[str, pl.LazyFrame], dict[str, str]]:
    frames = {}
    for name in source.names:
        pieces = list(source.pieces(name))
        if pieces:
            frames[name] = pl.concat(pieces, how="vertical_relaxed").lazy()
    return frames, {}


def _of_tables(tables: Tables) -> tuple[dict[str, pl.LazyFrame], dict[str, str]]:
    frames = {}
    for table in SCHEMA:
        if table.name in tables.frames:
            frame = tables.frames[table.name]
            frames[table.name] = (frame if ROW in frame.columns else _numbered(frame)).lazy()
    return frames, dict(tables.sources)


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_row_index(ROW, 1).with_columns(pl.col(ROW).cast(pl.UInt32))


def _of_folder(folder: Folder) -> tuple[dict[str, pl.LazyFrame], dict[str, str]]:
    frames, places = {}, {}
    for name, paths in folder.files.items():
        places[name] = str(paths[0])
        try:
            pieces = [_scanned(path) for path in paths]
            whole = pieces[0] if len(pieces) == 1 else pl.concat(pieces, how="diagonal_relaxed")
            frames[name] = whole.with_row_index(ROW, 1).with_columns(pl.col(ROW).cast(pl.UInt32))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise FactsError([_broken(places[name], error)]) from None
    return frames, places


def _scanned(path: Any) -> pl.LazyFrame:
    match path.suffix:
        case ".parquet":
            return pl.scan_parquet(path)
        case ".csv":
            return pl.scan_csv(path, infer_schema=False)
        case _:
            return pl.scan_ipc(path)


def _broken(place: str, error: Exception) -> Finding:
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return Finding("CR482", Span(place), {"reason_en": said, "reason_zh": said, "given": place})
