"""Population, watch: for whom a day passes between two days, so that time alone may change a decision.

A day may stand in a row (an end, the day of a decision), or follow from one that stands there by a length:
the period of a list, the duration of a measure, a cap on publication, a span that a condition looks back
over. What is told here may be more than changes, and is never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import polars as pl
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition, Op, tests_in
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.time import Period
from creditrules.population.impact.reading import ListWords, list_words, listed_on
from creditrules.population.scan import Scan, together
from creditrules.population.schema import SCHEMA, TABLES

# Months end on different days, so a length counted backwards may miss by as many.
_SLACK = timedelta(days=4)
_LISTING_DAYS = frozenset(c.name for c in TABLES["listings"].columns if c.holds == "day")


@frozen
class Length:
    """A length that counts from the day at a path, for listings on some lists."""

    path: str
    period: Period
    lists: frozenset[str]


@frozen
class Passing:
    """Subjects and listings of which a day passes."""

    subjects: pl.Series
    listings: pl.Series


def passing(scan: Scan, before: date, after: date, books: Iterable[Rulebook]) -> Passing:
    """Return of whom a day passes from one day to a later one.

    Args:
        scan: the population.
        before: the earlier day.
        after: the later day.
        books: the rulebooks of the two days.
    """
    books = tuple(books)
    asked: dict[str, list[pl.Expr]] = {}
    for table in SCHEMA:
        for column in table.columns:
            if column.holds == "day" and column.name != "recorded" and scan.has(table.name, column.name):
                first, last = _span(table.name, column.name, before, after)
                asked.setdefault(table.name, []).append(_within(scan, table.name, column.name, first, last))
    read = list_words(scan, *(book.catalogue for book in books))
    for length in dict.fromkeys(each for book in books for each in lengths_of(book)):
        first, last = (length.period.before(day) for day in (before, after))
        for name, passes in _stated(scan, length, first - _SLACK, last + _SLACK, read):
            asked.setdefault(name, []).append(passes)
    subjects = [pl.Series("key", [], scan.key_type("subjects", "id"))]
    listings = [pl.Series("key", [], scan.key_type("listings", "id"))]
    for name, each in asked.items():
        _gather(scan, name, pl.any_horizontal(each), subjects, listings)
    return Passing(together(*subjects), together(*listings))


def _span(table: str, column: str, before: date, after: date) -> tuple[date, date]:
    """Return between which days a day must lie to count otherwise on the later day."""
    one = timedelta(days=1)
    if column != "until":
        return before + one, after
    # A last day has passed the day after; an event may set another end than its own.
    return before, after if table == "events" else after - one


def _gather(
    scan: Scan, table: str, where: pl.Expr, subjects: list[pl.Series], listings: list[pl.Series]
) -> None:
    """Add whom the rows of a table are about."""
    for column in _SUBJECTS.get(table, ()):
        subjects.append(scan.keys(table, column, where))
    for column in _LISTINGS.get(table, ()):
        listings.append(scan.keys(table, column, where))


_SUBJECTS = {
    "subjects": ("id",),
    "listings": ("subject",),
    "roles": ("person", "organisation"),
    "facts": ("owner",),
}
_LISTINGS = {
    **dict.fromkeys(("findings", "objections", "repairs", "events"), ("listing",)),
    **{"listings": ("id",), "facts": ("owner",)},
}


def lengths_of(book: Rulebook) -> Iterator[Length]:
    """Yield every length that a rulebook counts from a day of a dossier."""
    yield from _of_lists(book.catalogue)
    for rule in book.rules:
        yield from _of_rule(rule)
    for guard in book.guards:
        lists = frozenset(key for n in guard.rules for key in book.rules[n].lists)
        yield from _looking_back(guard.condition, lists)


def _looking_back(condition: Condition, lists: frozenset[str]) -> Iterator[Length]:
    """Yield the spans over which a condition looks back; what is in the future begins to count on its day."""
    for test in tests_in(condition):
        if test.op in (Op.WITHIN, Op.NOT_OLDER) and isinstance(test.value, Period):
            yield Length(test.path, test.value, lists)
            yield Length(test.path, Period(), lists)


def _of_lists(catalogue: Catalogue) -> Iterator[Length]:
    for key, kind in catalogue.lists.items():
        for rule in kind.periods:
            if rule.period is not None:
                for path in {rule.counts_from, "determined"}:
                    yield Length(f"listing.{path}", rule.period, frozenset({key}))


def _of_rule(rule: Rule) -> Iterator[Length]:
    if rule.publication_cap is not None:
        yield Length("listing.determined", rule.publication_cap, rule.lists)
    if rule.measure is None:
        return
    duration = rule.measure.duration
    for period in (duration.period, duration.longest, *(grade.period for grade in duration.grades)):
        if period is not None:
            yield Length(duration.counts_from, period, rule.lists)
    for grade in duration.grades:
        yield from _looking_back(grade.when, rule.lists)


def _stated(
    scan: Scan, length: Length, first: date, last: date, read: ListWords
) -> Iterator[tuple[str, pl.Expr]]:
    """Yield where the day a length counts from stands, with the condition that it lies in a span."""
    head, _, column = length.path.partition(".")
    if head == "listing" and column in _LISTING_DAYS:
        if scan.has("listings", column):
            yield "listings", listed_on(length.lists, read) & _within(scan, "listings", column, first, last)
        if scan.has("events", "on"):
            # An event may set what the listing does not state.
            yield "events", _within(scan, "events", "on", first, last)
        return
    for table in ("subjects", "listings"):
        if scan.has(table, length.path):
            yield table, _within(scan, table, length.path, first, last)
    named = pl.col("name").cast(pl.String) == length.path
    for column in ("value_date", "value"):
        if scan.has("facts", column):
            yield "facts", named & _within(scan, "facts", column, first, last)


def _within(scan: Scan, table: str, column: str, first: date, last: date) -> pl.Expr:
    """Return the condition that a day lies in a span, both ends included."""
    kind = scan.schemas[table][column]
    day = pl.col(column)
    if kind == pl.String:
        day = day.str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    elif kind != pl.Date:
        day = day.cast(pl.Date, strict=False) if isinstance(kind, pl.Datetime) else pl.lit(None, pl.Date)
    return day.is_between(first, last).fill_null(False)
