"""CLI: `creditrules show`: one memorandum or notice, whole, with what no source shows left visibly open."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, catalogue_option, format_option
from creditrules.cli._measures import memorandum_named, notice_named
from creditrules.cli._state import state_of

if TYPE_CHECKING:
    from creditrules.deliver.memorandum import Sheet


def _show(memorandum: str | None, catalogues: tuple[str, ...], form: str) -> None:
    state = state_of()
    catalogue = _inputs.load(catalogues, state)
    if memorandum is None:
        lines = [(m.key, m.doc_no, m.title(state.lang)) for m in catalogue.memoranda.values()]
        lines += [(n.key, n.doc_no, n.title(state.lang)) for n in catalogue.notices.values()]
        for line in sorted(lines):
            click.echo("  ".join(line))
        return
    notice = notice_named(memorandum, catalogue)
    if notice is not None:
        from creditrules.deliver import notice as notices

        _write(notices.to_data(notice), notices.sheet_of(notice, catalogue, state.lang), form, state.lang)
        return
    found = memorandum_named(memorandum, catalogue)
    from creditrules.deliver import memorandum as deliver

    _write(deliver.to_data(found), deliver.sheet_of(found, catalogue, state.lang), form, state.lang)


def _write(data: dict[str, Any], sheet: Sheet, form: str, lang: str) -> None:
    if form == "json":
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        click.echo(text.encode("utf-8"))
    elif form == "markdown":
        from creditrules.deliver.memorandum import to_markdown

        click.echo(to_markdown(sheet, lang), nl=False)
    else:
        from creditrules.deliver.memorandum_table import print_sheet
        from creditrules.deliver.table import console_for

        print_sheet(sheet, console_for(sys.stdout), lang)


command = Command(
    "show",
    _show,
    [
        click.Argument(["memorandum"], required=False, metavar="[MEMORANDUM]"),
        catalogue_option(),
        format_option("table", "markdown", "json"),
    ],
)
