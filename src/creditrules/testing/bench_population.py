"""Testing: how long a whole population takes, beside a kernel by hand and a join in SQL.

Everybody reads the same files and ends with tables of Arrow. Rows are compared first, all of them; then each
has its turn a few times, and the shortest time on the clock counts: threads are part of what is measured.

We are measured twice: with the columns the others give (who is listed, whom it meets, which measure, which
unit), and with every column of every table of answers laid out.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import polars as pl
from attrs import field, frozen

from creditrules.errors import EngineError, Finding, Span
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population import decide_population
from creditrules.population.clean import clean
from creditrules.population.kernel import answers
from creditrules.population.laid import columns_of
from creditrules.population.plan import plan_of
from creditrules.population.sample import check_sample
from creditrules.population.sources import Folder
from creditrules.testing.bench import Told, present
from creditrules.testing.crowds import crowd
from creditrules.testing.peers.problem import version_of
from creditrules.testing.population_baselines import Exploded, copied, duckdb_rows, numpy_rows
from creditrules.testing.population_workload import ON, Drawn, catalogue, population

LISTS, TENFOLD, ROUNDS, SAMPLE = 50, 10, 5, 50
OURS, WHOLE, COPY, BY_HAND, JOIN = "population", "population_whole", "copy", "numpy", "duckdb"
# What the rows of the others say: the subject, the person, the memorandum and its measure, the unit.
_SAME = ("listed", "target", "rule", "unit")
_ROW = ("subject", "person", "memorandum", "measure", "unit")


@frozen
class PopulationLine:
    """One contestant: the shortest time in seconds, and how many rows it came to."""

    name: str
    seconds: float
    rows: int | None = None
    does: str = "all"
    version: str = ""


@frozen
class PopulationSection:
    """What was measured on one kind of population.

    `tenfold` is how many times as long every column takes with ten times the lists, `compared` counts rows
    that were the same for everybody, `sampled` the subjects decided again by the reference engine.
    """

    key: str
    size: Mapping[str, int]
    lines: tuple[PopulationLine, ...]
    absent: tuple[str, ...] = ()
    compared: int = 0
    sampled: int = 0
    tenfold: float | None = field(default=None)

    def line(self, name: str) -> PopulationLine:
        """Return a line by the name of its contestant."""
        return next(line for line in self.lines if line.name == name)

    def times(self, line: PopulationLine, than: str = OURS) -> float:
        """Return how many times as long as another a contestant takes."""
        return line.seconds / self.line(than).seconds


def bench_population_workload(
    subjects: int,
    peers: Iterable[str] = (JOIN,),
    *,
    rounds: int = ROUNDS,
    told: Told = lambda done, of: None,
) -> PopulationSection:
    """Measure the workload for so many organisations; half as many persons hold their roles.

    Raises:
        EngineError: CR598, somebody gives other rows.
    """
    installed, absent = present([name for name in peers if name == JOIN])
    drawn, larger = Drawn(LISTS), Drawn(LISTS * TENFOLD)
    exploded = Exploded(drawn)
    book, large = (catalogue(d).rulebook(on=ON) for d in (drawn, larger))
    with TemporaryDirectory() as folder:
        once, tenfold = Path(folder, "once"), Path(folder, "tenfold")
        for place, lists in ((once, LISTS), (tenfold, LISTS * TENFOLD)):
            write_tables(population(subjects, lists), place)
        runs: dict[str, Callable[[], Any]] = {BY_HAND: lambda: numpy_rows(once, exploded)}
        if installed:
            runs[JOIN] = lambda: duckdb_rows(once, drawn)
        made = whole(book, once)
        right = pl.DataFrame(pl.from_arrow(runs[BY_HAND]()))
        _check(OURS, rows_of(made, book, drawn), right)
        for name in installed:
            _check(name, pl.DataFrame(pl.from_arrow(runs[name]())), right)
        times = in_turn(
            {
                OURS: lambda: same_columns(book, once),
                **runs,
                "tenfold": lambda: whole(large, tenfold),
                WHOLE: lambda: whole(book, once),
            },
            rounds,
            told,
        )
        copy = min(copied(once, [made.tables[name] for name in ("actions", "parts")]) for _ in range(rounds))
    lines = [
        PopulationLine(COPY, copy, does="nothing"),
        PopulationLine(BY_HAND, times[BY_HAND], right.height, "rows", version_of("numpy")),
        PopulationLine(OURS, times[OURS], made.tables["parts"].num_rows, "rows"),
        PopulationLine(WHOLE, times[WHOLE], made.tables["parts"].num_rows),
        *(PopulationLine(name, times[name], right.height, "rows", version_of(name)) for name in installed),
    ]
    size = {"lists": LISTS, "measures": len(book.rules), "subjects": subjects}
    more = times["tenfold"] / times[WHOLE]
    key = "population_workload"
    return PopulationSection(key, size, tuple(lines), tuple(absent), right.height, tenfold=more)


def bench_population_shipped(
    rules: Catalogue, subjects: int, *, rounds: int = ROUNDS, told: Told = lambda done, of: None
) -> PopulationSection:
    """Measure a catalogue on an invented crowd of so many subjects.

    Raises:
        EngineError: CR530, the reference engine says something else of one of a few.
    """
    book = rules.rulebook(on=ON)
    with TemporaryDirectory() as name:
        folder = Path(name, "crowd")
        write_tables(crowd(subjects, rules), folder)
        tables = Folder.of(folder).whole()
        made = clean(tables, rules, ON)
        found = answers(plan_of(book), made.data)
        sampled = check_sample(book, made, found.tables, SAMPLE, None)
        times = in_turn({OURS: lambda: whole(book, folder)}, rounds, told)
        copy = min(copied(folder, list(found.tables.values())) for _ in range(rounds))
    lines = (
        PopulationLine(COPY, copy, does="nothing"),
        PopulationLine(OURS, times[OURS], found.tables["parts"].num_rows),
    )
    size = {"rules": len(book.rules), "subjects": subjects}
    return PopulationSection("population_shipped", size, lines, sampled=sampled.subjects)


def decided(book: Rulebook, folder: Path) -> Any:
    """Read the tables in a folder and decide them."""
    return decide_population(book, Folder.of(folder).whole())


def same_columns(book: Rulebook, folder: Path) -> Any:
    """Read the tables in a folder, decide them, and lay out what the kernel by hand gives."""
    return columns_of(decided(book, folder).tables, "parts", _SAME)


def whole(book: Rulebook, folder: Path) -> Any:
    """Read the tables in a folder, decide them, and lay out every column of every table of answers."""
    made = decided(book, folder)
    for name in made.tables:
        made.tables[name]
    return made


def write_tables(tables: Mapping[str, pl.DataFrame], folder: Path) -> None:
    """Write tables as Parquet into a new folder."""
    folder.mkdir(parents=True)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")


def rows_of(made: Any, book: Rulebook, drawn: Drawn) -> pl.DataFrame:
    """Return what was decided as the kernel by hand gives it: a row for each measure and whom it meets."""
    actions = pl.DataFrame(pl.from_arrow(made.tables["actions"])).select("action", "unit", "target")
    parts = pl.DataFrame(pl.from_arrow(made.tables["parts"])).select("action", "rule", "listed")
    numbers = {
        rule.key: (int(rule.document.removeprefix("memo")), int(rule.part or 0)) for rule in book.rules
    }
    rules = pl.DataFrame(
        [(key, *pair) for key, pair in numbers.items()],
        schema={"rule": pl.String, "memorandum": pl.Int16, "measure": pl.Int8},
        orient="row",
    )
    units = pl.DataFrame({"unit": [f"unit{n}" for n in range(40)], "number": range(40)})
    both = (
        parts.with_columns(pl.col("rule").cast(pl.String))
        .join(actions.with_columns(pl.col("unit").cast(pl.String)), on="action")
        .join(rules, on="rule")
        .join(units, on="unit")
    )
    person = pl.when(pl.col("target") != pl.col("listed")).then("target").alias("person")
    return both.select(
        pl.col("listed").alias("subject"), person, "memorandum", "measure", pl.col("number").alias("unit")
    )


def _check(name: str, rows: pl.DataFrame, right: pl.DataFrame) -> None:
    """See that two tables hold the same rows, each as often.

    Raises:
        EngineError: CR598, with the first subject of whom they do not.
    """
    counted = [
        table.select(pl.col(column).cast(pl.Int64) for column in _ROW).group_by(_ROW).len()
        for table in (rows, right)
    ]
    odd = [
        one.join(other, on=[*_ROW, "len"], how="anti", nulls_equal=True)["subject"].min()
        for one, other in (counted, counted[::-1])
    ]
    wrong = [number for number in odd if number is not None]
    if wrong:
        words = {"name": name, "number": str(min(wrong))}
        raise EngineError([Finding("CR598", Span(name), words)])


def in_turn(
    runs: Mapping[str, Callable[[], object]], rounds: int, told: Told = lambda done, of: None
) -> dict[str, float]:
    """Return the shortest time of each of some runs, each in its turn, so that all meet the same machine."""
    best = dict.fromkeys(runs, float("inf"))
    for done in range(rounds):
        for name, run in runs.items():
            gc.collect()
            start = perf_counter()
            run()
            best[name] = min(best[name], perf_counter() - start)
        told(done + 1, rounds)
    return best
