"""CLI: `creditrules repair`: the way out: what is required, met and missing, from when, and what it ends."""

from __future__ import annotations

import sys
from datetime import date

from creditrules.cli import _inputs
from creditrules.cli._command import Command, decision_options, format_option
from creditrules.cli._procedure import proceedings, write_to
from creditrules.cli._state import state_of


def _repair(
    dossier: str,
    on: date,
    known: date | None,
    catalogues: tuple[str, ...],
    recalled: bool,
    form: str,
) -> None:
    state = state_of()
    question = _inputs.Question(on, known, catalogues=catalogues, recalled=recalled)
    book = _inputs.rulebook(question, state)
    read = _inputs.read(dossier, book.catalogue, state)
    found = proceedings(read, book, question, state)
    if form == "json":
        from creditrules.deliver.procedure_json import repair_json

        write_to(None, repair_json(found, on) + "\n")
        return
    from creditrules.deliver.procedure_table import print_repair
    from creditrules.deliver.procedure_view import view_of
    from creditrules.deliver.table import console_for

    page = view_of(found, read, book.catalogue, on, state.lang)
    print_repair(page, console_for(sys.stdout), state.lang)


command = Command(
    "repair",
    _repair,
    [
        *(p for p in decision_options() if p.name != "engine"),
        format_option("table", "json"),
    ],
)
