"""Deliver: a sheet about one thing of the catalogue: what is known of it, and what no source shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from attrs import frozen

from creditrules.deliver.markdown import escape
from creditrules.deliver.table import grid, print_parts, section
from creditrules.deliver.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Line = tuple[str, str]


@frozen
class EntrySheet:
    """Everything a page about a list, a unit or a kind of measure says; `open` is what was not seen."""

    title: str
    facts: tuple[Line, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    open: tuple[str, ...]


def print_entry(sheet: EntrySheet, console: Console, lang: str) -> None:
    """Print a sheet on a terminal."""
    print_parts(_parts(sheet, Words(lang)), console)


def _parts(sheet: EntrySheet, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text(sheet.title, style="bold")
    table = grid({"width": 16, "style": "dim"}, {"ratio": 1})
    for name, value in sheet.facts:
        table.add_row(Text(name), Text(value))
    yield table
    for title, lines in sheet.sections:
        yield from section(title, lines)
    yield from section(words("show.open"), sheet.open)


def to_markdown(sheet: EntrySheet, lang: str) -> str:
    """Return a sheet as Markdown."""
    return "\n".join(_markdown(sheet, Words(lang))) + "\n"


def _markdown(sheet: EntrySheet, words: Words) -> Iterator[str]:
    yield f"# {escape(sheet.title)}"
    yield ""
    colon = words("mark.colon")
    yield from (f"- **{escape(name)}**{colon}{escape(value)}" for name, value in sheet.facts)
    for title, lines in (*sheet.sections, (words("show.open"), sheet.open)):
        if lines:
            yield from ("", f"## {escape(title)}", "")
            yield from (f"- {escape(line)}" for line in lines)
