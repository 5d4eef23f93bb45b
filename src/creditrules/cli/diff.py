"""CLI: `creditrules diff`: what a change of a catalogue means, and whose decisions it changes."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, OneOf, catalogue_option, format_option
from creditrules.cli._output import span_near
from creditrules.cli._state import FINDINGS, State, state_of
from creditrules.cli._usage import usage_error
from creditrules.evaluate.engine_names import NAMES

if TYPE_CHECKING:
    from creditrules.errors import Span
    from creditrules.load.sources import CatalogueSource
    from creditrules.model.catalogue import Catalogue
    from creditrules.policy.diff.changes import Change
    from creditrules.policy.diff.consequences import Counted


def _diff(
    old: str,
    new: str,
    days: tuple[date, ...],
    examples: tuple[str, ...],
    dossiers: tuple[str, ...],
    catalogues: tuple[str, ...],
    engine: str,
    form: str,
    full: bool,
    exit_code: bool,
) -> None:
    from creditrules.policy.diff.catalogues import catalogue_changes
    from creditrules.policy.diff.report import Report, to_json

    state = state_of()
    if dossiers and not days:
        raise usage_error("CR587", "--dossiers")
    for path in (*examples, *dossiers):
        if not Path(path).exists():
            raise usage_error("CR557", path)
    before, after = (_catalogue(path, catalogues, state) for path in (old, new))
    with state.timed("compare catalogues"):
        changes = catalogue_changes(before, after)
    report = Report(
        old,
        new,
        tuple(_near(change) for change in changes),
        *_consequences(changes, (before, after), (examples, dossiers, days, engine), state),
    )
    if form == "json":
        click.echo(to_json(report).encode("utf-8"))
    else:
        from creditrules.policy.diff.pages import Page

        coloured = form == "text" and sys.stdout.isatty()
        for line in Page(report, state.lang, markdown=form == "markdown", full=full).lines():
            click.echo(_coloured(line) if coloured else line)
    if exit_code and not report.is_empty:
        state.raise_code(FINDINGS)


def _catalogue(path: str, below: tuple[str, ...], state: State) -> Catalogue:
    """Load one of the two sides: a folder, the name of a catalogue, or a revision of version control."""
    from creditrules import load_catalogue
    from creditrules.load.plugins import installed_names
    from creditrules.policy.diff.revisions import at_revision

    is_known = path == _inputs.SHIPPED or Path(path).exists() or path in installed_names()
    if is_known:
        return _inputs.load((*below, path), state)
    sources: list[str | CatalogueSource] = [*_inputs.sources_of(below), at_revision(path)]
    with state.timed("load catalogue"):
        return load_catalogue(*sources)


def _consequences(
    changes: tuple[Change, ...],
    both: tuple[Catalogue, Catalogue],
    asked: tuple[tuple[str, ...], tuple[str, ...], tuple[date, ...], str],
    state: State,
) -> tuple[Counted | None, Counted | None]:
    from creditrules.policy.diff.consequences import Counted, Sides, of_dossiers, of_examples
    from creditrules.policy.diff.scope import scope_of
    from creditrules.policy.examples import find_examples

    examples, dossiers, days, engine = asked
    sides = Sides(*both, scope_of(changes, *both), engine)
    of_cases = of_files = None
    if examples:
        with state.timed("decide examples"):
            of_cases = of_examples((e for path in examples for e in find_examples(Path(path))), sides)
    if dossiers:
        with state.timed("decide dossiers"):
            parts = [of_dossiers(Path(path), days, sides) for path in dossiers]
        of_files = Counted(
            sum(part.total for part in parts),
            sum(part.decided for part in parts),
            tuple(c for part in parts for c in part.consequences),
            tuple(f for part in parts for f in part.findings),
        )
    return _nearer(of_cases), _nearer(of_files)


def _near(change: Change) -> Change:
    place = change.place
    spans = [s and span_near(s) for s in (place.span, place.entry_span, place.item_span)]
    return evolve(change, place=evolve(place, span=spans[0], entry_span=spans[1], item_span=spans[2]))


def _nearer(counted: Counted | None) -> Counted | None:
    if counted is None:
        return None
    near: tuple[Span, ...] = tuple(span_near(c.span) for c in counted.consequences)
    moved = (evolve(c, span=span) for c, span in zip(counted.consequences, near, strict=True))
    return evolve(counted, consequences=tuple(moved))


def _coloured(line: str) -> str:
    marks = {"+": "green", "-": "red", "~": "yellow", "!": "red"}
    colour = marks.get(line.lstrip()[:1])
    return click.style(line, fg=colour) if colour else line


command = Command(
    "diff",
    _diff,
    [
        click.Argument(["old"], metavar="OLD"),
        click.Argument(["new"], metavar="NEW"),
        click.Option(["--on", "days"], type=Day(), multiple=True, metavar="DATE"),
        click.Option(["--examples"], multiple=True, metavar="PATH"),
        click.Option(["--dossiers"], multiple=True, metavar="PATH"),
        catalogue_option(),
        click.Option(["--engine"], type=OneOf(*NAMES, code="CR531"), default="checked"),
        format_option("text", "markdown", "json"),
        click.Option(["--full"], is_flag=True),
        click.Option(["--exit-code"], is_flag=True),
    ],
)
