"""A population says of every subject what the reference engine says of it alone, chunked or not."""

from __future__ import annotations

import glob
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditrules import load_catalogue
from creditrules.compile.passes import compile_rulebook
from creditrules.decide.decide import decide
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.population import decide_population, run_population
from creditrules.population.compare import Rows, rows_of_decision, rows_of_tables
from creditrules.testing.dossiers import Words, digested_dossier, dossiers, dossiers_of
from creditrules.testing.population import population_of
from creditrules.testing.strategies import catalogues, days, events
from tests.support.effort import many

_MANY = settings(deadline=None, max_examples=many(80), suppress_health_check=list(HealthCheck))
_FEW = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


class Crowd(NamedTuple):
    """A catalogue, some dossiers that fit it, a day, and what was known when."""

    rulebook: Rulebook
    dossiers: list[Dossier]
    known: date | None

    def tables(self) -> dict[str, Any]:
        """Return the dossiers as tables."""
        return population_of(self.dossiers, self.rulebook.catalogue)

    def expected(self) -> Rows:
        """Return what the reference engine says of each dossier."""
        rows: Rows = Counter()
        for number, dossier in enumerate(self.dossiers):
            decision = decide(self.rulebook, dossier, known=self.known, engine="reference")
            rows += rows_of_decision(decision, f"{number}.")
        return rows


@st.composite
def _crowds(draw: st.DrawFn) -> Crowd:
    catalogue = draw(catalogues())
    return _crowd(draw, catalogue, draw(st.lists(dossiers(catalogue), min_size=1, max_size=4)))


def _crowd(draw: st.DrawFn, catalogue: Catalogue, made: list[Dossier]) -> Crowd:
    if draw(st.booleans()):
        made = [_with_events(draw, dossier) for dossier in made]
    on = draw(st.one_of(st.just(date(2018, 12, 20)), days()))
    known = draw(st.one_of(st.none(), st.none(), days()))
    return Crowd(compile_rulebook(catalogue, on, draw(st.booleans())), made, known)


def _with_events(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    happened = (
        tuple(sorted(draw(events(most=4, recorded=True)), key=lambda e: e.on)) for _ in dossier.listings
    )
    listings = tuple(evolve(v, events=e) for v, e in zip(dossier.listings, happened, strict=True))
    return digested_dossier(evolve(dossier, listings=listings))


@st.composite
def _of_the_shipped_catalogue(draw: st.DrawFn) -> Crowd:
    catalogue = load_catalogue()
    lists, first = tuple(catalogue.lists), draw(st.integers(0, len(catalogue.lists) - 1))
    words = evolve(Words.of(catalogue), lists=(lists[first:] + lists[:first])[:4])
    return _crowd(draw, catalogue, draw(st.lists(dossiers_of(words), min_size=1, max_size=4)))


@_MANY
@given(_crowds())
def test_a_population_says_what_the_reference_says(crowd: Crowd) -> None:
    """Actions, parts, open points, measures out of time, records and standings are the same rows."""
    population = decide_population(crowd.rulebook, crowd.tables(), known=crowd.known)

    assert population.rejects.is_empty()
    assert rows_of_tables(population.tables, crowd.rulebook) == crowd.expected()


@_FEW
@given(_of_the_shipped_catalogue())
def test_it_does_so_for_the_shipped_catalogue(crowd: Crowd) -> None:
    """The documents as they are signed are no easier and no harder than random ones."""
    population = decide_population(crowd.rulebook, crowd.tables(), known=crowd.known)

    assert rows_of_tables(population.tables, crowd.rulebook) == crowd.expected()


@_FEW
@given(_crowds(), st.integers(2, 5))
def test_chunks_change_nothing(crowd: Crowd, chunks: int) -> None:
    """In how many chunks a population is decided makes no difference to what is decided or counted."""
    whole = decide_population(crowd.rulebook, crowd.tables(), known=crowd.known)
    with TemporaryDirectory() as folder:
        source, out = Path(folder) / "in", Path(folder) / "out"
        source.mkdir()
        for name, table in crowd.tables().items():
            table.write_parquet(source / f"{name}.parquet")
        run = run_population(crowd.rulebook, source, out, known=crowd.known, chunks=chunks, sample=9)
        parts = {name: _table(out / name) for name in whole.tables}

        assert rows_of_tables(parts, crowd.rulebook) == rows_of_tables(whole.tables, crowd.rulebook)
        assert run.counts.rows() == whole.counts.rows()


def _table(folder: Path) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted(glob.glob(f"{folder}/*.parquet"))
    return pa.concat_tables([pq.read_table(file) for file in files], promote_options="permissive")
