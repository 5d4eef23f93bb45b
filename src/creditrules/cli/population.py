"""CLI: `creditrules population`: decide many subjects at once, given as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from creditrules._interrupts import stop_if_it_came
from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, OneOf, catalogue_option, format_option
from creditrules.cli._packages import check_population_installed
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import usage_error

if TYPE_CHECKING:
    from creditrules.population.progress import Progress, Told
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
    state.stopped = partial(_how_far, out, state)
    for name, value in (("SOURCE", source), ("--on", on), ("--out", out)):
        if value is None:
            raise usage_error("CR552", name)
    assert source is not None
    assert on is not None
    assert out is not None
    check_population_installed("population")
    book = _inputs.rulebook(_inputs.Question(on, known, "reference", catalogues, recalled), state)
    from creditrules.population.run import run_population

    with state.timed("decide"), _bar(state) as told:
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


def _how_far(out: str | None, state: State) -> str:
    """Say how far a run came."""
    from creditrules.population.manifest import progress_of

    done, total = (0, 0) if out is None else progress_of(out)
    if not total:
        return state.words("population.not_begun")
    return state.words("population.interrupted", done=done, total=total)


@contextmanager
def _bar(state: State) -> Iterator[Told]:
    """Give something to tell progress to: a bar with rate and time left, on a terminal."""
    from creditrules.population.progress import bar

    with bar(state.words, sys.stderr) as told:

        def tell(progress: Progress) -> None:
            stop_if_it_came()
            told(progress)

        yield tell


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
