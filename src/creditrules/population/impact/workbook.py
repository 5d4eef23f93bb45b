"""Population, impact: a report as a workbook: a summary, a sheet for each kind of count, and the samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from creditrules.deliver.catalogue_xlsx import Cells, write_sheets
from creditrules.population.impact.view import View
from creditrules.population.writing import write_whole


def write_workbook(path: Path, view: View) -> None:
    """Write a workbook, whole or not at all.

    Raises:
        UsageError: CR567, the package that writes workbooks is not installed.
        OSError: the file cannot be written.
    """
    write_whole(path, lambda draft: write_sheets(draft, _sheets(view)))


def _sheets(view: View) -> Iterator[tuple[str, tuple[str, ...], list[Cells]]]:
    words = view.words
    changes = ("gained", "lost", "changed")
    titles = tuple(words(f"impact.change.{name}") for name in changes)
    rows: list[Cells] = [
        (view.title, "", ""),
        (view.between, "", ""),
        *((line, "", "") for line in view.lines),
    ]
    rows += [(label, actions, subjects) for _, label, actions, subjects in view.figures]
    rows += [(way, number, "") for way, number in view.ways]
    rows += [(label, number, "") for label, number in view.questions]
    yield (
        words("impact.sheet.summary"),
        (words("impact.changes"), words("impact.actions"), words("impact.subjects")),
        rows,
    )
    for section in view.sections:
        counted: list[Cells] = [
            (label, row.key, *(getattr(row, name) for name in changes)) for label, row in section.rows
        ]
        yield section.title, (section.title, words("impact.key"), *titles), counted
    heads = (
        "impact.changes",
        "impact.by.kind",
        "impact.by.unit",
        "impact.by.measure",
        "impact.before",
        "impact.after",
    )
    cards: list[Cells] = [
        (
            f"{card.label} {card.aspects}".strip(),
            card.target,
            card.action,
            "\n".join(card.measures),
            "\n".join((card.before[0], *(f"- {line}" for line in card.before[1]))),
            "\n".join((card.after[0], *(f"- {line}" for line in card.after[1]))),
        )
        for card in view.cards
    ]
    yield words("impact.sheet.samples"), tuple(words(head) for head in heads), cards
