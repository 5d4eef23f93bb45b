"""CLI: `creditrules catalogue`: which measures there are: by unit, matter, list, statute, kind or effect."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, OneOf, catalogue_option, format_option
from creditrules.cli._names import key_named, statute_named, units_named
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import usage_error
from creditrules.decide.selection import Selection, Wanted, measures_of
from creditrules.decide.tally import COUNTS, count_by
from creditrules.model.catalogue import Catalogue
from creditrules.model.words import Stance


def _catalogue(
    on: date | None,
    recalled: bool,
    catalogues: tuple[str, ...],
    form: str,
    count: str | None,
    output: str | None,
    **asked: str | None,
) -> None:
    state = state_of()
    if form == "xlsx" and output is None:
        raise usage_error("CR568", "xlsx")
    question = {name: value for name, value in asked.items() if value is not None}
    catalogue = _inputs.load(catalogues, state)
    wanted = _wanted(question, catalogue)
    with state.timed("select"):
        selection = measures_of(catalogue, wanted, on=on, recalled=recalled)
    try:
        _write(selection, catalogue, on, form, count, output, question, state)
    except OSError:
        if output is None:
            raise
        raise usage_error("CR569", output) from None


def _wanted(question: Mapping[str, str], catalogue: Catalogue) -> Wanted:
    unit, statute, stance = question.get("unit"), question.get("statute"), question.get("stance")
    keys = {
        name: key_named(name, question[name], catalogue) if name in question else None
        for name in ("matter", "list", "kind", "effect")
    }
    return Wanted(
        units=None if unit is None else units_named(unit, catalogue),
        statute=None if statute is None else statute_named(statute, catalogue),
        stance=None if stance is None else Stance(stance),
        matter=keys["matter"],
        list=keys["list"],
        kind=keys["kind"],
        effect=keys["effect"],
    )


def _write(
    selection: Selection,
    catalogue: Catalogue,
    on: date | None,
    form: str,
    count: str | None,
    output: str | None,
    question: Mapping[str, str],
    state: State,
) -> None:
    counted = None if count is None else count_by(selection, count)
    if form == "json":
        from creditrules.deliver.catalogue_json import to_json

        text = to_json(selection, catalogue, on=on, asked=question, counts=counted) + "\n"
    else:
        from creditrules.deliver import catalogue_view as view
        from creditrules.deliver.names import Names
        from creditrules.deliver.words import Words

        listing = view.listing_of(selection, catalogue, state.lang)
        named = view.counts(counted or (), count or "", Names(catalogue, Words(state.lang)))
        if form == "xlsx":
            from creditrules.deliver.catalogue_xlsx import write_workbook

            write_workbook(Path(output or ""), selection, listing, state.lang, named)
            click.echo(state.words("catalogue.written_to", file=output, summary=listing.summary))
            return
        from creditrules.deliver.catalogue_table import print_counts, print_listing
        from creditrules.deliver.table import console_for

        page = io.StringIO()
        console = console_for(page if output else sys.stdout)
        if count is not None:
            print_counts(named, count, listing, console, state.lang)
        else:
            print_listing(listing, on, console, state.lang)
        if output is None:
            return
        text = page.getvalue()
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        Path(output).write_bytes(text.encode("utf-8"))


command = Command(
    "catalogue",
    _catalogue,
    [
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--matter"], metavar="CODE"),
        click.Option(["--list"], metavar="LIST"),
        click.Option(["--statute"], metavar="TITLE"),
        click.Option(["--kind"], metavar="KIND"),
        click.Option(["--effect"], metavar="EFFECT"),
        click.Option(["--stance"], type=OneOf(*(stance.value for stance in Stance))),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        click.Option(["--recalled"], is_flag=True),
        catalogue_option(),
        click.Option(["--count-by", "count"], type=OneOf(*COUNTS)),
        format_option("table", "json", "xlsx"),
        click.Option(["--output"], metavar="FILE"),
    ],
)
