"""CLI, part of `bench`: what was measured as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.testing import bench_page as page
from creditrules.testing.bench import Section
from creditrules.testing.peers.known import PEERS

if TYPE_CHECKING:
    from rich.console import RenderableType


def tables(sections: Sequence[Section], words: Words) -> Iterator[RenderableType]:
    """Yield the machine, and each section with its notes."""
    from rich import box
    from rich.table import Table

    from creditrules.deliver.wrapping import Text

    yield Text(words("bench.machine", **page.machine()), style="dim")
    for section in sections:
        yield Text("")
        yield Text(page.title(section, words), style="bold")
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for n, head in enumerate(page.heads(words)):
            table.add_column(head, justify="left" if n < 3 else "right", no_wrap=True)
        for line, cells in zip(section.lines, page.rows(section, words), strict=True):
            table.add_row(*cells, style=None if line.contestant.name in PEERS else "bold")
        yield table
        yield from (Text(note, style="dim") for note in page.notes(section, words))
