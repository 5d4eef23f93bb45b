"""CLI: `creditrules population`: decide many subjects at once, given as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, OneOf, catalogue_option, format_option
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import usage_error

if TYPE_CHECKING:
    from creditrules.population.progress import Told
    from creditrules.population.run import Run


def _population(
    source: str | None,
    on: date | None,
    out: str | None,
    known: date | None,
    catalogues: tuple[str, ...],
    recalled: bool,
    chunks: int | None,
    memory: int,
    on_error: str,
    sample: int,
    resume: bool,
    form: str,
) -> None:
    state = state_of()
    for name, value in (("SOURCE", source), ("--on", on), ("--out", out)):
        if value is None:
            raise usage_error("CR552", name)
    assert source is not None
    assert on is not None
    assert out is not None
    _check_installed()
    book = _inputs.rulebook(_inputs.Question(on, known, "reference", catalogues, recalled), state)
    from creditrules.population.run import run_population

    with state.timed("decide"), _bar(state) as told, _interruptible(out, state):
        run = run_population(
            book,
            source,
            out,
            known=known,
            chunks=chunks,
            memory=memory * 2**20,
            on_error=on_error,
            sample=sample,
            resume=resume,
            told=told,
        )
    _write(run, on, form, state)


def _check_installed() -> None:
    for package in ("numpy", "polars", "pyarrow"):
        try:
            __import__(package)
        except ImportError:
            raise usage_error("CR599", "population", package=package, extra="population") from None


@contextmanager
def _interruptible(out: str, state: State) -> Iterator[None]:
    """Say how far a run came when it is interrupted."""
    try:
        yield
    except KeyboardInterrupt:
        from creditrules.population.manifest import progress_of

        done, total = progress_of(out)
        click.echo(state.words("population.interrupted", done=done, total=total), err=True)
        raise


@contextmanager
def _bar(state: State) -> Iterator[Told]:
    """Give something to tell progress to: a bar with rate and time left, on a terminal."""
    from creditrules.population.progress import bar

    with bar(state.words, sys.stderr) as told:
        yield told


def _write(run: Run, on: date, form: str, state: State) -> None:
    if form == "json":
        from creditrules.population.summary import to_json

        click.echo(to_json(run).encode("utf-8"), nl=False)
        return
    from creditrules.cli._population import print_summary
    from creditrules.deliver.table import console_for

    print_summary(run, on, console_for(sys.stdout), state.words)


def _schema(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from creditrules.population.schema import schema_text

        click.echo(schema_text().encode("utf-8"), nl=False)
        context.exit()


def _whole(least: int) -> Any:
    return click.IntRange(min=least)


command = Command(
    "population",
    _population,
    [
        click.Argument(["source"], required=False, metavar="SOURCE"),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--out"], metavar="DIR"),
        click.Option(["--known"], type=Day(), metavar="DATE"),
        catalogue_option(),
        click.Option(["--recalled"], is_flag=True),
        click.Option(["--chunks"], type=_whole(1), metavar="N"),
        click.Option(["--memory"], type=_whole(64), metavar="MIB", default=2048),
        click.Option(["--on-error"], type=OneOf("reject", "stop"), default="reject"),
        click.Option(["--sample"], type=_whole(0), metavar="N", default=50),
        click.Option(["--resume"], is_flag=True),
        click.Option(["--schema"], is_flag=True, is_eager=True, expose_value=False, callback=_schema),
        format_option("table", "json"),
    ],
)
