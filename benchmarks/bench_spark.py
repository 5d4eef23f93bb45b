"""Populations on Spark: a million subjects in local mode with two cores, and one process on the same files.

Both read the same Parquet files, and both must give the same counts. Times are on the clock, and processor
time of all processes, which another program on the machine changes little. By itself: `python -m
benchmarks.run spark`; without Java or PySpark it says what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.measuring import ON, Result
from creditrules import load_catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population import run_population
from creditrules.population.kernel import ANSWERS
from creditrules.testing.bench_population import whole, write_tables
from creditrules.testing.crowds import crowd
from creditrules.testing.population_workload import Drawn, catalogue, population

SUBJECTS = 1_000_000
LISTS, CORES, ROUNDS, MORE = 50, 2, 2, 3
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "3g",
    "spark.driver.maxResultSize": "2g",
    "spark.sql.shuffle.partitions": "6",
}


def results() -> list[Result]:
    """Measure the workload and the shipped catalogue."""
    lacks = [name for name in ("java", "pyspark") if not (shutil.which(name) or find_spec(name))]
    if lacks:
        print(f"not measured, missing: {', '.join(lacks)}", file=sys.stderr)
        return []
    works: list[tuple[str, Callable[[], Mapping[str, Any]]]] = [
        ("workload", lambda: population(SUBJECTS, LISTS)),
        ("shipped catalogue", lambda: crowd(SUBJECTS, load_catalogue())),
    ]
    with TemporaryDirectory() as name, _session(Path(name)) as (spark, began):
        found = [Result("spark: session", began)]
        for work, tables in works:
            folder = Path(name, work.replace(" ", "-"))
            write_tables(tables(), folder)
            found += _measured(spark, work, book_of(work), folder)
    return found


def book_of(work: str) -> Rulebook:
    """Return the rules of a kind of work."""
    rules = catalogue(Drawn(LISTS)) if work == "workload" else load_catalogue()
    return rules.rulebook(on=ON)


def _measured(spark: Any, work: str, book: Rulebook, folder: Path) -> Iterator[Result]:
    from creditrules.population.spark import decide_spark, read_folder

    def spread(chunks: int | None = None) -> Any:
        return decide_spark(spark, book, ON, read_folder(spark, str(folder)), chunks=chunks, sample=0)

    alone, _, _ = _timed(lambda: whole(book, folder))
    answers, *first = _timed(spread)
    _check(answers, alone)
    many, one = [], []
    for _ in range(ROUNDS):
        answers.forget()
        answers, *times = _timed(spread)
        many.append(times)
        one.append(_timed(lambda: whole(book, folder))[1:])
    answers.forget()
    more, _, used_more = _timed(lambda: spread(answers.chunks * MORE))
    more.forget()
    clock, used = (min(each) for each in zip(*many, strict=True))
    own_clock, own_used = (min(each) for each in zip(*one, strict=True))
    out = folder.with_name(f"{folder.name}-decided")
    _, run_clock, run_used = _timed(
        lambda: run_population(book, folder, out, chunks=answers.chunks, sample=0)
    )
    each = (used_more - used) / (answers.chunks * (MORE - 1))
    note = f"{alone.counts['read'][0]:,} subjects, {answers.chunks} chunks, counts equal"
    yield Result(f"spark, {work}: {CORES} cores, local, clock", clock, note=note)
    yield Result(f"spark, {work}: processor time", used)
    yield Result(f"spark, {work}: the first time, clock", first[0])
    yield Result(f"spark, {work}: the first time, processor time", first[1])
    yield Result(f"spark, {work}: one process with Polars, clock", own_clock)
    yield Result(f"spark, {work}: one process with Polars, processor time", own_used)
    yield Result(f"spark, {work}: one process, {answers.chunks} chunks, clock", run_clock)
    yield Result(f"spark, {work}: one process, {answers.chunks} chunks, processor time", run_used)
    yield Result(f"spark, {work}: one more chunk, processor time", each, note=f"of {MORE} times as many")
    yield Result(f"spark, {work}: Parquet in", _bytes(folder) / 1e6, unit="MB")
    yield Result(f"spark, {work}: Parquet out", _bytes(out) / 1e6, unit="MB")
    yield Result(f"spark, {work}: memory of one process, one chunk", _memory(work, folder), unit="MiB")


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.parquet"))


def _memory(work: str, folder: Path) -> float:
    """Return the most memory of a new process that decides everything in one chunk."""
    code = (
        "import re, sys; from pathlib import Path; from benchmarks import bench_spark as bench\n"
        "bench.whole(bench.book_of(sys.argv[1]), Path(sys.argv[2]))\n"
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) / 1024)"
    )
    command = [sys.executable, "-c", code, work, str(folder)]
    return float(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def _timed(run: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what comes of a call, its time on the clock, and the processor time of all that work for it."""
    start, used = perf_counter(), _used()
    made = run()
    return made, perf_counter() - start, _used() - used


def _used() -> float:
    """Return the processor time of this process and of all below it: Java, and the Python it starts."""
    above, ticks = {}, {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (entry / "stat").read_text().rpartition(")")[2].split()
            above[int(entry.name)], ticks[int(entry.name)] = int(told[1]), sum(map(int, told[11:15]))
    ours = {os.getpid()}
    while more := {process for process, parent in above.items() if parent in ours} - ours:
        ours |= more
    return sum(ticks[process] for process in ours) / os.sysconf("SC_CLK_TCK")


def _check(answers: Any, alone: Any) -> None:
    """See that Spark gives as many rows of every kind as one process does, and read as many."""
    assert answers.counts.rows() == alone.counts.rows()
    for name in ANSWERS:
        assert answers[name].count() == alone.tables[name].num_rows, name


@contextmanager
def _session(folder: Path) -> Iterator[tuple[Any, float]]:
    """Give a session in this process, and how long it took to begin."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    os.environ |= {"POLARS_MAX_THREADS": "1", "SPARK_LOCAL_DIRS": str(folder)}
    from pyspark.sql import SparkSession

    start = perf_counter()
    builder = SparkSession.builder.master(f"local[{CORES}]")
    for name, value in {**_SETTINGS, "spark.sql.warehouse.dir": str(folder)}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session, perf_counter() - start
    finally:
        session.stop()
