"""Catalogues and populations that change: what an impact and a second decision are tried on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
from attrs import evolve

from creditrules import load_catalogue
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.rulebook import Rulebook
from creditrules.population import Tables, decide_population
from creditrules.population.compare import Rows, rows_of_tables
from creditrules.population.differences import Differences, Side, differences
from creditrules.population.kernel import ANSWERS
from creditrules.testing.crowds import Crowd, crowd

ON = date(2018, 12, 20)
LISTS = (
    *(
        "tax-major-violations",
        "judgment-defaulters",
        "tourism",
        "agricultural-inputs",
        "patents",
        "work-safety",
    ),
    "wage-arrears-migrant-workers",
)
Frames = Mapping[str, pl.DataFrame]


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue."""
    return load_catalogue()


@cache
def people(number: int = 200) -> Frames:
    """Return a population in which every second subject is on one of a few lists, often without an end."""
    made = crowd(number, catalogue(), Crowd(persons=0.3, listed=0.6, holders=1.0, facts=0.3))
    listings = made["listings"]
    lists = pl.Series("list", [LISTS[n % len(LISTS)] for n in range(listings.height)])
    until = pl.when(pl.int_range(pl.len()) % 3 > 0).then("until").alias("until")
    return {**made, "listings": listings.with_columns(lists, until)}


def altered(key: str, change: Callable[[Measure], Measure], found: Catalogue | None = None) -> Catalogue:
    """Return a catalogue in which one measure (`memorandum#key`) is another."""
    memorandum, _, measure = key.partition("#")

    def of(document: Memorandum) -> Memorandum:
        measures = tuple(change(m) if m.key == measure else m for m in document.measures)
        return evolve(document, measures=measures)

    return with_memorandum(memorandum, of, found)


def with_memorandum(
    key: str, change: Callable[[Memorandum], Memorandum], found: Catalogue | None = None
) -> Catalogue:
    """Return a catalogue in which one memorandum is another."""
    base = found or catalogue()
    memoranda = {k: change(m) if k == key else m for k, m in base.memoranda.items()}
    return numbered(evolve(base, memoranda=memoranda))


_NUMBERS = count()


def numbered(found: Catalogue) -> Catalogue:
    """Return a catalogue under a digest of its own; that of its contents takes long."""
    return evolve(found, digest=f"changed-{next(_NUMBERS)}")


def whole_difference(
    before: Catalogue, after: Catalogue, days: tuple[date, date], tables: Frames
) -> Differences:
    """Return the difference of two full runs."""
    return differences(*(side_of(side, on, tables) for side, on in zip((before, after), days, strict=True)))


_SIDES: dict[tuple[str, date, int], Side] = {}


def side_of(found: Catalogue, on: date, tables: Frames) -> Side:
    """Return the answers of a full run; they are kept."""
    key = (found.digest, on, id(tables))
    if key not in _SIDES:
        book = found.rulebook(on=on)
        _SIDES[key] = Side.of(decide_population(book, Tables.of(tables)).tables, book)
    return _SIDES[key]


def said(found: Differences) -> dict[str, list[Any]]:
    """Return what differences say, whatever their order and the numbers of actions."""
    actions = found.actions.drop("action_before", "action_after", "difference")
    names = found.actions.select("difference", "target", "unit", "effect", "matter")
    parts = found.parts.join(names, on="difference").drop("difference")
    return {
        name: sorted(map(repr, frame.rows()))
        for name, frame in (("actions", actions), ("parts", parts), ("undetermined", found.undetermined))
    }


def written(tables: Frames, folder: Path) -> Path:
    """Write tables as Parquet into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
    return folder


def changed(tables: Frames, on: date, seed: int = 1) -> dict[str, pl.DataFrame]:
    """Return a population of another day: rows of every table are gone, some listings removed."""
    rng = np.random.default_rng(seed)
    made = dict(tables)

    def some(table: str, number: int) -> pl.Series:
        return pl.Series(
            np.isin(np.arange(made[table].height), rng.choice(made[table].height, number, replace=False))
        )

    removed = pl.when(some("listings", 6)).then(pl.lit(on)).otherwise("removed").alias("removed")
    made["listings"] = made["listings"].with_columns(removed).filter(~some("listings", 4))
    made["roles"] = made["roles"].filter(~some("roles", 5))
    made["subjects"] = made["subjects"].filter(~some("subjects", 2))
    made["findings"] = made["findings"].filter(~some("findings", 4))
    made["facts"] = made["facts"].filter(~some("facts", 8))
    return made


def decided(found: Catalogue, on: date, tables: Frames) -> Rows:
    """Decide everybody and return it as plain rows."""
    book = found.rulebook(on=on)
    return rows_of_tables(decide_population(book, Tables.of(tables)).tables, book)


def rows_of_run(folder: Path, found: Catalogue, on: date) -> Rows:
    """Return what a run wrote as plain rows."""
    return rows_of_tables_in(folder, found.rulebook(on=on))


def rows_of_tables_in(folder: Path, book: Rulebook) -> Rows:
    """Return the tables of answers in a folder as plain rows."""
    tables = {
        name: pl.concat([pl.read_parquet(f) for f in sorted((folder / name).glob("*.parquet"))]).to_arrow()
        for name in ANSWERS
    }
    return rows_of_tables(tables, book)


_SPOILT = {
    "subjects": ("id", "kind", "region"),
    "listings": ("id", "subject", "list", "determined", "until", "removed"),
    "roles": ("person", "organisation", "role", "since"),
    "findings": ("listing", "person", "finds", "on"),
    "facts": ("owner", "name", "value"),
}


def spoilt(tables: Frames, seed: int) -> dict[str, pl.DataFrame]:
    """Return tables with rows that say nothing, too much, or something twice: some are refused."""
    chance, made = Random(seed), {}
    for name, table in tables.items():
        columns = {c: table[c].cast(pl.String).to_list() for c in table.columns}
        for _ in range(5):
            values = columns[chance.choice(_SPOILT[name])]
            place = chance.randrange(table.height)
            values[place] = chance.choice(
                [None, "?", "2018-02-30", chance.choice(values), f" {values[place]}"]
            )
        whole = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
        made[name] = pl.concat([whole, whole.sample(2, seed=seed)])
    return made
