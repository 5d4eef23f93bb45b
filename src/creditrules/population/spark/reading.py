"""Population, Spark: a folder of tables as frames of Spark, each row with its number in its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creditrules.errors import Finding, Span, UsageError
from creditrules.population.schema import SCHEMA
from creditrules.population.tables import ROW

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def read_folder(spark: SparkSession, folder: str) -> dict[str, DataFrame]:
    """Read the tables in a folder: `NAME.parquet`, a folder `NAME` of such files, or `NAME.csv`.

    Rows of Parquet are numbered through all files in the order of their names, as on one machine; rows of CSV
    as Spark reads them, which for one file is the order of its lines.

    Args:
        spark: the session.
        folder: any folder the workers can read, by its path or URL.

    Raises:
        UsageError: CR482, there is no table.
    """
    found = {}
    for table in SCHEMA:
        ways = ((_parquet, ".parquet"), (_parquet, ""), (_csv, ".csv"))
        read = (way(spark, f"{folder}/{table.name}{suffix}") for way, suffix in ways)
        rows = next((rows for rows in read if rows is not None), None)
        if rows is not None:
            found[table.name] = rows
    if not found:
        words = {"given": folder, "reason_en": "it holds no table", "reason_zh": "其中没有数据表"}
        raise UsageError([Finding("CR482", Span(folder), words)])
    return found


def _parquet(spark: SparkSession, path: str) -> DataFrame | None:
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    try:
        read = spark.read.parquet(path)
    except AnalysisException:
        return None
    number = f.col("_metadata.row_index") + 1
    if len(read.inputFiles()) > 1:
        place = f.col("_metadata.file_path")
        counted = read.groupBy(place.alias("file")).count().collect()
        before, starts = 0, []
        for file, count in sorted(tuple(row) for row in counted):
            starts += [f.lit(file), f.lit(before)]
            before += count
        number += f.create_map(starts)[place]
    return read.withColumn(ROW, number)


def _csv(spark: SparkSession, path: str) -> DataFrame | None:
    from pyspark.errors import AnalysisException

    try:
        return spark.read.csv(path, header=True, escape='"', inferSchema=False)
    except AnalysisException:
        return None
