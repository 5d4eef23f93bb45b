"""Population: the tables of a database, read through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars as pl
from attrs import frozen

from creditrules.errors import FactsError, UsageError
from creditrules.population.schema import SCHEMA
from creditrules.population.sources import AT_A_TIME, unreadable
from creditrules.population.tables import ROW, Tables


@frozen
class Database:
    """The tables of a database, by its URL as SQLAlchemy writes it."""

    url: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the tables that are there.

        Raises:
            UsageError: CR482, the database cannot be reached.
        """
        import sqlalchemy as sa

        try:
            there = set(sa.inspect(self._engine()).get_table_names())
        except sa.exc.SQLAlchemyError as error:
            said = str(error).splitlines()[0][:200]
            raise UsageError([unreadable(self._shown(), said, said)]) from None
        return tuple(table.name for table in SCHEMA if table.name in there)

    def whole(self) -> Tables:
        """Read every table."""
        frames = {}
        for name in self.names:
            pieces = list(self.pieces(name))
            if pieces:
                frames[name] = pl.concat(pieces, how="vertical_relaxed")
        return Tables.of(frames, {name: f"{self._shown()}:{name}" for name in frames})

    def pieces(self, table: str) -> Iterator[pl.DataFrame]:
        """Yield the rows of a table, some at a time, with their numbers in the order of the database.

        Raises:
            FactsError: CR482, the table cannot be read.
        """
        import sqlalchemy as sa

        first = 1
        try:
            with self._engine().connect().execution_options(stream_results=True) as connection:
                query = sa.text(f'SELECT * FROM "{table}"')
                batches = pl.read_database(
                    query, connection, iter_batches=True, batch_size=AT_A_TIME, infer_schema_length=None
                )
                for piece in batches:
                    numbers = np.arange(first, first + piece.height, dtype=np.uint32)
                    first += piece.height
                    yield piece.with_columns(pl.Series(ROW, numbers))
        except sa.exc.SQLAlchemyError as error:
            said = str(error).splitlines()[0][:200]
            raise FactsError([unreadable(f"{self._shown()}:{table}", said, said)]) from None

    def head(self, table: str) -> pl.DataFrame:
        """Return a table without its rows."""
        import sqlalchemy as sa

        columns = sa.inspect(self._engine()).get_columns(table)
        return pl.DataFrame(schema={column["name"]: pl.String for column in columns})

    def stamp(self) -> dict[str, str]:
        """Return nothing: whether a database has changed cannot be told."""
        return {self._shown(): "database"}

    def size(self) -> int:
        """Return the number of values in the tables, at eight bytes each."""
        import sqlalchemy as sa

        total = 0
        with self._engine().connect() as connection:
            for name in self.names:
                columns = len(sa.inspect(connection).get_columns(name))
                total += (
                    int(connection.execute(sa.text(f'SELECT COUNT(*) FROM "{name}"')).scalar_one())
                    * columns
                    * 8
                )
        return total

    def _engine(self) -> Any:
        import sqlalchemy as sa

        return sa.create_engine(self.url)

    def _shown(self) -> str:
        import sqlalchemy as sa

        return str(sa.engine.make_url(self.url).render_as_string(hide_password=True))
