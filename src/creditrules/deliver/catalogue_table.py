"""Deliver: a selection of measures, or a count of them, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from creditrules.deliver.catalogue_view import SHOWN, Group, Listing, Row
from creditrules.deliver.table import grid, print_parts, section
from creditrules.deliver.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table


def print_listing(listing: Listing, on: date | None, console: Console, lang: str) -> None:
    """Print measures, document by document."""
    print_parts(_listing(listing, on, Words(lang)), console)


def print_counts(
    counted: Iterable[tuple[str, str, int]], what: str, listing: Listing, console: Console, lang: str
) -> None:
    """Print how many measures there are for each name."""
    print_parts(_counts(counted, what, listing, Words(lang)), console)


def _listing(listing: Listing, on: date | None, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text(words("catalogue.title_on", on=on) if on else words("catalogue.title"), style="bold")
    yield Text(listing.summary, style="dim")
    if not listing.groups:
        yield Text("  " + words("catalogue.nothing"))
    else:
        head = _grid()
        named = (Text(words(f"catalogue.{name}"), style="dim") for name in ("measure", "units", "bases"))
        head.add_row(Text(""), *named)
        yield head
    for group in listing.groups:
        yield from _group(group, words)
    yield from section(words("catalogue.left"), listing.left_out)


def _group(group: Group, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text("")
    yield Text(f"{group.doc_no} {group.title}", style="bold cyan")
    table = _grid()
    for row in group.rows:
        heading = Text(row.heading, style="bold")
        heading.append(f"\n{row.what}", style="not bold")
        heading.append(f"\n{row.state} · {row.key}", style="not bold dim")
        table.add_row(Text(row.number), heading, Text(row.units), Text(_bases(row, words), style="dim"))
    yield table


def _bases(row: Row, words: Words) -> str:
    left = len(row.bases) - SHOWN
    more = [words("catalogue.more", n=left)] if left > 0 else []
    return "\n".join((*row.bases[:SHOWN], *more)) or words("catalogue.no_bases")


def _grid() -> Table:
    return grid({"width": 6, "style": "bold", "justify": "right"}, {"ratio": 11}, {"ratio": 7}, {"ratio": 12})


def _counts(
    counted: Iterable[tuple[str, str, int]], what: str, listing: Listing, words: Words
) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text(listing.summary, style="dim")
    table = grid(
        {"width": 8, "justify": "right", "style": "bold"}, {"ratio": 3}, {"ratio": 2, "style": "dim"}
    )
    head = (words("catalogue.counted"), words(f"catalogue.by.{what}"), "")
    table.add_row(*(Text(cell, style="not bold dim") for cell in head))
    for name, key, n in counted:
        table.add_row(Text(str(n)), Text(name), Text("" if key == name else key))
    yield table
    yield from section(words("catalogue.left"), listing.left_out)
