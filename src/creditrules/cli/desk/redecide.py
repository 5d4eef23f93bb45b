"""CLI: `creditrules desk redecide`: decide every open case again; only the difference goes out."""

from __future__ import annotations

from datetime import date

import click

from creditrules.cli._command import Day
from creditrules.cli.desk._desk import deciding_options, desk_at, desk_command, office, say


def _redecide(
    on: date | None,
    catalogues: tuple[str, ...],
    because: str,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    changed = desk_at(url, key, catalogues).redecide(by=office(by).name, because=because, on=on)
    for settled in changed.values():
        numbers = ", ".join(str(number) for number in settled.cases)
        say("redecide.changed", cases=numbers, steps=settled.told())
    say("redecide.done", n=len(changed))


command = desk_command(
    "redecide", _redecide, [click.Option(["--on"], type=Day(), metavar="DATE"), *deciding_options()]
)
