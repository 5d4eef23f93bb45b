"""CLI: `creditrules show`: one memorandum, whole, with what no source shows left visibly open."""

from __future__ import annotations

import json
import sys

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, catalogue_option, format_option
from creditrules.cli._measures import memorandum_named
from creditrules.cli._state import state_of


def _show(memorandum: str | None, catalogues: tuple[str, ...], form: str) -> None:
    state = state_of()
    catalogue = _inputs.load(catalogues, state)
    if memorandum is None:
        for known in sorted(catalogue.memoranda.values(), key=lambda m: m.key):
            click.echo(f"{known.key}  {known.doc_no}  {known.title(state.lang)}")
        return
    found = memorandum_named(memorandum, catalogue)
    from creditrules.deliver import memorandum as deliver

    if form == "json":
        data = deliver.to_data(found)
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(text.encode("utf-8"))
        return
    sheet = deliver.sheet_of(found, catalogue, state.lang)
    if form == "markdown":
        click.echo(deliver.to_markdown(sheet, state.lang), nl=False)
    else:
        from creditrules.deliver.memorandum_table import print_sheet
        from creditrules.deliver.table import console_for

        print_sheet(sheet, console_for(sys.stdout), state.lang)


command = Command(
    "show",
    _show,
    [
        click.Argument(["memorandum"], required=False, metavar="[MEMORANDUM]"),
        catalogue_option(),
        format_option("table", "markdown", "json"),
    ],
)
