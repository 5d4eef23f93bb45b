"""CLI, part of `bench`: what was measured as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from creditrules.deliver.words import Words
from creditrules.testing import bench_page as page
from creditrules.testing.bench import Section
from creditrules.testing.peers.known import PEERS

if TYPE_CHECKING:
    from rich.console import RenderableType

    from creditrules.testing.bench_population import PopulationSection


def tables(sections: Sequence[Section | PopulationSection], words: Words) -> Iterator[RenderableType]:
    """Yield the machine, and each section with its notes."""
    from creditrules.deliver.wrapping import Text

    machine = page.machine()
    are_single = isinstance(sections[0], Section)
    yield Text(words("bench.machine" if are_single else "bench.machine_population", **machine), style="dim")
    for section in sections:
        if isinstance(section, Section):
            names = [line.contestant.name for line in section.lines]
            yield from _section(page, section, names, words)
        else:
            from creditrules.testing import bench_population_page

            names = [line.name for line in section.lines]
            yield from _section(bench_population_page, section, names, words)


def _section(of: Any, section: Any, names: Sequence[str], words: Words) -> Iterator[RenderableType]:
    from rich import box
    from rich.table import Table

    from creditrules.deliver.wrapping import Text

    yield Text("")
    yield Text(of.title(section, words), style="bold")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, head in enumerate(of.heads(words)):
        table.add_column(head, justify="left" if n < 3 else "right", no_wrap=True)
    for name, cells in zip(names, of.rows(section, words), strict=True):
        table.add_row(*cells, style=None if name in PEERS else "bold")
    yield table
    yield from (Text(note, style="dim") for note in of.notes(section, words))
