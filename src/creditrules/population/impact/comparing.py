"""Population, impact: decide a population by two rulebooks, as far as they can differ, and compare.

On one day only the rules of touched places are decided, only for subjects whom a changed rule may reach.
Between two days every rule is, for those whom a changed rule may reach or of whom a day passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population.clean import Clean, clean
from creditrules.population.differences import Differences, Side, differences, joined_differences
from creditrules.population.impact.reading import list_words, listed_on, reading
from creditrules.population.impact.touched import Touched, narrowed, touched
from creditrules.population.kernel import answers
from creditrules.population.memory import kept_memory
from creditrules.population.neighbours import holders, joined_to, tables_around
from creditrules.population.plan import plan_of
from creditrules.population.scan import Scan, together
from creditrules.population.tables import Tables
from creditrules.population.watch.dues import passing

# Subjects that are decided at a time, so that memory has a bound whatever the size.
AT_A_TIME = 1_000_000
# From this share of all subjects on it is less work to read everything than to pick rows.
_MOST = 0.5
_LONGEST = 400


@frozen(eq=False)
class Compared:
    """What a comparison found: the differences, and of subjects and listings in them what is told with them.

    `subjects` are all there are, `decided` how many were decided by both rulebooks; `touched` is None when
    all were.
    """

    differences: Differences
    subjects: int
    decided: int
    touched: Touched | None
    of_targets: pl.DataFrame
    of_listings: pl.DataFrame


@frozen(eq=False)
class Scope:
    """What has to be decided: some subjects (None: all), by two rulebooks, on some listings (None: all)."""

    before: Rulebook
    after: Rulebook
    targets: pl.Series | None
    listings: pl.Series | None
    is_read_alike: bool


def compare(before: Rulebook, after: Rulebook, scan: Scan, known: date | None = None) -> Compared:
    """Return where the actions of a population differ between two rulebooks.

    Raises:
        FactsError: a table cannot be used.
        EngineError: a rule depends on too many facts.
    """
    found, scope = _scope(before, after, scan)
    total = int(scan.read("subjects", scan.frame("subjects").select(pl.len())).item())
    if scope.targets is not None and len(scope.targets) > total * _MOST:
        scope = Scope(scope.before, scope.after, None, None, scope.is_read_alike)
    with kept_memory():
        parts = [_compared(scope, tables, known) for tables in _slices(scan, scope, total)]
    return Compared(
        joined_differences([part.differences for part in parts]),
        total,
        sum(part.decided for part in parts),
        found,
        _stacked([part.of_targets for part in parts]),
        _stacked([part.of_listings for part in parts]),
    )


def _stacked(frames: list[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(frames).unique(maintain_order=True)


def _scope(before: Rulebook, after: Rulebook, scan: Scan) -> tuple[Touched | None, Scope]:
    """Work out what can differ."""
    read = reading(scan, before.catalogue, after.catalogue)
    everything = Scope(before, after, None, None, read.is_same)
    span = abs((after.on - before.on).days)
    if read.everything or span > _LONGEST:
        return None, everything
    found = touched(before, after, read.lists)
    words = list_words(scan, before.catalogue, after.catalogue)
    listed = scan.keys("listings", "subject", listed_on(found.lists, words))
    if span:
        first, last = sorted((before.on, after.on))
        dated = passing(scan, first, last, (before, after))
        some = together(listed, dated.subjects, holders(scan, dated.listings))
        return found, Scope(before, after, joined_to(scan, some), None, read.is_same)
    one, two = (
        narrowed(book, keys, found.places) for book, keys in ((before, found.before), (after, found.after))
    )
    ids = scan.keys("listings", "id", listed_on(found.all_lists, words))
    return found, Scope(one, two, joined_to(scan, listed), ids, read.is_same)


def _slices(scan: Scan, scope: Scope, total: int) -> Iterator[Tables]:
    """Yield the tables to decide, so many subjects at a time."""
    targets = scope.targets
    if targets is None and total <= AT_A_TIME * 2:
        frames = {name: scan.read(name, frame) for name, frame in scan.frames.items()}
        yield Tables(frames, dict(scan.places))
        return
    if targets is None:
        targets = scan.keys("subjects", "id")
    for first in range(0, max(1, len(targets)), AT_A_TIME):
        yield tables_around(scan, targets[first : first + AT_A_TIME], scope.listings)


@frozen(eq=False)
class _Part:
    """What came of one slice."""

    differences: Differences
    decided: int
    of_targets: pl.DataFrame
    of_listings: pl.DataFrame


def _compared(scope: Scope, tables: Tables, known: date | None) -> _Part:
    """Decide some subjects by both rulebooks and compare."""
    before, after = scope.before, scope.after
    made = clean(tables, before.catalogue, before.on, known)
    was = Side.of(answers(plan_of(before), made.data).tables, before)
    if not (scope.is_read_alike and before.on == after.on):
        made = clean(tables, after.catalogue, after.on, known)
    now = Side.of(answers(plan_of(after), made.data).tables, after)
    found = differences(was, now)
    home = made.data.subjects.home
    decided = len(made.data.subjects) if home is None else int(home.sum())
    return _Part(
        found, decided, _of_targets(found, made, after.catalogue), _of_listings(found, made, after.catalogue)
    )


def _of_targets(found: Differences, made: Clean, catalogue: Catalogue) -> pl.DataFrame:
    """Return kind and region of the targets in the differences."""
    subjects = made.data.subjects
    kinds = pl.Series([*catalogue.kinds], dtype=pl.String)
    there = subjects.ids.is_in(found.actions["target"].unique().implode()).arg_true()
    return pl.DataFrame(
        {
            "target": subjects.ids.gather(there),
            "kind": kinds.gather(pl.Series(subjects.kind)[there]),
            "region": subjects.region.gather(there).cast(pl.String),
        }
    )


def _of_listings(found: Differences, made: Clean, catalogue: Catalogue) -> pl.DataFrame:
    """Return the lists of the listings in the differences."""
    listings = made.data.listings
    lists = pl.Series([*catalogue.lists], dtype=pl.String)
    there = listings.ids.is_in(found.parts["listing"].unique().implode()).arg_true()
    return pl.DataFrame(
        {"listing": listings.ids.gather(there), "list": lists.gather(pl.Series(listings.list)[there])}
    )
