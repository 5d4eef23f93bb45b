"""Population, Spark: which columns are read, and which columns the answers have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from creditrules.errors import EngineError, Finding, Span
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population.clean import clean
from creditrules.population.kernel import answers
from creditrules.population.ledger import REJECTS
from creditrules.population.plan import plan_of
from creditrules.population.schema import TABLES, WIDE
from creditrules.population.spark.work import REFUSED
from creditrules.population.tables import ROW, Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def only_declared(tables: Mapping[str, Any], catalogue: Catalogue) -> dict[str, DataFrame]:
    """Return the tables with the columns that are read and no others.

    Raises:
        EngineError: CR535, a table is no frame of Spark.
        FactsError: CR480, CR481, a table or a column is missing.
    """
    from pyspark.sql import DataFrame

    odd = {name: type(given).__name__ for name, given in tables.items() if not isinstance(given, DataFrame)}
    if odd:
        raise EngineError(
            Finding("CR535", Span(name), {"table": name, "given": kind}) for name, kind in odd.items()
        )
    Tables.of({name: {column: [] for column in given.columns} for name, given in tables.items()})
    chosen = {}
    for name, given in tables.items():
        read = {*TABLES[name].by_name, ROW, *(catalogue.facts if name in WIDE else ())}
        chosen[name] = given.select([f"`{column}`" for column in given.columns if column in read])
    return chosen


def answer_shapes(rulebook: Rulebook, tables: Mapping[str, DataFrame]) -> dict[str, Any]:
    """Return the schema of each table of answers, and that of the refused rows: those of no rows at all.

    Raises:
        EngineError: CR488, a guard depends on more facts than the engine holds.
    """
    empty = {name: pl.DataFrame(_arrow_schema(given).empty_table()) for name, given in tables.items()}
    made = clean(Tables.of(empty), rulebook.catalogue, rulebook.on)
    found = answers(plan_of(rulebook), made.data)
    shapes = {name: table.schema for name, table in found.tables.items()}
    shapes[REFUSED] = pl.DataFrame(schema=REJECTS).to_arrow().schema
    return {name: pa.schema([(f.name, _plain(f.type)) for f in shape]) for name, shape in shapes.items()}


def spark_schema(shape: Any) -> Any:
    """Return a schema of Arrow as one of Spark."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(shape)


def _arrow_schema(frame: DataFrame) -> Any:
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(frame.schema)


def _plain(kind: Any) -> Any:
    """Return a type of Arrow in the form Spark has it."""
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_large_list(kind) or pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    return pa.int64() if pa.types.is_unsigned_integer(kind) else kind
