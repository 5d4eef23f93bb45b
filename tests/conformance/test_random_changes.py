"""On random worlds that change, the fast ways say what the reference engine says of each dossier."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from creditrules.compile.passes import compile_rulebook
from creditrules.decide.decide import decide
from creditrules.population import decide_population, redecide, run_population
from creditrules.population.compare import rows_of_tables
from creditrules.population.impact.comparing import compare
from creditrules.population.scan import Scan
from creditrules.testing.population import population_of
from tests.support.changing import rows_of_tables_in, written
from tests.support.differences import plain_differences, table_differences, without_bases
from tests.support.random_changes import Changing, changing, tried


def _impact(world: Changing) -> None:
    books = [
        compile_rulebook(c, on, world.recalled)
        for c, on in zip((world.before, world.after), world.days, strict=True)
    ]
    found = compare(*books, Scan.of(population_of(world.dossiers, world.before)))
    plain = plain_differences(
        *([decide(book, each, engine="reference") for each in world.dossiers] for book in books)
    )

    assert without_bases(table_differences(found.differences)) == without_bases(plain)


def _again(world: Changing) -> None:
    books = [compile_rulebook(world.before, on, world.recalled) for on in world.days]
    tables = [population_of(each, world.before) for each in (world.dossiers, world.later)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for made, state in zip(tables, ("one", "two"), strict=True):
            written(made, folder / state)
        run_population(books[0], folder / "one", folder / "run", chunks=1 + len(world.dossiers) % 2, sample=0)
        states = {"today": folder / "two", "out": folder / "out"}
        found = redecide(folder / "run", world.before, folder / "one", on=world.days[1], sample=0, **states)  # type: ignore[arg-type]
        rows = rows_of_tables_in(folder / "out", books[1])
    plain = plain_differences(
        [decide(books[0], each, engine="reference") for each in world.dossiers],
        [decide(books[1], each, engine="reference") for each in world.later],
    )

    assert rows == Counter(rows_of_tables(decide_population(books[1], tables[1]).tables, books[1]))
    assert without_bases(table_differences(found.differences)) == without_bases(plain)


@tried(6)
@given(changing())
def test_an_impact_is_what_two_sets_of_decisions_differ_in(world: Changing) -> None:
    """Two catalogues, on one day or on two: the differences are those of the reference engine."""
    _impact(world)


@pytest.mark.slow
@tried(600)
@given(changing())
def test_an_impact_is_that_for_long(world: Changing) -> None:
    """On hundreds of random worlds the differences are those of the reference engine."""
    _impact(world)


@tried(5)
@given(changing())
def test_deciding_again_is_deciding_everybody(world: Changing) -> None:
    """Changed dossiers, a later day: the run of today and its differences are those of deciding everybody."""
    _again(world)


@pytest.mark.slow
@tried(400)
@given(changing())
def test_deciding_again_is_that_for_long(world: Changing) -> None:
    """On hundreds of random worlds nobody is left out who had to be decided again."""
    _again(world)
