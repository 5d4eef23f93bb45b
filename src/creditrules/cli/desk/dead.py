"""CLI: `creditrules desk dead`: the messages that were given up, and sending them again."""

from __future__ import annotations

import click

from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, office, say, store_at, table


def _dead(resend: tuple[int, ...], because: str, url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk import dead_letters

    store, words = store_at(url, key), state_of().words
    for number in resend:
        done = dead_letters.resend(store, number, office(by).name, because)
        say("dead.overtaken" if done.is_overtaken else "dead.resent", n=number)
    if resend:
        return
    with store.reading() as connection:
        found = dead_letters.dead(connection)
    head = ("message", "case", "address", "what", "attempts", "error")
    rows = [
        (m.id, m.case_id, m.address, words(f"desk.message.{m.kind}"), m.attempts, m.last_error) for m in found
    ]
    table([words(f"desk.column.{name}") for name in head], rows)
    say("dead.count", n=len(found))


command = desk_command(
    "dead",
    _dead,
    [
        click.Option(["--resend"], type=int, multiple=True, metavar="MESSAGE"),
        click.Option(["--because"], default="", metavar="TEXT"),
    ],
)
