"""On a standalone cluster of two workers the answers are those of one machine, also when one is lost."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.dataset as ds
import pytest

from creditrules import load_catalogue
from creditrules.population import decide_population
from creditrules.population.compare import rows_of_tables
from creditrules.population.kernel import ANSWERS
from creditrules.testing.crowds import Crowd, crowd
from tests.support.crowds import ON, people, rulebook, tables, written
from tests.support.sparks import Cluster, cluster
from tests.support.tree import ROOT

SCRIPT = ROOT / "examples" / "spark" / "decide_city.py"
# The same job, in chunks, telling each step as it is done.
_STEPS = """\
import sys
from datetime import date
from pyspark.sql import SparkSession
from creditrules.population.spark import decide_spark, read_folder

source, out, on = sys.argv[1:]
spark = SparkSession.builder.getOrCreate()
population = decide_spark(
    spark, [], date.fromisoformat(on), read_folder(spark, source), chunks=6,
    told=lambda progress: print(progress.step, progress.done, flush=True),
)
for name, rows in {**population.tables, "rejects": population.refused}.items():
    rows.write.parquet(f"{out}/{name}")
population.counts.write_parquet(f"{out}/counts.parquet")
spark.stop()
"""


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Give a cluster of two workers."""
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def _answers(folder: Path) -> dict[str, object]:
    return {name: ds.dataset(folder / name, format="parquet").to_table() for name in ANSWERS}


def _rejects(folder: Path) -> list[tuple[object, ...]]:
    return pl.read_parquet(folder / "rejects" / "*.parquet").sort("table", "row").rows()


def test_two_workers_decide_the_example(workers: Cluster, tmp_path: Path) -> None:
    """The script that ships writes what one machine decides, and what explains it, and says the counts."""
    rows = people()
    rows["facts"][1]["value"] = "perhaps"
    job = workers.submit(SCRIPT, written(tmp_path / "in", rows), tmp_path / "out", ON)
    said, _ = job.communicate(timeout=240)
    log = workers.log()
    alone = decide_population(rulebook(), tables(rows))

    assert job.returncode == 0, log
    assert "2 subjects decided again" in said  # the fact of `b` is broken, `c` is not listed
    assert workers.begun() == 2
    assert rows_of_tables(_answers(tmp_path / "out"), rulebook()) == rows_of_tables(alone.tables, rulebook())
    assert _rejects(tmp_path / "out") == alone.rejects.sort("table", "row").rows()
    assert pl.read_parquet(tmp_path / "out" / "rules" / "*.parquet").height == len(rulebook().rules)


@pytest.mark.slow
def test_an_executor_that_is_killed_loses_and_doubles_nothing(workers: Cluster, tmp_path: Path) -> None:
    """What a killed executor had done is done again, and every row is there once."""
    made = crowd(3000, load_catalogue(), Crowd(listed=0.2), seed=9)
    (tmp_path / "in").mkdir()
    for name, table in made.items():
        plain = table.with_columns(pl.col(pl.Categorical).cast(pl.String))
        plain.write_parquet(tmp_path / "in" / f"{name}.parquet", row_group_size=500)
    script = tmp_path / "steps.py"
    script.write_text(_STEPS, "utf-8")
    before = workers.begun()
    job = workers.submit(script, tmp_path / "in", tmp_path / "out", ON)
    _kill_after(job, "spreading 3", workers)
    said, _ = job.communicate(timeout=400)
    log = workers.log()
    alone = decide_population(rulebook(), made)

    assert job.returncode == 0, log
    assert "deciding 6" in said
    assert workers.begun() - before > 2
    assert rows_of_tables(_answers(tmp_path / "out"), rulebook()) == rows_of_tables(alone.tables, rulebook())
    assert pl.read_parquet(tmp_path / "out" / "counts.parquet").rows() == alone.counts.rows()


def _kill_after(job: subprocess.Popen[str], step: str, workers: Cluster) -> None:
    """Kill the executor of one worker as soon as a job says that a step is done."""
    assert job.stdout is not None
    for line in job.stdout:
        if line.strip() == step:
            break
    executors = workers.executors()
    assert executors
    for process in executors:
        os.kill(process, signal.SIGKILL)
