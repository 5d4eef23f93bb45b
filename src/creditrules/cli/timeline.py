"""CLI: `creditrules timeline`: events, deadlines and states of each listing, day by day or drawn."""

from __future__ import annotations

import io
import sys
from datetime import date

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, Day, decision_options, format_option
from creditrules.cli._procedure import last_recorded_day, timeline, write_to
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error


def _timeline(
    dossier: str,
    on: date | None,
    known: date | None,
    engine: str,
    catalogues: tuple[str, ...],
    recalled: bool,
    form: str,
    output: str | None,
) -> None:
    state = state_of()
    catalogue = _inputs.load(catalogues, state)
    found = _inputs.read(dossier, catalogue, state)
    day = on or last_recorded_day(found.as_known(known))
    if day is None:
        raise usage_error("CR571", dossier)
    question = _inputs.Question(day, known, engine, catalogues, recalled)
    with state.timed("make rulebook"):
        book = catalogue.rulebook(on=day, recalled=recalled)
    drawn = timeline(found, book, question, state)
    if form == "svg":
        from creditrules.deliver.timeline_svg import to_svg

        text = to_svg(drawn, state.lang)
    elif form == "text":
        from creditrules.deliver.table import console_for
        from creditrules.deliver.timeline_pages import print_timeline

        page = io.StringIO()
        print_timeline(drawn, console_for(page if output else sys.stdout), state.lang)
        text = page.getvalue()
        if output is None:
            return
    else:
        from creditrules.deliver import timeline_pages as pages

        text = pages.to_json(drawn) + "\n" if form == "json" else pages.to_html(drawn, state.lang)
    write_to(output, text)


command = Command(
    "timeline",
    _timeline,
    [
        *(p for p in decision_options() if p.name != "on"),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        format_option("text", "json", "svg", "html"),
        click.Option(["--output"], metavar="FILE"),
    ],
)
