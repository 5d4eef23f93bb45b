"""Population: the words of the tables, looked up in the catalogue; each distinct word once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import polars as pl

from creditrules.load.dossier_aliases import WORDS
from creditrules.load.dossier_events import OUTCOMES as EVENT_OUTCOMES
from creditrules.load.dossier_names import key_of, list_of
from creditrules.load.dossier_problems import Problems
from creditrules.load.event_words import event_kind
from creditrules.load.forbidden import is_relative
from creditrules.model.catalogue import Catalogue
from creditrules.model.event import EventKind
from creditrules.model.words import Outcome, Responsibility
from creditrules.population.arrays import by_word, constant, is_constant
from creditrules.population.ledger import Ledger

# What a word comes to when it stands for nothing, when none is given, and when it may not be said.
UNKNOWN, NONE, FORBIDDEN = -2, -1, -3
KINDS_OF_EVENT = tuple(EventKind)
FINDINGS = tuple(Responsibility)
OUTCOMES = tuple(Outcome)


def kinds(column: pl.Series, catalogue: Catalogue, ledger: Ledger) -> Any:
    """Return the places of kinds of subject; others are rejected (CR418)."""
    keys = tuple(catalogue.kinds)
    return _places("subjects", column, ledger, "CR418", lambda w: _key(w, catalogue.kinds, "CR418"), keys)


def lists(column: pl.Series, catalogue: Catalogue, ledger: Ledger) -> Any:
    """Return the places of lists; others are rejected (CR419)."""
    keys = tuple(catalogue.lists)
    return _places(
        "listings", column, ledger, "CR419", lambda w: list_of(w, catalogue.lists, (), Problems()), keys
    )


def capacities(column: pl.Series, catalogue: Catalogue, ledger: Ledger) -> Any:
    """Return the places of capacities, after the last for none; others are rejected (CR422)."""
    keys = tuple(catalogue.capacities)
    found = _places(
        "listings", column, ledger, "CR422", lambda w: _key(w, catalogue.capacities, "CR422"), keys
    )
    if is_constant(found, NONE):
        return constant(len(keys), len(found), np.int32)
    return np.where(found < 0, len(keys), found)


def roles(column: pl.Series, catalogue: Catalogue, ledger: Ledger) -> Any:
    """Return the places of roles; others (CR420), and relatives (CR411), are rejected."""
    keys = tuple(catalogue.roles)
    places = _places(
        "roles", column, ledger, "CR420", lambda w: _key(w, catalogue.roles, "CR420"), keys, is_relative
    )
    ledger.reject("roles", places == FORBIDDEN, "CR411", column.name, column)
    return places


def findings(column: pl.Series, ledger: Ledger) -> Any:
    """Return the places of responsibilities; others are rejected (CR407)."""
    return _places("findings", column, ledger, "CR407", _closed(FINDINGS), FINDINGS)


def outcomes(table: str, column: pl.Series, ledger: Ledger, among: Sequence[Outcome]) -> Any:
    """Return the places of outcomes, -1 for none; others are rejected (CR407)."""
    return _places(table, column, ledger, "CR407", _closed(among), OUTCOMES)


def event_kinds(column: pl.Series, ledger: Ledger) -> Any:
    """Return the places of kinds of event; others are rejected (CR446)."""
    return _places("events", column, ledger, "CR446", event_kind, KINDS_OF_EVENT)


def check_event_outcomes(column: pl.Series, kinds: Any, ledger: Ledger) -> None:
    """Reject events whose outcome decides where a listing stands, and is none of those it may be (CR448)."""
    if not len(column):
        return
    for kind, among in EVENT_OUTCOMES.items():
        known = [word for word in (*WORDS, *among) if WORDS.get(word, word) in among]
        wrong = ~column.cast(pl.String).is_in(known).fill_null(False).to_numpy()
        ledger.reject("events", wrong & (kinds == KINDS_OF_EVENT.index(kind)), "CR448", column.name, column)


def _key(word: str, entries: Any, code: str) -> str | None:
    return key_of(word, entries, code, (), Problems())


def _closed(words: Sequence[str]) -> Callable[[str], str | None]:
    def find(word: str) -> str | None:
        meant = WORDS.get(word, word)
        return str(meant) if meant in tuple(words) else None

    return find


def _places(
    table: str,
    column: pl.Series,
    ledger: Ledger,
    code: str,
    find: Callable[[str], str | None],
    keys: Sequence[str],
    forbidden: Callable[[str], bool] = lambda word: False,
) -> Any:
    place = {str(key): n for n, key in enumerate(keys)}

    def number(word: str | None) -> int:
        if word is None:
            return NONE
        if forbidden(word):
            return FORBIDDEN
        found = find(word)
        return UNKNOWN if found is None else place[str(found)]

    if not len(column):
        return np.zeros(0, np.int32)
    places = by_word(column, lambda words: np.array([number(word) for word in words], np.int32))
    if len(places) and not is_constant(places, NONE) and places.min() < NONE:
        ledger.reject(table, places == UNKNOWN, code, column.name, column)
    return places
