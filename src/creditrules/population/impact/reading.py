"""Population, impact: whether two catalogues read the words of a population alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.load.dossier_names import key_of, list_of
from creditrules.load.dossier_problems import Problems
from creditrules.model.catalogue import Catalogue
from creditrules.population.scan import Scan
from creditrules.population.schema import WIDE

_WORDS = (("subjects", "kind", "kinds"), ("roles", "role", "roles"), ("listings", "capacity", "capacities"))


@frozen
class Reading:
    """How differently two catalogues read a population: `everything`, or the listings on some lists.

    `is_same` says that what was read and encoded for one may be used for the other.
    """

    everything: bool
    lists: frozenset[str]
    is_same: bool


def reading(scan: Scan, before: Catalogue, after: Catalogue) -> Reading:
    """Compare what the words that stand in a population mean in two catalogues."""
    if before.digest == after.digest:
        return Reading(False, frozenset(), True)
    everything = False
    for table, column, entries in _WORDS:
        meant = (_meanings(getattr(catalogue, entries)) for catalogue in (before, after))
        one, two = ({word: mean(word) for word in words(scan, table, column)} for mean in meant)
        everything |= one != two
    stated = {
        column
        for table in WIDE
        for column in scan.schemas.get(table, {})
        if column in before.facts.keys() | after.facts
    }
    stated |= words(scan, "facts", "name")
    everything |= any(_fact(name, before) != _fact(name, after) for name in stated)
    lists: set[str] = set()
    for word in words(scan, "listings", "list"):
        both = {_list(word, catalogue) for catalogue in (before, after)}
        lists |= {key for key in both if key is not None} if len(both) > 1 else set()
    same = all(
        tuple(getattr(before, n)) == tuple(getattr(after, n))
        for n in ("kinds", "roles", "capacities", "lists")
    )
    facts = {name: _fact(name, before) for name in before.facts} == {n: _fact(n, after) for n in after.facts}
    return Reading(everything, frozenset(lists), same and facts and not everything and not lists)


ListWords = Mapping[str, frozenset[str]]


def list_words(scan: Scan, *catalogues: Catalogue) -> ListWords:
    """Return the words that stand for lists in a population, with the lists that are read in each."""
    found = {word: {_list(word, c) for c in catalogues} for word in words(scan, "listings", "list")}
    return {word: frozenset(key for key in keys if key is not None) for word, keys in found.items()}


def listed_on(lists: Iterable[str], read: ListWords) -> pl.Expr:
    """Return the condition that a listing is on one of some lists."""
    wanted = frozenset(lists)
    meant = [word for word, keys in read.items() if keys & wanted]
    return pl.col("list").cast(pl.String).str.strip_chars().is_in(meant).fill_null(False)


def words(scan: Scan, table: str, column: str) -> set[str]:
    """Return the words that stand in a column."""
    if not scan.has(table, column):
        return set()
    found = scan.read(table, scan.frame(table).select(pl.col(column).unique()))
    return {str(word).strip() for word in found[column].drop_nulls().to_list()}


def _meanings(entries: Mapping[str, Any]) -> Callable[[str], Any]:
    def mean(word: str) -> Any:
        key = key_of(word, entries, "CR418", (), Problems())
        return key, None if key is None else getattr(entries[key], "natural", None)

    return mean


def _list(word: str, catalogue: Catalogue) -> str | None:
    return list_of(word, catalogue.lists, (), Problems())


def _fact(name: str, catalogue: Catalogue) -> Any:
    fact = catalogue.facts.get(name)
    if fact is None:
        return None
    return fact.about, fact.type, tuple((key, text.zh, text.en) for key, text in fact.choices.items())
