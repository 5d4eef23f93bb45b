"""CLI: `creditrules desk reply`: answer what a unit asked."""

from __future__ import annotations

import click

from creditrules.cli.desk._desk import desk_command, office, say, store_at


def _reply(push: int, text: str, url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk.answers import reply

    reply(store_at(url, key), push, text, office(by))
    say("reply.sent", push=push)


command = desk_command("reply", _reply, [click.Argument(["push"], type=int), click.Argument(["text"])])
