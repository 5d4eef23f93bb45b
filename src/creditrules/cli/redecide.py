"""CLI: `creditrules redecide`: decide again only what can have changed since a run."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, catalogue_option, format_option
from creditrules.cli._packages import check_population_installed
from creditrules.cli._state import State, state_of
from creditrules.deliver.progress import counting

if TYPE_CHECKING:
    from creditrules.population.watch.redeciding import Redecided


def _redecide(
    tables: str,
    yesterday: str,
    today: str | None,
    changes: str | None,
    on: date,
    out: str | None,
    tables_out: str | None,
    only_differences: bool,
    catalogues: tuple[str, ...],
    sample: int,
    form: str,
) -> None:
    state = state_of()
    check_population_installed("redecide")
    from creditrules.population.watch.redeciding import redecide

    catalogue = _inputs.load(catalogues, state)
    with state.timed("decide"), counting(sys.stderr, state.words("redecide.deciding")) as told:
        found = redecide(
            yesterday,
            catalogue,
            tables,
            on=on,
            today=today,
            changes=changes,
            out=out,
            whole=not only_differences,
            tables_out=tables_out,
            sample=sample,
            told=told,
        )
    _write(found, out, form, state)


def _write(found: Redecided, out: str | None, form: str, state: State) -> None:
    if form == "json":
        from creditrules.population.watch.summary import to_json

        click.echo(to_json(found, out).encode("utf-8"))
        return
    from creditrules.deliver.table import console_for
    from creditrules.population.watch.summary import print_summary

    print_summary(found, out, console_for(sys.stdout), state.words)


command = Command(
    "redecide",
    _redecide,
    [
        click.Argument(["tables"], metavar="TABLES"),
        click.Option(["--yesterday"], required=True, metavar="DIR"),
        click.Option(["--today"], metavar="DIR"),
        click.Option(["--changes"], metavar="DIR"),
        click.Option(["--on"], type=Day(), required=True, metavar="DATE"),
        click.Option(["--out"], metavar="DIR"),
        click.Option(["--tables-out"], metavar="DIR"),
        click.Option(["--only-differences"], is_flag=True),
        catalogue_option(),
        click.Option(["--sample"], type=click.IntRange(min=0), metavar="N", default=50),
        format_option("table", "json"),
    ],
)
