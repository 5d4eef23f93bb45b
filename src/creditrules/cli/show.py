"""CLI: `creditrules show`: one memorandum, list, unit or kind of measure, whole, with what was not seen."""

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
    if isinstance(thing.entry, Memorandum):
        _memorandum(thing.entry, catalogue, form, state)
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


def _memorandum(found: Memorandum, catalogue: Catalogue, form: str, state: State) -> None:
    from creditrules.deliver import memorandum as deliver

    if form == "json":
        _json(deliver.to_data(found))
        return
    sheet = deliver.sheet_of(found, catalogue, state.lang)
    if form == "markdown":
        click.echo(deliver.to_markdown(sheet, state.lang), nl=False)
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
