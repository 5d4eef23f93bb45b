"""The impact of a change on a million subjects, and a second decision of a million, beside two full runs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import process_time

import polars as pl
from attrs import evolve

from benchmarks.measuring import Result
from creditrules.model.catalogue import Catalogue
from creditrules.model.words import Discretion
from creditrules.population import redecide, run_population
from creditrules.population.clean import clean
from creditrules.population.impact.comparing import compare
from creditrules.population.kernel import answers
from creditrules.population.memory import kept_memory
from creditrules.population.plan import plan_of
from creditrules.population.scan import Scan
from creditrules.population.sources import source_of
from creditrules.testing.population_workload import ON, Drawn, catalogue, population

# Organisations; half as many persons hold their roles.
SUBJECTS = 1_000_000
LISTS = 50
# So many of a thousand listings changed over night.
CHANGED = 10


def results() -> list[Result]:
    """Measure an impact, a second decision, and the full runs they spare."""
    folder = Path(tempfile.mkdtemp())
    try:
        return _measured(folder)
    finally:
        shutil.rmtree(folder)


def _measured(folder: Path) -> list[Result]:
    before = catalogue(Drawn(LISTS))
    tables = population(SUBJECTS, LISTS)
    (folder / "tables").mkdir()
    for name, table in tables.items():
        table.write_parquet(folder / "tables" / f"{name}.parquet")
    book, scan = before.rulebook(on=ON), Scan.of(source_of(folder / "tables"))
    one = _timed(lambda: compare(book, _one_measure(before).rulebook(on=ON), scan))
    unit = _timed(lambda: compare(book, _one_unit(before).rulebook(on=ON), scan))
    night = _timed(lambda: compare(book, before.rulebook(on=ON + timedelta(days=1)), scan))
    regimes = _timed(lambda: compare(book, before.rulebook(on=ON + timedelta(days=500)), scan), times=1)
    full = _timed(lambda: _two_runs(folder))
    run, again, whole = _again(folder, before, tables["listings"])
    return [
        Result("impact of one measure on 1 M organisations", one, 2.0),
        Result("impact of another unit for the measures of one memorandum", unit, 2.0),
        Result("impact of one day", night, 4.0),
        Result("impact of 500 days, decided in full", regimes),
        Result("reading and deciding them all twice, for comparison", full),
        Result("1 % of the listings changed, decided again a day later", again, 6.0),
        Result("the same with the run of today written", whole),
        Result("deciding and writing them all once, for comparison", run),
    ]


def _timed(run: Callable[[], object], times: int = 3) -> float:
    """Return the least processor time of a few calls; on a quiet machine with two cores one waits less."""
    found = []
    for _ in range(times):
        began = process_time()
        run()
        found.append(process_time() - began)
    return min(found)


def _one_measure(base: Catalogue) -> Catalogue:
    memorandum = base.memoranda["memo3"]
    first, *others = memorandum.measures
    effects = tuple(evolve(effect, discretion=Discretion.MAY) for effect in first.effects)
    return _with(base, evolve(memorandum, measures=(evolve(first, effects=effects), *others)), "measure")


def _one_unit(base: Catalogue) -> Catalogue:
    memorandum = base.memoranda["memo3"]
    units = memorandum.measures[0].units
    measures = tuple(evolve(measure, units=units) for measure in memorandum.measures)
    return _with(base, evolve(memorandum, measures=measures), "unit")


def _with(base: Catalogue, memorandum: object, digest: str) -> Catalogue:
    return evolve(base, memoranda={**base.memoranda, "memo3": memorandum}, digest=digest)


def _two_runs(folder: Path) -> None:
    base = catalogue(Drawn(LISTS))
    for on in (ON, ON + timedelta(days=1)):
        book = base.rulebook(on=on)
        with kept_memory():
            made = clean(source_of(folder / "tables").whole(), base, on, None)
            answers(plan_of(book), made.data)


def _again(folder: Path, base: Catalogue, listings: pl.DataFrame) -> tuple[float, float, float]:
    """Return how long a run takes, and to decide again what changed, without and with the run of today."""
    book = base.rulebook(on=ON)
    whole = _timed(
        lambda: run_population(book, folder / "tables", folder / "run", sample=0, memory=2**33), times=1
    )
    on = ON + timedelta(days=1)
    (folder / "changes").mkdir()
    some = listings.gather_every(1000 // CHANGED).with_columns(pl.lit(on).alias("removed"))
    some.write_parquet(folder / "changes" / "listings.parquet")

    def again(out: Path | None) -> None:
        redecide(
            folder / "run", base, folder / "tables", on=on, changes=folder / "changes", out=out, sample=0
        )

    return whole, _timed(lambda: again(None)), _timed(lambda: again(folder / "out"), times=1)
