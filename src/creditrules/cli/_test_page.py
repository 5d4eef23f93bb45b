"""CLI, part of `test`: the results of a run for people: a table of files, then each failure in full."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from creditrules.cli._output import near_here, span_near
from creditrules.deliver.plain import shown
from creditrules.deliver.words import Words
from creditrules.errors import Finding, Span
from creditrules.policy.results import CaseResult, RunResult

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def write_results(result: RunResult, lang: str) -> None:
    """Write a run to standard output, in colour on a terminal."""
    from creditrules.deliver.table import console_for, print_parts

    print_parts(_parts(result, Words(lang)), console_for(sys.stdout))


def _parts(result: RunResult, words: Words) -> Iterator[RenderableType]:
    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    yield _table(result, words)
    for file in result.files:
        if file.findings:
            yield from heading(words("test.page.unread", file=_near(file.file)))
            yield Text(_findings(file.findings, words))
        for case in file.failed:
            yield from _failure(case, words)
    yield Text("")
    yield Text(summary(result, words), style="bold green" if result.passed else "bold red")


def summary(result: RunResult, words: Words) -> str:
    """Say a run in one line."""
    counts = {"n": result.cases, "passed": result.cases - result.failed, "failed": result.failed}
    one = "one" if result.cases == 1 else "counted"
    parts = [words(f"test.page.{one + '_passed' if result.passed else one}", **counts)]
    if result.unread:
        parts.append(words("test.page.unread_files", n=result.unread))
    if result.left_out:
        parts.append(words("test.page.left_out", n=result.left_out))
    took = words(
        "test.page.took" if result.jobs == 1 else "test.page.took_jobs",
        seconds=f"{result.seconds:.1f}",
        jobs=result.jobs,
    )
    return words.joined(parts) + took


def _table(result: RunResult, words: Words) -> Table:
    from rich.table import Table

    from creditrules.deliver.wrapping import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for at, name in enumerate(("file", "cases", "passed", "failed", "seconds")):
        table.add_column(Text(words(f"test.page.{name}")), justify="left" if at == 0 else "right")
    for file in result.files:
        failed = len(file.failed)
        mark = "[!]" if file.findings else str(failed)
        table.add_row(
            Text(_near(file.file)),
            str(len(file.cases)),
            Text(str(len(file.cases) - failed), style="green" if file.passed else ""),
            Text(mark, style="dim" if file.passed else "bold red"),
            Text(f"{file.seconds:.2f}", style="dim"),
        )
    return table


def _failure(case: CaseResult, words: Words) -> Iterator[RenderableType]:
    from rich.padding import Padding

    from creditrules.deliver.table import heading
    from creditrules.deliver.wrapping import Text

    yield from heading(shown(case.name))
    yield Text(shown(str(span_near(case.span))), style="dim")
    if case.findings:
        yield Text(_findings(case.findings, words))
    days = {difference.on for difference in case.differences}
    for difference in case.differences:
        said = Text("✗ ", style="")
        said.stylize("bold red")
        day = words("test.page.on", on=difference.on) if len(days) > 1 else ""
        said.append(f"{day}{shown(difference.text(words.lang))}")
        said.append(f"  {shown(str(span_near(difference.span)))}", style="dim")
        yield said
        for reason in difference.why:
            yield Padding(Text(words("test.page.why") + shown(reason(words.lang)), style="dim"), (0, 0, 0, 4))


def _findings(found: tuple[Finding, ...], words: Words) -> str:
    from creditrules.deliver import findings

    return findings.for_people(near_here(found), words.lang)


def _near(file: str) -> str:
    return shown(span_near(Span(file)).file)
