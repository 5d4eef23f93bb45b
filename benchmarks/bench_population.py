"""Populations: the engine against a kernel written by hand, a join in SQL, and copying the bytes.

What is compared, and how, is that of `creditrules bench --population`: rows first, then time on the clock,
the shortest of a few, each engine in turn. Other benchmarks measure processor time; here threads are part of
what is measured.
"""

from __future__ import annotations

from resource import RUSAGE_SELF, getrusage

from benchmarks.measuring import Result
from creditrules import load_catalogue
from creditrules.testing.bench_population import (
    BY_HAND,
    COPY,
    JOIN,
    OURS,
    WHOLE,
    bench_population_shipped,
    bench_population_workload,
)

SUBJECTS = 1_000_000


def results() -> list[Result]:
    """Measure the workload with its peers, ten times the catalogue, and the shipped catalogue."""
    work = bench_population_workload(SUBJECTS)
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    shipped = bench_population_shipped(load_catalogue(), SUBJECTS)
    ours, whole = work.line(OURS), work.line(WHOLE)
    found = [
        Result(
            "population, the rows of the kernel by hand",
            ours.seconds,
            note=f"{SUBJECTS:,} subjects, {ours.rows:,} parts",
        ),
        Result("population, every column of every table", whole.seconds),
        Result("its rows by hand-written numpy", work.line(BY_HAND).seconds),
        Result("copying the bytes in and out", work.line(COPY).seconds),
        Result(
            "population: time of numpy / own", work.times(work.line(BY_HAND)), unit="x", note="at least 1"
        ),
        Result("population, every column / copying", work.times(whole, COPY), 12, unit="x"),
        Result("population, ten times the catalogue / once", work.tenfold or 0.0, 1.5, unit="x"),
        Result("most memory so far", memory, unit="MiB"),
    ]
    if JOIN not in work.absent:
        join = work.line(JOIN)
        found += [
            Result("its rows by one join in DuckDB", join.seconds),
            Result("population: time of DuckDB / own", work.times(join), unit="x", note="at least 4"),
        ]
    note = f"{SUBJECTS:,} subjects, 3 % of them listed; {shipped.sampled} decided again and equal"
    return [*found, Result("population, shipped catalogue", shipped.line(OURS).seconds, 2.0, note=note)]
