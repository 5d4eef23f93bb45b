"""CLI: `creditrules desk replay`: decide a case again from what was kept, and compare the bytes."""

from __future__ import annotations

import click

from creditrules.cli._state import FINDINGS, state_of
from creditrules.cli.desk._desk import desk_command, say, store_at


def _replay(case: int, show: bool, url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk.replaying import replay

    again, same = replay(store_at(url, key), case)
    if show:
        click.echo(again)
    if same:
        say("replay.same", case=case)
    else:
        say("replay.differs", case=case)
        state_of().raise_code(FINDINGS)


command = desk_command(
    "replay", _replay, [click.Argument(["case"], type=int), click.Option(["--show"], is_flag=True)]
)
