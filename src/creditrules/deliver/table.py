"""Deliver: a decision as tables for a terminal, drawn by rich, which knows the width of Chinese."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

from creditrules.deliver.plain import width as cells
from creditrules.deliver.view import EndGroup, Page
from creditrules.deliver.view_actions import UnitGroup
from creditrules.deliver.view_open import AsideGroup, OpenGroup
from creditrules.deliver.words import Words
from creditrules.model.words import Discretion

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

NARROWEST, WIDEST, UNKNOWN = 72, 120, 110
_DISCRETION_STYLES = ("must", "bold red"), ("may", "yellow"), ("weigh", "cyan")
_ASIDE_SHOWN = 8


def console_for(file: IO[str], *, width: int | None = None) -> Console:
    """Return a console on a file: no colour unless it is a terminal, and a width people can read."""
    from rich.console import Console

    is_terminal = file.isatty()
    if width is None:
        stated = os.environ.get("COLUMNS", "")
        width = int(stated) if stated.isdecimal() else _terminal_width(file) if is_terminal else UNKNOWN
    return Console(
        file=file,
        width=max(NARROWEST, min(width, WIDEST)),
        force_terminal=is_terminal,
        color_system="auto" if is_terminal else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _terminal_width(file: IO[str]) -> int:
    try:
        return os.get_terminal_size(file.fileno()).columns
    except (OSError, ValueError):
        return UNKNOWN


def print_page(page: Page, console: Console, lang: str) -> None:
    """Print a page about a decision, section by section."""
    print_parts(_parts(page, Words(lang)), console)


def print_parts(parts: Iterable[RenderableType], console: Console) -> None:
    """Print what rich can draw; into a file without the blanks that fill a line up to the width."""
    from rich.console import Group

    # Grouped, since `print` joins bare texts into one of its own kind.
    page = Group(*parts)
    if console.is_terminal:
        console.print(page)
        return
    with console.capture() as captured:
        console.print(page)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _parts(page: Page, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.wrapping import Text

    yield Text(page.title, style="bold")
    yield Text(words.joined((f"{name} {value}" for name, value in page.facts), "part"), style="dim")
    yield from section(words("table.subjects"), page.subjects)
    yield from heading(words("table.actions", n=page.count))
    if not page.units:
        yield Text("  " + words("table.no_actions"))
    else:
        table, targets = _actions_grid(words), _numbered()
        targets.add_row(
            Text(words("table.number"), style="not bold dim"), Text(words("table.target"), style="dim")
        )
        columns = ("what", "discretion", "period", "sources")
        table.add_row(targets, *(Text(words(f"table.{column}"), style="dim") for column in columns))
        yield table
    for group in page.units:
        yield _unit(group, words)
    if page.notes:
        yield from (Text(""), *(Text(note, style="dim") for note in page.notes))
    if page.ends:
        yield from heading(words("table.ends"))
        yield from (_end(group, words) for group in page.ends)
    if page.open:
        yield from heading(words("table.undetermined", n=len(page.open)))
        yield from (_open(group, words) for group in page.open)
    if page.aside:
        yield from heading(words("table.set_aside", n=sum(group.count for group in page.aside)))
        yield from (_aside(group, words) for group in page.aside)
    yield from section(words("table.records", n=len(page.records)), page.records)
    yield from section(words("table.statuses"), page.statuses)
    yield from section(words("table.leads_to", n=len(page.leads_to)), page.leads_to)


def heading(title: str) -> Iterator[RenderableType]:
    """Yield a blank line and a title with a rule."""
    from rich.rule import Rule

    from creditrules.deliver.wrapping import Text

    yield Text("")
    yield Rule(Text(title, style="bold"), align="left", style="dim", characters="─")


def section(title: str, lines: Iterable[str]) -> Iterator[RenderableType]:
    """Yield a titled list of lines; nothing when there are none."""
    from rich.padding import Padding

    from creditrules.deliver.wrapping import Text

    texts = [Text(line) for line in lines]
    if texts:
        yield from heading(title)
        yield from (Padding(text, (0, 0, 0, 2)) for text in texts)


def grid(*columns: dict[str, int | bool | str]) -> Table:
    """Return a table without lines; columns are given as rich takes them."""
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), expand=True, pad_edge=False)
    for column in columns:
        table.add_column(overflow="fold", **column)  # type: ignore[arg-type]
    return table


def _actions_grid(words: Words) -> Table:
    discretion = max(cells(words(f"discretion.{d.value}")) for d in Discretion)
    return grid(
        {"ratio": 14}, {"ratio": 11}, {"width": discretion}, {"width": 23}, {"ratio": 14, "style": "dim"}
    )


def _numbered() -> Table:
    return grid({"width": 5, "style": "bold", "justify": "right"}, {"ratio": 1})


def _unit(group: UnitGroup, words: Words) -> RenderableType:
    from rich.console import Group

    from creditrules.deliver.wrapping import Text

    table = _actions_grid(words)
    for row in group.rows:
        targets = _numbered()
        for number, target in row.targets:
            targets.add_row(Text(number), Text(target))
        discretion = Text(row.discretion, style=_style(row.discretion, words))
        table.add_row(targets, Text(row.what), discretion, Text(row.period), Text(row.sources))
    return Group(Text(""), Text(group.title, style="bold cyan"), table)


def _style(discretion: str, words: Words) -> str:
    return next((style for key, style in _DISCRETION_STYLES if words(f"discretion.{key}") == discretion), "")


def _end(group: EndGroup, words: Words) -> RenderableType:
    from creditrules.deliver.wrapping import Text

    table = grid({"ratio": 1, "style": "bold"}, {"ratio": 5})
    lines = [(words("table.ends_by"), group.ends_by), (words("table.remedy"), group.remedy)]
    said = "\n".join(
        f"{name}{words('mark.colon')}{words.joined(texts, 'part')}" for name, texts in lines if texts
    )
    table.add_row(Text(group.numbers), Text(said))
    return table


def _open(group: OpenGroup, words: Words) -> RenderableType:
    from creditrules.deliver.wrapping import Text

    table = grid({"width": 6, "style": "bold yellow", "justify": "right"}, {"ratio": 1})
    said = Text(group.question)
    said.append(f"  {group.about}", style="dim")
    for outcome in group.outcomes:
        changes = words.joined((f"{answer} → {then}" for answer, then in outcome.answers), "part")
        said.append(f"\n{changes}" if changes else "")
        for line in outcome.waiting:
            said.append(f"\n  ○ {line}", style="dim")
    table.add_row(Text(group.number), said)
    return table


def _aside(group: AsideGroup, words: Words) -> RenderableType:
    from creditrules.deliver.wrapping import Text

    table = grid({"width": 6, "justify": "right", "style": "bold"}, {"ratio": 1})
    said = Text(group.reason)
    left = len(group.items) - _ASIDE_SHOWN
    items = [*group.items[:_ASIDE_SHOWN], *([words("table.more", n=left)] if left > 0 else [])]
    if items:
        said.append(f"\n{words.joined(items, 'part')}", style="dim")
    table.add_row(Text(str(group.count)), said)
    return table
