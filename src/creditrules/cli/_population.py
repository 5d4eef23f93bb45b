"""CLI: what `creditrules population` prints when a run is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.errors import finding_texts

if TYPE_CHECKING:
    from rich.console import Console

    from creditrules.population.run import Run


def print_summary(run: Run, on: date, console: Console, words: Words) -> None:
    """Print what was read and what became of it, what was decided, and what was not used and why."""
    from rich.table import Table

    from creditrules.population.ledger import FATES

    console.print(words("population.title", day=on), style="bold")
    read = Table(box=None, padding=(0, 2))
    read.add_column(words("population.table"))
    for column in (words("population.read"), *(words(f"population.fate.{fate}") for fate in FATES)):
        read.add_column(column, justify="right")
    for table, *numbers in run.counts.rows():
        if numbers[0]:
            read.add_row(table, *(f"{n:,}" if n else "·" for n in numbers))
    console.print(read)
    answers = Table(box=None, padding=(0, 2))
    answers.add_column(words("population.answers"))
    answers.add_column(words("population.rows"), justify="right")
    for name, n in run.rows.items():
        answers.add_row(words(f"population.answer.{name}"), f"{n:,}")
    console.print(answers)
    if run.refused:
        _print_reasons(run, console, words)
    said = "population.sampled" if run.sampled.subjects else "population.not_sampled"
    console.print(words(said, n=run.sampled.subjects, rows=run.sampled.rows), soft_wrap=True)
    console.print(words("population.written", folder=run.folder, chunks=run.chunks), soft_wrap=True)


def _print_reasons(run: Run, console: Console, words: Words) -> None:
    from rich.table import Table

    from creditrules.population.summary import reasons

    found = Table(box=None, padding=(0, 2))
    for column in ("population.table", "population.rows", "population.reasons"):
        found.add_column(words(column), justify="right" if column.endswith("rows") else "left")
    pages = finding_texts()
    for (table, code), n in sorted(reasons(run).items()):
        found.add_row(table, f"{n:,}", f"{code} {pages[code]['title'][words.lang]}")
    console.print(found)
    folder = run.folder / "rejects"
    console.print(words("population.refused", n=f"{run.refused:,}", file=folder), soft_wrap=True)
