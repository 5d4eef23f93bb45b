"""Population, watch: who has to be decided again.

Whose rows changed, for whom a day passes, whom a rule reaches anew, and whoever is joined to one of them.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl
from attrs import frozen

from creditrules.model.rulebook import Rulebook
from creditrules.population.impact.reading import list_words, listed_on
from creditrules.population.impact.touched import touched
from creditrules.population.neighbours import holders, joined_to
from creditrules.population.scan import Scan, plain_key, together
from creditrules.population.watch.dues import passing
from creditrules.population.watch.rows import Changed


@frozen(eq=False)
class Affected:
    """Subjects to decide again; the counts are of each reason, without whoever is joined to them."""

    targets: pl.Series
    by_rows: int
    by_days: int
    by_rules: int


def affected(before: Scan, after: Scan, changed: Changed, books: tuple[Rulebook, Rulebook]) -> Affected:
    """Return who has to be decided again.

    Args:
        before: the tables as they were.
        after: the tables as they are.
        changed: the rows that differ.
        books: the rulebooks of the two days.
    """
    rows = _of_rows(before, after, changed)
    none = rows.clear()
    dated = listed = none
    if books[0].on != books[1].on:
        passes = passing(after, books[0].on, books[1].on, books)
        dated = together(passes.subjects, holders(after, passes.listings))
        found = touched(*books)
        words = list_words(after, books[1].catalogue)
        listed = after.keys("listings", "subject", listed_on(found.lists, words))
    some = together(rows, dated, listed)
    return Affected(joined_to(after, some), len(rows), len(dated), len(listed))


_SUBJECTS = {
    "subjects": ("id",),
    "listings": ("subject",),
    "roles": ("person", "organisation"),
    "findings": ("person",),
    "facts": ("owner",),
}
_LISTINGS = {
    **dict.fromkeys(("findings", "objections", "repairs", "events"), ("listing",)),
    **{"listings": ("id",), "facts": ("owner",)},
}


def _of_rows(before: Scan, after: Scan, changed: Changed) -> pl.Series:
    """Return whom changed rows are about, directly or by their listing."""
    subjects = [pl.Series("key", [], after.key_type("subjects", "id"))]
    listings = [pl.Series("key", [], after.key_type("listings", "id"))]
    for table, states in changed.items():
        for columns, keys in ((_SUBJECTS, subjects), (_LISTINGS, listings)):
            keys += list(_keys(states, columns.get(table, ())))
    about = together(*listings)
    people = [holders(scan, about) for scan in (before, after)]
    if "subjects" in changed:
        # Whether a person is there decides whether a finding is refused, and with it the whole listing.
        named = together(*_keys(changed["subjects"], ("id",)))
        for scan in (before, after):
            if scan.has("findings", "person"):
                of = scan.keys("findings", "listing", scan.among("findings", "person", named))
                people.append(holders(scan, of))
    return together(*subjects, *people)


def _keys(states: Iterable[pl.DataFrame], columns: Iterable[str]) -> Iterable[pl.Series]:
    for rows in states:
        for column in columns:
            if column in rows.columns and rows.height:
                yield rows.select(plain_key(column, rows.schema[column]).alias("key"))["key"].drop_nulls()
