"""CLI: `creditrules desk read`: book the answers of sheets that units have filled in."""

from __future__ import annotations

from pathlib import Path

import click

from creditrules.cli import _inputs
from creditrules.cli.desk._desk import desk_command, office, say, store_at
from creditrules.errors import Finding, UsageError


def _read(files: tuple[str, ...], url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk.answers import answer
    from creditrules.desk.message_sheet import answers_of

    for file in files:
        _inputs.check_file(file)
    sheets = [(file, answers_of(Path(file).read_bytes(), file)) for file in files]
    store, refused = store_at(url, key), list[Finding]()
    for file, given in sheets:
        booked = again = 0
        for each in given:
            try:
                done = answer(store, each, office(by))
            except UsageError as error:
                # One answer that cannot be booked keeps no other from being booked.
                say("read.failed", file=file, push=each.push)
                refused += error.findings
                continue
            booked, again = booked + 1, again + done.again
        say("read.done", file=file, n=booked, again=again)
    if refused:
        raise UsageError(refused)


command = desk_command("read", _read, [click.Argument(["files"], nargs=-1, required=True)])
