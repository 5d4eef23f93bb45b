"""What workers say of a population, however it is spread over them, is what one machine says."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import polars as pl
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditrules.compile.passes import compile_rulebook
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.population import decide_population
from creditrules.population.compare import rows_of_tables
from creditrules.testing.dossiers import digested_dossier, dossiers
from creditrules.testing.population import population_of
from creditrules.testing.strategies import catalogues, days, events
from tests.support.parcels import ORDER, pretended

_SOME = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


class Crowd(NamedTuple):
    """A rulebook, tables that fit it, and what was known when."""

    rulebook: Rulebook
    tables: dict[str, pl.DataFrame]
    known: date | None


@st.composite
def _crowds(draw: st.DrawFn) -> Crowd:
    catalogue = draw(catalogues())
    made = draw(st.lists(dossiers(catalogue), min_size=1, max_size=4))
    if draw(st.booleans()):
        made = [_with_events(draw, dossier) for dossier in made]
    rulebook = compile_rulebook(catalogue, draw(st.one_of(st.just(date(2018, 12, 20)), days())), False)
    tables = population_of(made, catalogue)
    if draw(st.booleans()):
        tables = {name: _broken(draw, frame) for name, frame in tables.items()}
    return Crowd(rulebook, tables, draw(st.one_of(st.none(), days())))


def _with_events(draw: st.DrawFn, dossier: Dossier) -> Dossier:
    happened = (
        tuple(sorted(draw(events(most=3, recorded=True)), key=lambda e: e.on)) for _ in dossier.listings
    )
    listings = tuple(evolve(v, events=e) for v, e in zip(dossier.listings, happened, strict=True))
    return digested_dossier(evolve(dossier, listings=listings))


def _broken(draw: st.DrawFn, frame: pl.DataFrame) -> pl.DataFrame:
    """Empty a field, write nonsense or what another row has into it, or repeat a row."""
    if not frame.height or draw(st.booleans()):
        return frame
    row = draw(st.integers(0, frame.height - 1))
    if draw(st.booleans()):
        return pl.concat([frame, frame[row]])
    texts: list[str] = [name for name, kind in frame.schema.items() if kind == pl.String]
    column = draw(st.sampled_from(texts))
    values: list[Any] = frame[column].to_list()
    values[row] = draw(st.sampled_from((None, "?", " ", f"{values[row]} ", *values)))
    return frame.with_columns(pl.Series(column, values, pl.String))


@_SOME
@given(_crowds(), st.integers(1, 5), st.integers(0, 99))
def test_a_cluster_says_what_one_machine_says(crowd: Crowd, chunks: int, seed: int) -> None:
    """Answers, counts and refused rows are the same, in whatever order the parts of a population arrive."""
    alone = decide_population(crowd.rulebook, crowd.tables, known=crowd.known)
    spread = pretended(crowd.rulebook, crowd.tables, chunks, crowd.known, seed)

    assert rows_of_tables(spread.tables, crowd.rulebook) == rows_of_tables(alone.tables, crowd.rulebook)
    assert spread.counts.rows() == alone.counts.rows()
    assert spread.refused.rows() == alone.rejects.sort(ORDER).rows()
