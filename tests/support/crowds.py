"""A small population of three firms and two persons, whose every row can be changed by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from creditrules import load_catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population import Population, decide_population

ON = date(2018, 12, 20)
TAX = "tax-major-violations"
_DAY = date(2018, 2, 1)


@cache
def rulebook(on: date = ON) -> Rulebook:
    """Return the rulebook of the shipped catalogue on a day."""
    return load_catalogue().rulebook(on=on)


def people() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the tables: `a`, `b` and `c` are firms, `p` represents `a`, `q` represents `b`."""
    firms = [{"id": firm, "kind": "enterprise", "region": "210600"} for firm in "abc"]
    persons = [{"id": person, "kind": "natural_person", "region": None} for person in "pq"]
    days = {"determined": _DAY, "served": _DAY, "aggregated": _DAY, "review": date(2020, 1, 1)}
    listings = [{"id": f"L{firm}", "subject": firm, "list": TAX, **days, "until": None} for firm in "ab"]
    roles = [
        {"person": person, "organisation": firm, "role": "legal_representative", "confirmed": True}
        for person, firm in (("p", "a"), ("q", "b"))
    ]
    facts = [{"owner": firm, "name": "tax.arrears_unsecured", "value": "true"} for firm in "ab"]
    return {"subjects": [*firms, *persons], "listings": listings, "roles": roles, "facts": facts}


def tables(rows: dict[str, list[dict[str, Any]]] | None = None) -> dict[str, pl.DataFrame]:
    """Return rows as tables."""
    given = people() if rows is None else rows
    return {name: pl.DataFrame(_columns(each), strict=False) for name, each in given.items() if each}


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    # A day that is none is a text, and then the whole column is.
    texts = {name for name, values in columns.items() if any(isinstance(value, str) for value in values)}
    return {
        name: [str(v) if name in texts and v is not None else v for v in values]
        for name, values in columns.items()
    }


def decided(rows: dict[str, list[dict[str, Any]]] | None = None, *, known: date | None = None) -> Population:
    """Decide rows."""
    return decide_population(rulebook(), tables(rows), known=known)


def refused(population: Population) -> set[tuple[str, int, str]]:
    """Return table, row and code of every refused row."""
    return {(r["table"], r["row"], r["code"]) for r in population.rejects.to_dicts()}


def targets(population: Population) -> set[str]:
    """Return against whom there are actions."""
    return set(population["actions"]["target"].to_list())


def written(folder: Path, rows: dict[str, list[dict[str, Any]]] | None = None) -> Path:
    """Write rows as Parquet files into a folder."""
    folder.mkdir(exist_ok=True)
    for name, table in tables(rows).items():
        table.write_parquet(folder / f"{name}.parquet")
    return folder
