"""Populations: the engine against a kernel written by hand, a join in SQL, and copying the bytes.

Every engine reads the same Parquet files and ends with Arrow tables; rows are counted first, and a sample of
the subjects of the shipped catalogue is decided again by the reference engine. Unlike the other benchmarks
these measure time on the clock, the shortest of a few, each engine in turn: threads are part of what is
measured.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.measuring import ON, Result
from benchmarks.population_baselines import Exploded, copied, duckdb_rows, numpy_rows
from benchmarks.population_workload import Drawn, catalogue, population
from creditrules import load_catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population import decide_population
from creditrules.population.clean import clean
from creditrules.population.kernel import answers
from creditrules.population.plan import plan_of
from creditrules.population.sample import check_sample
from creditrules.population.sources import Folder
from creditrules.population.tables import Tables
from creditrules.testing.crowds import crowd

SUBJECTS = 1_000_000
ROUNDS = 5
LISTS = 50


def results() -> list[Result]:
    """Measure the workload with its peers, ten times the catalogue, and the shipped catalogue."""
    with TemporaryDirectory() as folder:
        return [*_workload(Path(folder)), *_shipped()]


def _workload(folder: Path) -> list[Result]:
    drawn, larger = Drawn(LISTS), Drawn(LISTS * 10)
    book, large = (catalogue(d).rulebook(on=ON) for d in (drawn, larger))
    _write(folder / "once", LISTS)
    _write(folder / "tenfold", LISTS * 10)
    exploded = Exploded(drawn)
    made = _run(book, folder / "once")
    rows = numpy_rows(folder / "once", exploded)
    assert made.tables["parts"].num_rows == rows.num_rows == duckdb_rows(folder / "once", drawn).num_rows
    engine, numpy, tenfold, join = _in_turn(
        lambda: _run(book, folder / "once"),
        lambda: numpy_rows(folder / "once", exploded),
        lambda: _run(large, folder / "tenfold"),
        lambda: duckdb_rows(folder / "once", drawn),
    )
    copy = min(copied(folder / "once", (made.tables["actions"], made.tables["parts"])) for _ in range(ROUNDS))
    note = f"{SUBJECTS:,} subjects, {rows.num_rows:,} parts"
    return [
        Result("population, workload", engine, note=note),
        Result("its rows by hand-written numpy", numpy),
        Result("its rows by one join in DuckDB", join),
        Result("copying the bytes in and out", copy),
        Result("population: time of numpy / own", numpy / engine, unit="x", note="at least 1"),
        Result("population: time of DuckDB / own", join / engine, unit="x", note="at least 4"),
        Result("population / copying", engine / copy, 12, unit="x"),
        Result("population, ten times the catalogue / once", tenfold / engine, 1.5, unit="x"),
        Result("most memory so far", getrusage(RUSAGE_SELF).ru_maxrss / 1024, unit="MiB"),
    ]


def _shipped() -> list[Result]:
    book = load_catalogue().rulebook(on=ON)
    tables = Tables.of(crowd(SUBJECTS, book.catalogue))
    made = clean(tables, book.catalogue, book.on)
    sampled = check_sample(book, made, answers(plan_of(book), made.data).tables, 50, None)
    (seconds,) = _in_turn(lambda: decide_population(book, tables))
    note = f"{SUBJECTS:,} subjects, 3 % of them listed; {sampled.subjects} decided again and equal"
    return [Result("population, shipped catalogue", seconds, 2.0, note=note)]


def _write(folder: Path, lists: int) -> None:
    folder.mkdir()
    for name, table in population(SUBJECTS, lists).items():
        table.write_parquet(folder / f"{name}.parquet")


def _run(book: Rulebook, folder: Path) -> Any:
    return decide_population(book, Folder.of(folder).whole())


def _in_turn(*runs: Callable[[], object]) -> list[float]:
    """Return the shortest time of each of some runs, each in its turn, so that all meet the same machine."""
    best = [float("inf")] * len(runs)
    for _ in range(ROUNDS):
        for n, run in enumerate(runs):
            gc.collect()
            start = perf_counter()
            run()
            best[n] = min(best[n], perf_counter() - start)
    return best
