"""Population, watch: the tables of yesterday and of today, and the rows in which they differ."""

from __future__ import annotations

from pathlib import Path

from creditrules.errors import Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue
from creditrules.population.scan import Scan
from creditrules.population.sources import Source, source_of
from creditrules.population.watch.changes import laid_over
from creditrules.population.watch.rows import Changed, changed_rows
from creditrules.population.writing import write_parquet

Given = str | Path | Source


def opened(given: Given) -> Source:
    """Return where tables come from.

    Raises:
        UsageError: CR482, there is nothing to read.
    """
    return source_of(given) if isinstance(given, str | Path) else given


def today_of(
    before: Scan,
    base: Source,
    today: Given | None,
    changes: Given | None,
    tables_out: str | Path | None,
    catalogue: Catalogue,
) -> tuple[Scan, Changed, dict[str, str]]:
    """Return the tables of today, the rows that differ from those before, and what tells the tables again.

    Raises:
        FactsError: a table cannot be used, or a change cannot be made.
        OSError: the tables cannot be written.
    """
    if today is not None:
        source = opened(today)
        after = Scan.of(source)
        return after, changed_rows(before, after, catalogue), source.stamp()
    if changes is None:
        return before, {}, base.stamp()
    given = opened(changes)
    after, changed = laid_over(before, Scan.changes_of(given))
    if tables_out is None:
        # Tables that were never written cannot be told again: tomorrow begins from a run of them.
        return after, changed, {**base.stamp(), "changes": "+".join(sorted(given.stamp().values()))}
    place = Path(tables_out)
    for name in after.frames:
        write_parquet(place / f"{name}.parquet", after.plain(name).to_arrow())
    return Scan.of(source_of(place)), changed, source_of(place).stamp()


def check_empty(*folders: Path | None) -> None:
    """Say so when a folder that is to be written holds files already.

    Raises:
        UsageError: CR489.
    """
    for folder in folders:
        if folder is not None and folder.is_dir() and any(folder.iterdir()):
            words = {
                "folder": str(folder),
                "given": str(folder),
                "reason_en": "it holds files already",
                "reason_zh": "其中已有文件",
            }
            raise UsageError([Finding("CR489", Span(str(folder)), words)])
