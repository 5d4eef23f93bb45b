"""Load: read the index of statutes, a table of titles, versions, ranks and last articles."""

from __future__ import annotations

import csv
from collections.abc import Iterable

from creditrules.errors import Span
from creditrules.load.findings import Findings
from creditrules.load.node import Source
from creditrules.load.scalars import Unreadable, day_from
from creditrules.model.basis import StatuteIndex, StatuteVersion, plain_title
from creditrules.model.words import Rank

COLUMNS = ("title", "version_date", "rank", "last_article")
_RANKS = {rank.value: rank for rank in Rank}


def read_statutes(tables: Iterable[tuple[str, str]], found: Findings) -> StatuteIndex:
    """Read tables given as (file, text) into one index; the same version given twice is taken once.

    Findings: CR140, for a row that is not a statute.
    """
    versions: dict[str, dict[str, StatuteVersion]] = {}
    for file, text in tables:
        source = Source(file, text)
        rows = csv.reader(text.removeprefix("\ufeff").splitlines())
        if tuple(next(rows, ()))[:4] != COLUMNS:
            _report(source, 1, "header", found)
            continue
        for row in rows:
            if row:
                version = _version(row)
                if version is None:
                    _report(source, rows.line_num, ",".join(row), found)
                else:
                    versions.setdefault(plain_title(version.title), {})[row[1]] = version
    return StatuteIndex(
        {title: tuple(sorted(known.values(), key=lambda v: v.version)) for title, known in versions.items()}
    )


def _version(row: list[str]) -> StatuteVersion | None:
    if len(row) < 4 or not row[0] or row[2] not in _RANKS or not row[3].isdecimal() or not row[3].isascii():
        return None
    try:
        day = day_from(row[1])
    except Unreadable:
        return None
    return None if day is None else StatuteVersion(row[0], day, _RANKS[row[2]], int(row[3]))


def _report(source: Source, line: int, row: str, found: Findings) -> None:
    width = len(source.line(line))
    found.on("CR140", source, Span(source.file, line, 1, max(width, 1) + 1), {"row": row})
