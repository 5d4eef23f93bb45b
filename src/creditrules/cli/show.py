"""CLI: `creditrules show`: one memorandum, notice, list, unit or kind, whole, with what was not seen."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, catalogue_option, format_option
from creditrules.cli._shown import WHAT, Shown, shown_names, things_named
from creditrules.cli._state import State, state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.notice import Notice


def _show(name: str | None, catalogues: tuple[str, ...], form: str) -> None:
    state = state_of()
    catalogue = _inputs.load(catalogues, state)
    what, mark, rest = (name or "memorandum:").partition(":")
    if mark and what in WHAT and not rest:
        _list(what, catalogue, state)
        return
    found = things_named(name or "", catalogue)
    if not found:
        raise usage_error("CR561", name or "", **nearest(name or "", shown_names(catalogue)))
    _write(found[0], catalogue, form, state)
    if form == "table" and len(found) > 1:
        click.echo(state.words("sheet.also", names=state.words.joined(thing.name for thing in found[1:])))


def _list(what: str, catalogue: Catalogue, state: State) -> None:
    """List everything of a sort, by key."""
    for key, text, number in sorted(WHAT[what](catalogue)):
        click.echo("  ".join(part for part in (key, number, text(state.lang)) if part))


def _write(thing: Shown, catalogue: Catalogue, form: str, state: State) -> None:
    if isinstance(thing.entry, Memorandum | Notice):
        _document(thing.entry, catalogue, form, state)
    elif form == "json":
        _json({"schema": f"creditrules/{thing.what}/1", **thing.data(catalogue)})
    else:
        from creditrules.deliver.sheet import print_entry, to_markdown

        sheet = thing.sheet(catalogue, state.lang)
        if form == "markdown":
            click.echo(to_markdown(sheet, state.lang), nl=False)
        else:
            from creditrules.deliver.table import console_for

            print_entry(sheet, console_for(sys.stdout), state.lang)


def _document(found: Memorandum | Notice, catalogue: Catalogue, form: str, state: State) -> None:
    from creditrules.deliver import memorandum as memoranda
    from creditrules.deliver import notice as notices

    if isinstance(found, Notice):
        data, sheet = notices.to_data(found), notices.sheet_of(found, catalogue, state.lang)
    else:
        data, sheet = memoranda.to_data(found), memoranda.sheet_of(found, catalogue, state.lang)
    if form == "json":
        _json(data)
    elif form == "markdown":
        click.echo(memoranda.to_markdown(sheet, state.lang), nl=False)
    else:
        from creditrules.deliver.memorandum_table import print_sheet
        from creditrules.deliver.table import console_for

        print_sheet(sheet, console_for(sys.stdout), state.lang)


def _json(data: dict[str, Any] | Iterable[Any]) -> None:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    click.echo(text.encode("utf-8"))


command = Command(
    "show",
    _show,
    [
        click.Argument(["name"], required=False, metavar="[NAME]"),
        catalogue_option(),
        format_option("table", "markdown", "json"),
    ],
)
