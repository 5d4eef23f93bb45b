"""CLI, part of `test --accept`: rewrite what failing cases expect, and show what was rewritten."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from creditrules.cli._output import span_near
from creditrules.cli._state import State
from creditrules.cli._test_run import Bench
from creditrules.cli._usage import usage_error
from creditrules.deliver.plain import shown
from creditrules.errors import Span, UsageError
from creditrules.policy.accept import Accepted, accept, write_whole
from creditrules.policy.gathering import Gathered
from creditrules.policy.results import FileResult, RunResult

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def accept_all(bench: Bench, result: RunResult) -> bool:
    """Rewrite the cases that differ, file by file; say whether anything was rewritten.

    Raises:
        UsageError: CR592, all that differs stands in spreadsheets; CR569, a file cannot be written.
    """
    state = bench.state
    differing = [file for file in result.files if any(case.differences for case in file.cases)]
    sheets = [file for file in differing if file.file.endswith(".xlsx")]
    if sheets and len(sheets) == len(differing):
        bench.tell(result)
        raise of_sheet(sheets[0].file)
    made = [_accepted(bench, file) for file in differing if file not in sheets]
    for each in made:
        _tell(each, state)
    for file in result.files:
        for case in file.failed:
            if case.findings:
                _left(case.name, "left_findings", state)
    for sheet in sheets:
        click.echo(of_sheet(sheet.file).findings[0].what(state.lang))
    if not any(each.names for each in made):
        click.echo(state.words("test.page.nothing_to_accept"))
    return any(each.names for each in made)


def of_sheet(name: str) -> UsageError:
    """Return the finding that a spreadsheet cannot be rewritten."""
    words = {
        "problem_en": f"`--accept` rewrites YAML, and `{name}` is a spreadsheet",
        "problem_zh": f"`--accept` 只改写 YAML，而 `{name}` 是电子表格",
        "why_en": "what people typed and coloured into cells is theirs to change",
        "why_zh": "单元格里填写、标色的内容应由填写的人修改",
        "fix_en": "change the cells named above, or turn it into YAML with `creditrules example to-yaml`",
        "fix_zh": "请修改上面列出的单元格；或者用 `creditrules example to-yaml` 把表格转为 YAML",
    }
    return usage_error("CR592", name, **words)


def _accepted(bench: Bench, file: FileResult) -> Accepted:
    numbers = [case.number for case in file.cases if case.differences]
    made = accept(Path(file.file), numbers, bench.rulebooks, bench.asked.engine)
    if made.names:
        try:
            write_whole(made.file, made.after.encode("utf-8"))
        except OSError:
            raise usage_error("CR569", file.file) from None
    return made


def _tell(made: Accepted, state: State) -> None:
    if made.names:
        file = span_near(Span(str(made.file))).file
        click.echo(state.words("test.page.accepted", file=shown(file), n=len(made.names)))
        for line in made.diff[2:]:
            colour = _COLOURS.get(line[:1]) if sys.stdout.isatty() else None
            click.echo("  " + click.style(shown(line), fg=colour))
    for name in made.left:
        _left(name, "left_shared", state)


def _left(name: str, why: str, state: State) -> None:
    click.echo(state.words("test.page.left", name=shown(name), why=state.words(f"test.page.{why}")))


def read_again(files: Sequence[Gathered]) -> list[Gathered]:
    """Read files again, with the cases that were chosen among before."""
    from attrs import evolve

    from creditrules.policy.gathering import gathered_file

    again = []
    for file in files:
        numbers = {example.number for example in file.examples}
        now = gathered_file(file.path)
        again.append(evolve(now, examples=tuple(e for e in now.examples if e.number in numbers)))
    return again
