"""CLI: `creditrules duties`: who has to do what next about a dossier, by when, and what is overdue."""

from __future__ import annotations

import sys
from datetime import date

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, decision_options, format_option
from creditrules.cli._procedure import narrowed, of_body, proceedings, write_to
from creditrules.cli._state import state_of
from creditrules.model.procedure import DutyState


def _duties(
    dossier: str,
    on: date,
    known: date | None,
    catalogues: tuple[str, ...],
    recalled: bool,
    body: str | None,
    overdue: bool,
    form: str,
) -> None:
    state = state_of()
    question = _inputs.Question(on, known, catalogues=catalogues, recalled=recalled)
    book = _inputs.rulebook(question, state)
    read = _inputs.read(dossier, book.catalogue, state)
    found = proceedings(read, book, question, state)
    duties = found.duties if body is None else of_body(found, read, book, body)
    if overdue:
        duties = tuple(duty for duty in duties if duty.state is DutyState.OVERDUE)
    if form == "json":
        from creditrules.deliver.procedure_json import duties_json

        write_to(None, duties_json(duties, on) + "\n")
        return
    from creditrules.deliver.procedure_table import print_duties
    from creditrules.deliver.procedure_view import view_of
    from creditrules.deliver.table import console_for

    page = view_of(narrowed(found, duties), read, book.catalogue, on, state.lang)
    print_duties(page, console_for(sys.stdout), state.lang)


command = Command(
    "duties",
    _duties,
    [
        *(p for p in decision_options() if p.name != "engine"),
        click.Option(["--body"], metavar="NAME"),
        click.Option(["--overdue"], is_flag=True),
        format_option("table", "json"),
    ],
)
