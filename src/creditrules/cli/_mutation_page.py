"""CLI, part of `mutate`: what no example noticed, where the rule stands, and what to add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.model.memorandum import Memorandum
from creditrules.policy.mutation.registry import OPERATORS
from creditrules.policy.mutation.verdict import Report, State, Verdict

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Near = Callable[[str], str]
_STYLES = {
    State.NOTICED: "green",
    State.UNNOTICED: "bold red",
    State.ASLEEP: "yellow",
    State.EQUAL: "dim",
}


def print_report(report: Report, document: Memorandum, console: Console, lang: str, near: Near = str) -> None:
    """Print a report."""
    from creditrules.deliver.table import print_parts

    print_parts(_parts(report, document, Words(lang), near), console)


def _parts(report: Report, document: Memorandum, words: Words, near: Near) -> Iterator[RenderableType]:
    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    yield Text(
        words("mutation.title", document=document.doc_no, title=words.said(document.title)), style="bold"
    )
    yield Text(
        words("mutation.facts", tried=len(report.verdicts), made=report.made, cases=report.cases), style="dim"
    )
    if report.failing:
        yield from heading(words("mutation.failing", n=len(report.failing)))
        for case in report.failing:
            yield Text(f"✗ {near(case.file)}:{case.line}  {case.name}", style="red")
    if not report.cases:
        yield Text(words("mutation.no_cases"), style="bold red")
    yield _table(report, words)
    unnoticed = report.of(State.UNNOTICED)
    if unnoticed:
        yield from heading(words("mutation.unnoticed", n=len(unnoticed)))
    for number, verdict in enumerate(unnoticed, 1):
        yield _unnoticed(number, verdict, words, near)
    yield from _asleep(report.of(State.ASLEEP), words, near)
    yield from _equal(report.of(State.EQUAL), words, near)
    yield Text("")
    style = "bold green" if not unnoticed and report.cases else "bold red"
    yield Text(_summary(report, words), style=style)


def _table(report: Report, words: Words) -> RenderableType:
    from rich.table import Table

    from creditrules.deliver.wrapping import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column(Text(words("mutation.column.operator")))
    for state in State:
        table.add_column(Text(words(f"mutation.state.{state.value}")), justify="right")
    table.add_column(Text(words("mutation.column.name")), style="dim")
    for operator in OPERATORS:
        verdicts = [verdict for verdict in report.verdicts if verdict.operator == operator.name]
        counts = [sum(verdict.state is state for verdict in verdicts) for state in State]
        if verdicts:
            cells = (
                Text(str(n) if n else "–", style=_STYLES[state] if n else "dim")
                for n, state in zip(counts, State, strict=True)
            )
            table.add_row(Text(words.said(operator.title)), *cells, operator.name)
    return table


def _unnoticed(number: int, verdict: Verdict, words: Words, near: Near) -> RenderableType:
    from creditrules.deliver.table import grid
    from creditrules.deliver.wrapping import Text

    said = Text(words("mutation.nobody", said=words.said(verdict.said)))
    said.append(_place(verdict, near), style="dim")
    if verdict.reached is not None and verdict.add:
        case = verdict.reached
        day = words("mutation.on", on=case.on) if case.on else ""
        told = words("mutation.add", case=case.name, place=f"{near(case.file)}:{case.line}", on=day)
        said.append(f"\n{told}", style="dim")
        said.append(f"\n  {verdict.add}", style="cyan")
    else:
        said.append(f"\n{words.said(verdict.hint)}", style="dim")
    table = grid({"width": 4, "justify": "right", "style": "bold red"}, {"ratio": 1})
    table.add_row(Text(str(number)), said)
    return table


def _asleep(verdicts: tuple[Verdict, ...], words: Words, near: Near) -> Iterator[RenderableType]:
    from rich.padding import Padding

    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    if verdicts:
        yield from heading(words("mutation.asleep", n=len(verdicts)))
    for verdict in verdicts:
        said = Text(words.said(verdict.said))
        said.append(words("mutation.shows_on", on=verdict.shows_on or ""), style="yellow")
        said.append(_place(verdict, near), style="dim")
        yield Padding(said, (0, 0, 0, 2))


def _equal(verdicts: tuple[Verdict, ...], words: Words, near: Near) -> Iterator[RenderableType]:
    from rich.padding import Padding

    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    if verdicts:
        yield from heading(words("mutation.equal", n=len(verdicts)))
    for verdict in verdicts:
        yield Padding(Text(words.said(verdict.said) + _place(verdict, near), style="dim"), (0, 0, 0, 2))


def _place(verdict: Verdict, near: Near) -> str:
    return f"  {near(verdict.span.file)}:{verdict.span.line}" if verdict.span is not None else ""


def _summary(report: Report, words: Words) -> str:
    counts = {state.value: len(report.of(state)) for state in State}
    said = words("mutation.summary", **counts, share=f"{report.share:.1f}")
    return said + words("mutation.took", seconds=f"{report.seconds:.1f}")
