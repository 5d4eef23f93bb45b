"""CLI: `creditrules fmt`: lay documents out in one way, comments kept and meaning unchanged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from creditrules.cli._command import Command
from creditrules.cli._output import near_here
from creditrules.cli._state import FINDINGS, State, state_of
from creditrules.cli._usage import usage_error
from creditrules.errors import Finding

if TYPE_CHECKING:
    from creditrules.policy.formatting.files import Formatted

STDIN = "-"


def _fmt(paths: tuple[str, ...], check: bool, diff: bool) -> None:
    state = state_of()
    if STDIN in paths:
        _standard_input()
        return
    changed = fine = 0
    found: list[Finding] = []
    for each in _all(paths or (".",)):
        if each.findings:
            found += each.findings
        elif not each.is_changed:
            fine += 1
        else:
            changed += 1
            if diff:
                click.echo(_difference(each), nl=False)
            if not (check or diff):
                _write(each)
            if not diff:
                key = "editor.fmt.would" if check else "editor.fmt.done"
                click.echo(state.words(key, file=each.path))
    _report(found, changed, fine, state)
    if found or (changed and check):
        state.raise_code(FINDINGS)


def _all(paths: tuple[str, ...]) -> Iterator[Formatted]:
    from creditrules.policy.formatting.files import documents_at, format_file

    for path in paths:
        if not Path(path).exists():
            raise usage_error("CR557", path)
    for path in paths:
        for file in documents_at(Path(path)):
            made = format_file(file, named=str(file) == str(Path(path)))
            if made is not None:
                yield made


def _standard_input() -> None:
    from creditrules.policy.formatting.documents import formatted

    click.echo(formatted(sys.stdin.buffer.read(), "<stdin>").encode("utf-8"), nl=False)


def _write(made: Formatted) -> None:
    try:
        made.write()
    except OSError:
        raise usage_error("CR569", str(made.path)) from None


def _difference(made: Formatted) -> str:
    name = str(made.path)
    lines = unified_diff(
        made.before.splitlines(keepends=True), made.after.splitlines(keepends=True), name, name
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _report(found: list[Finding], changed: int, fine: int, state: State) -> None:
    if found:
        from creditrules.deliver.findings import for_people

        click.echo(for_people(near_here(found), state.lang), err=True)
    counts = {"changed": changed, "fine": fine, "left": len({f.span.file for f in found})}
    said = [state.words(f"editor.fmt.{key}", n=n) for key, n in counts.items() if n]
    click.echo(state.words.joined(said) or state.words("editor.fmt.nothing"), err=True)


command = Command(
    "fmt",
    _fmt,
    [
        click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
        click.Option(["--check"], is_flag=True),
        click.Option(["--diff"], is_flag=True),
    ],
)
