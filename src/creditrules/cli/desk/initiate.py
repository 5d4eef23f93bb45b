"""CLI: `creditrules desk initiate`: decide dossiers and push what follows."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Day
from creditrules.cli.desk._desk import deciding_options, desk_at, desk_command, office, say


def _initiate(
    dossiers: tuple[str, ...],
    on: date | None,
    catalogues: tuple[str, ...],
    because: str,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    for path in dossiers:
        if path != "-":
            _inputs.check_file(path)
    desk = desk_at(url, key, catalogues)
    for path in dossiers:
        body = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        settled = desk.initiate(body, by=office(by).name, because=because, on=on, file=path)
        numbers = ", ".join(str(number) for number in settled.cases)
        if not settled.cases:
            say("initiate.no_listing", file=path)
        elif settled.changed:
            say("initiate.done", file=path, cases=numbers, steps=settled.told())
        else:
            say("initiate.same", file=path, cases=numbers)


command = desk_command(
    "initiate",
    _initiate,
    [
        click.Argument(["dossiers"], nargs=-1, required=True),
        click.Option(["--on"], type=Day(), metavar="DATE"),
        *deciding_options(),
    ],
)
