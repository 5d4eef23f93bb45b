"""Testing: what the bench measured of populations, as cells of a table, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creditrules.deliver.words import Words
from creditrules.testing.bench_page import short_times
from creditrules.testing.bench_population import COPY, PopulationLine, PopulationSection
from creditrules.testing.peers.known import PEERS

COLUMNS = ("engine", "version", "does", "seconds", "each", "rows", "by_ours", "by_copy")


def data(section: PopulationSection) -> dict[str, Any]:
    """Return a section for JSON; times are seconds."""
    lines = [
        {
            "name": line.name,
            "version": line.version,
            "does": line.does,
            "seconds": round(line.seconds, 4),
            "rows": line.rows,
            "by_ours": round(section.times(line), 3),
            "by_copy": round(section.times(line, COPY), 2),
        }
        for line in section.lines
    ]
    return {
        "work": section.key,
        "size": dict(section.size),
        "lines": lines,
        "absent": list(section.absent),
        "compared": section.compared,
        "sampled": section.sampled,
        "tenfold": None if section.tenfold is None else round(section.tenfold, 2),
    }


def markdown(section: PopulationSection, words: Words) -> Iterator[str]:
    """Yield the lines of a section as Markdown."""
    yield f"**{title(section, words)}**"
    yield ""
    yield f"| {' | '.join(heads(words))} |"
    yield f"|---|---|---|{'--:|' * (len(COLUMNS) - 3)}"
    yield from (f"| {' | '.join(cells)} |" for cells in rows(section, words))
    yield from ("", *notes(section, words))


def title(section: PopulationSection, words: Words) -> str:
    """Return what was measured, and how much of it."""
    return str(words(f"bench.title.{section.key}", **{k: f"{n:,}" for k, n in section.size.items()}))


def heads(words: Words) -> list[str]:
    """Return the heads of the columns."""
    return [words(f"bench.column.{name}") for name in COLUMNS]


def rows(section: PopulationSection, words: Words) -> Iterator[list[str]]:
    """Yield the cells of each line."""
    for line in section.lines:
        yield [
            name_of(line, words),
            line.version or "–",
            words(f"bench.does.{line.does}"),
            f"{line.seconds:.3f}",
            f"{line.seconds / section.size['subjects'] * 1e6:.3f}",
            "–" if line.rows is None else f"{line.rows:,}",
            short_times(section.times(line)),
            short_times(section.times(line, COPY)),
        ]


def name_of(line: PopulationLine, words: Words) -> str:
    """Return what a line is called: a peer by the name of its package."""
    return line.name if line.name in PEERS else str(words(f"bench.name.{line.name}"))


def notes(section: PopulationSection, words: Words) -> Iterator[str]:
    """Yield what stands below the table."""
    if section.compared:
        yield words("bench.compared", n=f"{section.compared:,}")
    if section.sampled:
        yield words("bench.sampled", n=f"{section.sampled:,}")
    if section.absent:
        yield words("bench.absent", names=", ".join(section.absent))
    if section.tenfold is not None:
        yield words("bench.tenfold_population", times=f"{section.tenfold:.2f}")
