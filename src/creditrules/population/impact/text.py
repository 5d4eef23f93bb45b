"""Population, impact: a report for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from creditrules.population.impact.view import Card, Section, View

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

_STYLES = {"gained": "blue", "lost": "red", "changed": "yellow"}
# So many rows of each section are printed; the page and the workbook have more.
ROWS = 10


def print_view(view: View, console: Console) -> None:
    """Print a report."""
    from creditrules.deliver.table import print_parts

    print_parts(_parts(view), console)


def _parts(view: View) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    words = view.words
    yield Text(f"{view.title} · {view.between}", style="bold")
    for line in view.lines:
        yield Text(line)
    if view.is_empty:
        return
    yield _totals(view)
    for way, number in view.ways:
        yield Text(f"  {words('impact.sign.changed')} {way}  {number:,}")
    for label, number in view.questions:
        if number:
            yield Text(f"  ? {label}  {number:,}")
    for section in view.sections:
        yield Text("")
        yield _section(section, view)
        if len(section.rows) > ROWS:
            yield Text(f"  {words('impact.more', n=len(section.rows) - ROWS)}", style="dim")
    if view.cards:
        yield Text("")
        yield Text(words("impact.samples"), style="bold")
        yield Text(words("impact.sampled", n=len(view.cards)))
        for card in view.cards:
            yield from _card(card, view)


def _table(title: str, heads: tuple[str, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), title=None)
    table.add_column(title, ratio=1)
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _totals(view: View) -> Table:
    words = view.words
    table = _table(words("impact.changes"), (words("impact.actions"), words("impact.subjects")))
    for change, label, actions, subjects in view.figures:
        table.add_row(
            f"{words(f'impact.sign.{change}')} {label}",
            f"{actions:,}",
            f"{subjects:,}",
            style=_STYLES[change],
        )
    return table


def _section(section: Section, view: View) -> Table:
    words = view.words
    changes = ("gained", "lost", "changed")
    table = _table(section.title, tuple(words(f"impact.change.{name}") for name in changes))
    for label, row in section.rows[:ROWS]:
        table.add_row(label, *(f"{n:,}" if (n := getattr(row, name)) else "·" for name in changes))
    return table


def _card(card: Card, view: View) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    words = view.words
    yield Text("")
    aspects = f" ({card.aspects})" if card.aspects else ""
    yield Text(
        f"{words(f'impact.sign.{card.change}')} {card.label}{aspects}: {card.action}",
        style=_STYLES[card.change],
    )
    yield Text(f"  {card.target}", style="dim")
    for measure in card.measures:
        yield Text(f"  {measure}", style="dim")
    for name, (said, reasons) in (("before", card.before), ("after", card.after)):
        yield Text(f"  {words(f'impact.{name}')}: {said}")
        for reason in reasons:
            yield Text(f"    - {reason}")
