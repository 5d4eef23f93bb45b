"""Deliver: duties and ways out for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.markdown import escape, table
from creditrules.deliver.procedure_view import DutyRow, ExitSheet, Proceeding
from creditrules.deliver.words import Words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

MARKS = {True: "✓", False: "✗", None: "?"}
_STYLES = {"overdue": "bold red", "due": "yellow", "open": "cyan", "done": "green"}
_MET_STYLES = {True: "green", False: "red", None: "yellow"}


def print_duties(page: Proceeding, console: Console, lang: str) -> None:
    """Print the duties, the most pressing first."""
    from creditrules.deliver.table import print_parts
    from creditrules.deliver.wrapping import Text

    words = Words(lang)
    head = Text(words("procedure.title_duties", on=page.on), style="bold")
    print_parts((head, Text(page.summary, style="dim"), *_duties(page, words), *_notes(page, words)), console)


def print_section(page: Proceeding, console: Console, lang: str) -> None:
    """Print the duties and the ways out as the last section of a decision."""
    from creditrules.deliver.table import heading, print_parts
    from creditrules.deliver.wrapping import Text

    words = Words(lang)
    parts: list[RenderableType] = list(heading(words("procedure.duties", n=len(page.duties))))
    parts += [Text(f"  {page.summary}", style="dim"), *_duties(page, words)]
    for sheet in page.exits:
        parts += _exit(sheet, words)
    print_parts((*parts, *_notes(page, words)), console)


def print_repair(page: Proceeding, console: Console, lang: str) -> None:
    """Print the ways out, one sheet each."""
    from creditrules.deliver.table import print_parts
    from creditrules.deliver.wrapping import Text

    words = Words(lang)
    parts: list[RenderableType] = [Text(words("procedure.title_repair", on=page.on), style="bold")]
    if not page.exits:
        parts.append(Text(words("procedure.no_exits")))
    for sheet in page.exits:
        parts += _exit(sheet, words)
    print_parts((*parts, *_notes(page, words)), console)


def _duties(page: Proceeding, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.table import grid
    from creditrules.deliver.wrapping import Text

    yield Text("")
    if not page.duties:
        yield Text(words("procedure.no_duties"))
        return
    columns = grid({"width": 10}, {"width": 7, "style": "dim"}, {"ratio": 6}, {"ratio": 9}, {"ratio": 6})
    heads = ("state", "listing", "who", "does", "when")
    columns.add_row(*(Text(words(f"procedure.{head}"), style="dim") for head in heads))
    for row in page.duties:
        does = Text(f"{row.force}{words('mark.colon')}{row.does}")
        # What has not arisen is named and no more; whoever wants its basis finds it in the JSON.
        for note in () if row.state == "pending" else (*row.notes, *([row.basis] if row.basis else [])):
            does.append(f"\n{note}", style="dim")
        state = Text(row.state_name, style=_STYLES.get(row.state, "dim"))
        columns.add_row(state, Text(row.listing), Text(row.who), does, Text(row.when))
    yield columns


def _exit(sheet: ExitSheet, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.table import grid, heading
    from creditrules.deliver.wrapping import Text

    yield from heading(sheet.listing)
    yield Text(f"  {sheet.title}", style="bold cyan")
    yield Text(f"  {sheet.verdict}", style="bold green" if sheet.open else "bold")
    if sheet.requirements:
        yield Text(f"  {words('procedure.exit.required', n=len(sheet.requirements))}", style="dim")
    asked = grid({"width": 4, "justify": "right"}, {"ratio": 1})
    for met, text in sheet.requirements:
        asked.add_row(Text(MARKS[met], style=_MET_STYLES[met]), Text(f"{text}  {_outcome(met, words)}"))
    if sheet.requirements:
        yield asked
    facts = grid({"width": 2}, {"width": 30 if words.lang == "en" else 18, "style": "dim"}, {"ratio": 1})
    for name, said in sheet.facts:
        facts.add_row("", Text(name), Text(said))
    yield facts


def _outcome(met: bool | None, words: Words) -> str:
    key = "procedure.exit.unknown" if met is None else f"procedure.exit.{'met' if met else 'unmet'}"
    return words("show.in_brackets", text=words(key)).strip()


def _notes(page: Proceeding, words: Words) -> Iterable[RenderableType]:
    from creditrules.deliver.table import section

    return section(words("procedure.notes"), page.notes)


def section_markdown(page: Proceeding, lang: str) -> str:
    """Return the duties and the ways out as sections of Markdown."""
    return "\n".join(_markdown(page, Words(lang))) + "\n"


def _markdown(page: Proceeding, words: Words) -> Iterator[str]:
    yield from ("", f"## {escape(words('procedure.duties', n=len(page.duties)))}", "")
    yield escape(page.summary if page.duties else words("procedure.no_duties"))
    if page.duties:
        yield ""
        heads = ("state", "listing", "who", "does", "when", "basis")
        yield from table(
            (words(f"procedure.{head}") for head in heads), (_cells(r, words) for r in page.duties)
        )
    for sheet in page.exits:
        yield from ("", f"### {escape(f'{sheet.listing} · {sheet.title}')}", "", escape(sheet.verdict), "")
        for met, text in sheet.requirements:
            yield f"- {MARKS[met]} {escape(f'{text} {_outcome(met, words)}')}"
        yield from (f"- {escape(name)}{words('mark.colon')}{escape(said)}" for name, said in sheet.facts)
    if page.notes:
        yield ""
        yield from (f"- {escape(note)}" for note in page.notes)


def _cells(row: DutyRow, words: Words) -> tuple[str, ...]:
    does = words.joined((f"{row.force}{words('mark.colon')}{row.does}", *row.notes), "part")
    return row.state_name, row.listing, row.who, does, row.when, row.basis
