"""CLI: `creditrules desk remind`: remind every addressee who owes an answer."""

from __future__ import annotations

from datetime import date

import click

from creditrules.cli._command import Day, catalogue_option
from creditrules.cli.desk._desk import desk_at, desk_command, office, say


def _remind(on: date | None, catalogues: tuple[str, ...], url: str, key: str | None, by: str | None) -> None:
    say("remind.done", n=desk_at(url, key, catalogues).remind(by=office(by).name, on=on))


command = desk_command(
    "remind", _remind, [click.Option(["--on"], type=Day(), metavar="DATE"), catalogue_option()]
)
