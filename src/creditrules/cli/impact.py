"""CLI: `creditrules impact`: whose actions differ between two catalogues, or between two days."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, catalogue_option, format_option
from creditrules.cli._packages import check_population_installed
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import usage_error

if TYPE_CHECKING:
    from creditrules.load.sources import CatalogueSource
    from creditrules.model.catalogue import Catalogue
    from creditrules.policy.diff.changes import Change
    from creditrules.population.impact.report import Impact
    from creditrules.population.impact.view import View


def _impact(
    before: str,
    after: str,
    population: str,
    on: date,
    on_after: date | None,
    known: date | None,
    recalled: bool,
    catalogues: tuple[str, ...],
    form: str,
    out: str | None,
    sample: int,
) -> None:
    state = state_of()
    if form == "xlsx" and out is None:
        raise usage_error("CR568", "xlsx")
    check_population_installed("impact")
    from creditrules.population.impact.report import impact_of
    from creditrules.population.impact.view import view_of

    sides = [_catalogue(path, catalogues, state) for path in (before, after)]
    days = (on, on_after or on)
    with state.timed("make rulebooks"):
        one, two = (side.rulebook(on=day, recalled=recalled) for side, day in zip(sides, days, strict=True))
    with state.timed("compare"):
        found = impact_of(one, two, population, known=known, sample=sample)
    titles = None if before == after else (before, after)
    view = view_of(found, state.lang, titles)
    changes = _changes(sides)
    if out is not None:
        files = _write_all(Path(out), found, view, changes, state)
        told = state.words("impact.written", folder=out, files=state.words.joined(files))
        click.echo(told, err=form in ("json", "html"))
    _print(form, found, view, changes)


def _catalogue(path: str, below: tuple[str, ...], state: State) -> Catalogue:
    """Load one of the two sides: a folder, the name of a catalogue, or a revision of version control."""
    from creditrules import load_catalogue
    from creditrules.load.plugins import installed_names
    from creditrules.policy.diff.revisions import at_revision

    if path == _inputs.SHIPPED or Path(path).exists() or path in installed_names():
        return _inputs.load((*below, path), state)
    sources: list[str | CatalogueSource] = [*_inputs.sources_of(below), at_revision(path)]
    with state.timed("load catalogue"):
        return load_catalogue(*sources)


def _changes(sides: list[Catalogue]) -> tuple[Change, ...]:
    from creditrules.policy.diff.catalogues import catalogue_changes

    return catalogue_changes(*sides)


def _write_all(
    folder: Path, found: Impact, view: View, changes: tuple[Change, ...], state: State
) -> list[str]:
    """Write everything there is into a folder; return the names of the files."""
    from creditrules.population.impact.folder import write_all

    try:
        files, has_charts = write_all(folder, found, view, changes)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise usage_error(
            "CR489", str(folder), folder=str(folder), reason_en=reason, reason_zh=reason
        ) from None
    if not has_charts and view.sections:
        click.echo(state.words("impact.no_charts"), err=True)
    return files


def _print(form: str, found: Impact, view: View, changes: tuple[Change, ...]) -> None:
    if form == "json":
        from creditrules.population.impact.data import to_json

        click.echo(to_json(found).encode("utf-8"))
    elif form == "html":
        from creditrules.population.impact.page import to_html

        click.echo(to_html(view, changes).encode("utf-8"), nl=False)
    elif form == "text":
        from creditrules.deliver.table import console_for
        from creditrules.population.impact.text import print_view

        print_view(view, console_for(sys.stdout))


command = Command(
    "impact",
    _impact,
    [
        click.Option(["--before"], default=_inputs.SHIPPED, metavar="CATALOGUE"),
        click.Option(["--after"], default=_inputs.SHIPPED, metavar="CATALOGUE"),
        click.Option(["--population"], required=True, metavar="DIR"),
        click.Option(["--on"], type=Day(), required=True, metavar="DATE"),
        click.Option(["--on-after"], type=Day(), metavar="DATE"),
        click.Option(["--known"], type=Day(), metavar="DATE"),
        click.Option(["--recalled"], is_flag=True),
        catalogue_option(),
        format_option("text", "json", "html", "xlsx"),
        click.Option(["--out"], metavar="DIR"),
        click.Option(["--sample"], type=click.IntRange(min=0), metavar="N", default=12),
    ],
)
