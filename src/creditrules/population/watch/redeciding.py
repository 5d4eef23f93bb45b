"""Population, watch: decide again only what can have changed since a run, and say what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen

from creditrules.errors import FactsError, Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.model.rulebook import Rulebook
from creditrules.population.clean import clean
from creditrules.population.differences import Differences, Side, differences, joined_differences
from creditrules.population.kernel import ANSWERS, answers
from creditrules.population.manifest import Manifest
from creditrules.population.memory import kept_memory
from creditrules.population.neighbours import tables_around
from creditrules.population.plan import plan_of
from creditrules.population.run import SAMPLE
from creditrules.population.sample import Sampled, check_sample
from creditrules.population.scan import Scan
from creditrules.population.watch.affected import Affected, affected
from creditrules.population.watch.carrying import Carrying
from creditrules.population.watch.earlier import Earlier, check_follows, check_tables, opened_run
from creditrules.population.watch.rows import Changed
from creditrules.population.watch.states import Given, check_empty, opened, today_of
from creditrules.population.writing import unwritten, write_parquet

AT_A_TIME = 500_000
_NUMBERS = 2**40
TABLES = ("actions", "parts", "undetermined")


@frozen(eq=False)
class Redecided:
    """What came of it: the differences, how many rows changed, and who was decided again and why.

    `changed` counts rows by table: gone and come. `written` counts by table of answers the rows of the whole
    run of today, empty when none was written. `refused` are rows about whoever was decided again.
    """

    before: date
    on: date
    differences: Differences
    changed: Mapping[str, tuple[int, int]]
    affected: Affected
    decided: int
    sampled: Sampled
    refused: pl.DataFrame
    written: Mapping[str, int]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield every action gained, lost or changed as a mapping, with the measures of both sides."""
        parts: dict[tuple[int, str], list[str]] = {}
        for n, side, memorandum, measure in self.differences.parts.select(
            "difference", "side", "memorandum", "measure"
        ).rows():
            parts.setdefault((n, side), []).append(f"{memorandum}#{measure}")
        for row in self.differences.actions.iter_rows(named=True):
            sides = {f"measures_{s}": parts.get((row["difference"], s), []) for s in ("before", "after")}
            yield {**row, **sides}


def redecide(
    yesterday: str | Path,
    catalogue: Catalogue,
    tables: Given,
    *,
    on: date,
    today: Given | None = None,
    changes: Given | None = None,
    out: str | Path | None = None,
    whole: bool = True,
    tables_out: str | Path | None = None,
    sample: int = SAMPLE,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Redecided:
    """Decide again whom a change of facts or the passing of time can touch, and say what differs.

    The result is that of deciding everybody again. Whoever is not decided again keeps what was decided of
    him.

    Args:
        yesterday: the folder of a run of `run_population`, or of an earlier call.
        catalogue: the one the run was made with.
        tables: the tables that run was made from.
        on: the day to decide for.
        today: the tables as they are now, when all of them are given.
        changes: only the rows that changed, laid over *tables*; see `watch.changes`.
        out: an empty folder, or none, that receives the differences and the run of today.
        whole: write the run of today, from which tomorrow may go on, and not only the differences.
        tables_out: receives the tables with the changes laid over them.
        sample: how many of those decided again the reference engine decides too.
        told: called with how many are decided, of how many.

    Raises:
        UsageError: CR491 to CR494, there is no run to go on from, or it is not one of these tables and this
            catalogue; CR496, tables and changes are both given; CR489, the folder may not be written to.
        FactsError: CR480 to CR482, a table cannot be used; CR495, a change cannot be made; CR489, the disk is
        full. EngineError: CR530, the reference engine says something else.
    """
    if today is not None and changes is not None:
        raise UsageError([Finding("CR496", Span(""), {})])
    earlier = opened_run(Path(yesterday))
    check_follows(earlier, catalogue, on)
    base = opened(tables)
    check_tables(earlier, base)
    folder = None if out is None else Path(out)
    check_empty(folder, None if tables_out is None else Path(tables_out))
    try:
        work = _Work(earlier, catalogue, on, folder if whole else None, sample, told)
        before = Scan.of(base)
        now, changed, stamp = today_of(before, base, today, changes, tables_out, catalogue)
        found = work.run(before, now, changed, stamp)
        if folder is not None:
            for name in TABLES:
                write_parquet(folder / "differences" / f"{name}.parquet", found.differences[name].to_arrow())
            write_parquet(folder / "differences" / "rejects.parquet", found.refused.to_arrow())
        return found
    except OSError as error:
        raise FactsError([unwritten(folder, error)]) from None


@frozen(eq=False)
class _Work:
    """One run of it: from an earlier run to the differences and the run of today."""

    earlier: Earlier
    catalogue: Catalogue
    on: date
    folder: Path | None
    sample: int
    told: Callable[[int, int], None]

    def run(self, before: Scan, now: Scan, changed: Changed, stamp: dict[str, str]) -> Redecided:
        """Decide again who is affected, and compare."""
        earlier = self.earlier
        days = (earlier.on, self.on)
        books = [self.catalogue.rulebook(on=day, recalled=earlier.recalled) for day in days]
        who = affected(before, now, changed, (books[0], books[1]))
        slices = max(1, ceil(len(who.targets) / AT_A_TIME))
        first = max(earlier.done, default=-1) + 1
        about = {**earlier.about, "day": str(self.on), "tables": stamp}
        carrying = None
        if self.folder is not None:
            carrying = Carrying(earlier, self.folder, Manifest(about, first + slices))
            carrying.begin(books[1], now.key_type("subjects", "id"), who.targets)
        parts = []
        with kept_memory():
            for n in range(slices):
                self.told(n, slices)
                targets = who.targets[n * AT_A_TIME : (n + 1) * AT_A_TIME]
                parts.append(self.slice(books[1], now, targets, first + n, slices, carrying))
            self.told(slices, slices)
        found = Redecided(
            before=earlier.on,
            on=self.on,
            differences=joined_differences([part[0] for part in parts]),
            changed={name: (gone.height, come.height) for name, (gone, come) in changed.items()},
            affected=who,
            decided=sum(part[1] for part in parts),
            sampled=sum((part[2] for part in parts), Sampled()),
            refused=pl.concat([part[3] for part in parts]),
            written={} if carrying is None else carrying.rows,
        )
        if carrying is not None:
            carrying.finish(_report(found, about))
        return found

    def slice(
        self,
        book: Rulebook,
        now: Scan,
        targets: pl.Series,
        number: int,
        slices: int,
        carrying: Carrying | None,
    ) -> tuple[Differences, int, Sampled, pl.DataFrame]:
        """Decide some subjects again, compare with what was decided of them, and write it."""
        made = clean(tables_around(now, targets), self.catalogue, self.on, None)
        found = answers(plan_of(book), made.data, first=number * _NUMBERS)
        sampled = check_sample(book, made, found.tables, ceil(self.sample / slices), None)
        home = made.data.subjects.home
        decided = len(made.data.subjects) if home is None else int(home.sum())
        refused = made.ledger.refused()
        if carrying is not None:
            done = {
                "subjects": decided,
                "counts": made.ledger.counts().rows(),
                "rows": {name: found[name].num_rows for name in ANSWERS},
                "refused": refused.height,
                "sampled": [sampled.subjects, sampled.rows],
            }
            carrying.add(number, found.tables, done)
        compared = differences(self.earlier.side(targets), Side.of(found.tables, book))
        return compared, decided, sampled, refused


def _report(found: Redecided, about: dict[str, Any]) -> dict[str, Any]:
    counted = found.differences.actions.group_by("change").len().rows()
    return {
        "about": about,
        "since": str(found.before),
        "changed": {name: {"gone": gone, "come": come} for name, (gone, come) in found.changed.items()},
        "decided": found.decided,
        "differences": {str(change): n for change, n in counted},
        "sampled": {"subjects": found.sampled.subjects, "rows": found.sampled.rows, "agree": True},
        "refused": found.refused.height,
    }
