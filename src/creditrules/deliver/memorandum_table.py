"""Deliver: the sheet of a memorandum on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.memorandum import MeasureSheet, Sheet
from creditrules.deliver.table import grid, heading, print_parts, section
from creditrules.deliver.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType


def print_sheet(sheet: Sheet, console: Console, lang: str) -> None:
    """Print the sheet of a memorandum."""
    print_parts(_parts(sheet, Words(lang)), console)


def _parts(sheet: Sheet, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text(sheet.title, style="bold")
    yield _named(sheet.facts)
    yield from section(words("show.covers"), sheet.covers)
    yield from section(words("show.open"), sheet.open)
    yield from heading(words(sheet.parts, n=len(sheet.measures)))
    yield from (_measure(measure, words) for measure in sheet.measures)
    yield from section(words("show.sources"), sheet.sources)


def _named(lines: tuple[tuple[str, str], ...]) -> RenderableType:
    from creditrules.deliver.wrapping import Text

    table = grid({"width": 14, "style": "dim"}, {"ratio": 1})
    for name, value in lines:
        table.add_row(Text(name), Text(value))
    return table


def _measure(measure: MeasureSheet, words: Words) -> RenderableType:
    from rich.console import Group

    from creditrules.deliver.wrapping import Text

    title = Text(measure.heading, style="bold")
    title.append(f"  {measure.state}", style="not bold dim")
    table = grid({"width": 8, "style": "bold", "justify": "right"}, {"ratio": 1})
    does = [Text(measure.does)] if measure.does else []
    table.add_row(Text(measure.number), Group(title, *does, _named(measure.lines)))
    return Group(Text(""), table)
