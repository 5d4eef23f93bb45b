"""On Spark, in one process: the answers are those of one machine, and what a worker finds comes home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from creditrules import load_catalogue
from creditrules.errors import EngineError, FactsError
from creditrules.model.rulebook import Rulebook
from creditrules.population import Population, decide_population
from creditrules.population.compare import rows_of_tables
from creditrules.population.sources import source_of
from creditrules.population.spark import SparkPopulation, carried, decide_spark, read_folder
from creditrules.testing import population_workload as workload
from creditrules.testing.crowds import Crowd, crowd
from tests.support.crowds import ON, people, refused, rulebook, tables
from tests.support.sparks import frames


def _assert_same(spread: SparkPopulation, alone: Population, book: Rulebook) -> None:
    there = {name: table.toArrow() for name, table in spread.tables.items()}
    numbers = there["actions"]["action"].to_pylist()

    assert rows_of_tables(there, book) == rows_of_tables(alone.tables, book)
    assert len(set(numbers)) == len(numbers)
    assert spread.counts.rows() == alone.counts.rows()
    assert sorted(map(tuple, spread.refused.collect()), key=str) == sorted(alone.rejects.rows(), key=str)


def _broken(made: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return a population some of whose rows cannot be used, or come twice."""
    made = {name: table.with_columns(pl.col(pl.Categorical).cast(pl.String)) for name, table in made.items()}
    odd = {"subjects": "kind", "listings": "list", "roles": "role", "findings": "finds", "facts": "value"}
    for name, column in odd.items():
        table = made[name].with_row_index("n")
        bad = pl.when(pl.col("n") % 97 == 5).then(pl.lit("?")).otherwise(pl.col(column)).alias(column)
        made[name] = pl.concat([table.with_columns(bad), table[7:9]]).drop("n")
    return made


def test_workers_say_what_one_machine_says(spark: Any) -> None:
    """A random crowd with broken rows, in four chunks: rows, counts and refused rows are the same."""
    made = _broken(crowd(1200, load_catalogue(), Crowd(listed=0.2), seed=5))
    alone = decide_population(rulebook(), made)
    steps: list[tuple[str, int]] = []
    spread = decide_spark(
        spark,
        rulebook(),
        ON,
        frames(spark, made),
        chunks=4,
        sample=12,
        told=lambda p: steps.append((p.step, p.done)),
    )

    assert alone.rejects.height > 30
    assert spread.sampled.subjects == 12
    assert steps == [*(("spreading", n) for n in range(1, 6)), ("deciding", 4)]
    _assert_same(spread, alone, rulebook())


def test_an_organisation_with_thousands_of_roles_is_like_any_other(spark: Any) -> None:
    """The workload, one of whose listed firms has three thousand role holders: the answers are the same."""
    book = workload.catalogue(workload.Drawn(50)).rulebook(on=workload.ON)
    made = workload.population(300, 50)
    holders = pl.DataFrame({"id": range(10_000, 13_000), "kind": workload.PERSON})
    subjects = made["subjects"].with_columns(pl.col(pl.Enum).cast(pl.String))
    made["subjects"] = pl.concat([subjects, holders], how="diagonal_relaxed")
    firm = made["listings"].filter(pl.col("removed").is_null() & (pl.col("until") > workload.ON))["subject"][
        0
    ]
    office = {"organisation": firm, "role": workload.REPRESENTATIVE, "since": workload.ON.replace(year=2010)}
    roles = holders.select(pl.col("id").alias("person")).with_columns(
        pl.lit(value).alias(name) for name, value in office.items()
    )
    made["roles"] = pl.concat(
        [made["roles"].with_columns(pl.col("role").cast(pl.String)), roles], how="diagonal_relaxed"
    )
    spread = decide_spark(spark, book, workload.ON, frames(spark, made), chunks=5, sample=0)

    _assert_same(spread, decide_population(book, made), book)
    assert spread.actions.filter("target >= 10000").select("target").distinct().count() > 1000


def test_rows_of_many_files_keep_their_numbers(spark: Any, tmp_path: Path) -> None:
    """A refused row is named by its number through all files of its table, as on one machine."""
    rows = people()
    rows["listings"][1]["list"] = "?"
    rows["facts"][1]["value"] = "perhaps"
    rows["roles"][1]["role"] = "cousin"
    for name, table in tables(rows).items():
        if name == "roles":
            table.write_csv(tmp_path / "roles.csv")
            continue
        (tmp_path / name).mkdir()
        table[1:].write_parquet(tmp_path / name / "b.parquet")
        table[:1].write_parquet(tmp_path / name / "a.parquet")
    given = read_folder(spark, str(tmp_path))
    spread = decide_spark(spark, [], ON, given)
    alone = decide_population(rulebook(), source_of(str(tmp_path)).whole())

    assert refused(alone) > {("listings", 2, "CR419"), ("facts", 2, "CR424")}
    assert spread.chunks == 1
    _assert_same(spread, alone, rulebook())
    with pytest.raises(FactsError, match=r"CR487 .*`facts`"):
        decide_spark(spark, rulebook(), ON, given, on_error="stop")


def test_a_worker_with_another_library_decides_nothing(spark: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker finds wrong is raised where the job was started, with its code."""
    monkeypatch.setattr(carried, "library", lambda: "creditrules 9.9")

    with pytest.raises(EngineError, match=r"CR536 .*creditrules 9\.9"):
        decide_spark(spark, rulebook(), ON, frames(spark, tables()), chunks=1)


def test_what_is_missing_is_told_before_any_job(spark: Any) -> None:
    """A table that is no frame of Spark, a table or a column that is not there."""
    given = frames(spark, tables())

    with pytest.raises(EngineError, match="CR535"):
        decide_spark(spark, rulebook(), ON, {**given, "roles": tables()["roles"]})
    with pytest.raises(FactsError, match="CR480"):
        decide_spark(spark, rulebook(), ON, {"subjects": given["subjects"]})
    with pytest.raises(FactsError, match="CR481"):
        decide_spark(spark, rulebook(), ON, {**given, "listings": given["listings"].drop("list")})
