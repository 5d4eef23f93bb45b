"""Population, Spark: decide a population whose tables are frames of Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from creditrules.api import load_catalogue
from creditrules.errors import CreditRulesError, EngineError, FactsError, Finding, Span
from creditrules.load.sources import CatalogueSource
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population.ledger import FATES
from creditrules.population.progress import Told
from creditrules.population.run import SAMPLE, stopped_at
from creditrules.population.sample import Sampled
from creditrules.population.schema import TABLES
from creditrules.population.spark.carried import Carried
from creditrules.population.spark.findings import heard
from creditrules.population.spark.job import Job
from creditrules.population.spark.parcels import Parcel
from creditrules.population.spark.result import SparkPopulation
from creditrules.population.spark.shapes import answer_shapes, only_declared, spark_schema
from creditrules.population.spark.work import COUNTS, REFUSED, SAMPLED, Work, unpacking

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Source = str | Path | CatalogueSource
Rules = Rulebook | Catalogue | Source | Sequence[Source]
# Subjects in a chunk at most, so that it fits into the memory of one process; chunks are smaller as long as
# they are few, since every chunk may have something for every other. Chunks for each core where there are
# enough subjects; and what is too few to be split.
_MOST, _SUBJECTS, _MANY, _EACH, _FEW = 1_000_000, 100_000, 100, 3, 1_000


def decide_spark(
    spark: SparkSession,
    rules: Rules,
    on: date,
    tables: Mapping[str, DataFrame],
    *,
    known: date | None = None,
    recalled: bool = False,
    chunks: int | None = None,
    on_error: str = "reject",
    sample: int = SAMPLE,
    told: Told = lambda progress: None,
) -> SparkPopulation:
    """Decide a population on the workers of a cluster; the answers are those of `decide_population`.

    The job has been run when this returns; the workers keep the answers until `SparkPopulation.forget`.

    Args:
        spark: the session the tables belong to.
        rules: a rulebook, a catalogue, or the sources of one (see `load_catalogue`; none: the shipped one).
        on: the day of the decision.
        tables: the tables of `creditrules.population.schema` by their names. They must give the same rows in
            the same order whenever they are read, as files do; a column `row_number` says which row is which.
        known: decide as on what was recorded by this day.
        recalled: let measures act that are known from memory only.
        chunks: in how many parts; by default as many as the number of subjects asks for.
        on_error: `reject` leaves refused rows out and tells of them, `stop` stops when there are any.
        sample: how many subjects the reference engine decides again.
        told: called as the job goes on.

    Raises:
        CatalogueError: the sources have findings.
        FactsError: CR480, CR481, a table or a column is missing; CR487, rows were refused and the job is to
            stop.
        EngineError: CR530, the reference engine says something else; CR535, a table is no frame of Spark;
            CR536, CR537, a worker has another library or lacks a package; CR539, rows were lost.
    """
    rulebook = _rulebook(rules, on, recalled)
    given = only_declared(tables, rulebook.catalogue)
    shapes = answer_shapes(rulebook, given)
    carried = Carried.of(rulebook.catalogue, on, rulebook.recalled)
    with heard():
        parts = chunks or _parts(spark, given["subjects"].count())
        job = Job(Work(carried, parts, known, ceil(sample / parts)), given, told)
        try:
            decided = job.run()
        finally:
            job.forget()
        population = _population(rulebook, known, parts, decided, shapes)
        try:
            _check(job.rows, population.counts)
            if on_error == "stop":
                _stop(population)
        except CreditRulesError:
            population.forget()
            raise
    return population


def _population(
    rulebook: Rulebook, known: date | None, parts: int, decided: DataFrame, shapes: Mapping[str, Any]
) -> SparkPopulation:
    counts, sampled = _summed(decided)
    frames = {name: _typed(decided, name, shape) for name, shape in shapes.items()}
    refused = frames.pop(REFUSED)
    return SparkPopulation(rulebook, known, parts, frames, refused, counts, sampled, decided)


def _stop(population: SparkPopulation) -> None:
    """Stop where rows were refused.

    Raises:
        FactsError: CR487, with the first of them.
    """
    first = population.refused.filter("code <> 'CR486'").orderBy("table", "row").take(1)
    if first:
        raise FactsError([stopped_at(population.refused.count(), first[0].asDict())])


def _rulebook(rules: Rules, on: date, recalled: bool) -> Rulebook:
    if isinstance(rules, Rulebook) and rules.on == on:
        return rules
    if isinstance(rules, Rulebook):
        return rules.catalogue.rulebook(on=on, recalled=rules.recalled)
    if not isinstance(rules, Catalogue):
        sources = rules if isinstance(rules, Sequence) and not isinstance(rules, str) else [rules]
        rules = load_catalogue(*sources)
    return rules.rulebook(on=on, recalled=recalled)


def _parts(spark: SparkSession, subjects: int) -> int:
    """Return as many chunks as the memory of one process asks for, and as give every core something to do."""
    cores = spark.sparkContext.defaultParallelism
    small = min(ceil(subjects / _SUBJECTS), _MANY)
    return max(ceil(subjects / _MOST), small, min(_EACH * cores, ceil(subjects / _FEW)), 1)


def _typed(decided: DataFrame, name: str, shape: Any) -> DataFrame:
    rows = decided.filter(f"name = '{name}'").select("rows")
    return rows.mapInArrow(unpacking(shape), spark_schema(shape))


def _summed(decided: DataFrame) -> tuple[pl.DataFrame, Sampled]:
    """Add up the counts of all chunks, and what was decided again."""
    told = decided.filter(f"name IN ('{COUNTS}', '{SAMPLED}')").select("name", "rows").collect()
    found = [(row["name"], Parcel("", 0, "", -1, 0, bytes(row["rows"])).frame()) for row in told]
    schema = {"table": pl.String, "read": pl.UInt64, **dict.fromkeys(FATES, pl.UInt64)}
    none = pl.DataFrame([(table, *[0] * (len(schema) - 1)) for table in TABLES], schema=schema, orient="row")
    counts = pl.concat([none, *(frame for name, frame in found if name == COUNTS)])
    sampled = (Sampled(*frame.row(0)) for name, frame in found if name == SAMPLED)
    return counts.group_by("table", maintain_order=True).sum(), sum(sampled, Sampled())


def _check(rows: Mapping[str, int], counts: pl.DataFrame) -> None:
    """See that every row that was read was counted in one chunk, and in one only.

    Raises:
        EngineError: CR539, a table did not give the same rows whenever it was read.
    """
    counted = dict(counts.select("table", "read").rows())
    lost = [
        Finding("CR539", Span(name), {"table": name, "read": str(rows.get(name, 0)), "counted": str(count)})
        for name, count in counted.items()
        if count != rows.get(name, 0)
    ]
    if lost:
        raise EngineError(lost)
