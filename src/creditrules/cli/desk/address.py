"""CLI: `creditrules desk address`: how each addressee is reached."""

from __future__ import annotations

import click

from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, note_stranger, office, say, store_at, table


def _address(
    name: str | None,
    channel: str | None,
    target: str,
    secret: str | None,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.desk.channels import Address, register
    from creditrules.desk.ledger import Entry, append
    from creditrules.desk.looking import addresses_in

    store, words = store_at(url, key), state_of().words
    if name is not None and channel is not None:
        now = store.clock()
        with store.writing() as connection:
            register(connection, Address(name, channel, target, secret), store.keys, now)
            body = {"address": name, "channel": channel, "target": target}
            append(connection, [Entry("address_changed", office(by).name, body=body)], now)
        say("address.set", name=name, channel=channel)
        note_stranger(store, name)
        return
    with store.reading() as connection:
        found = addresses_in(connection)
    rows = [(a.name, a.channel, a.target, a.changed_at[:19]) for a in found if name in (None, a.name)]
    table([words(f"desk.column.{column}") for column in ("address", "channel", "where", "since")], rows)
    say("address.others")


command = desk_command(
    "address",
    _address,
    [
        click.Argument(["name"], required=False),
        click.Argument(["channel"], required=False),
        click.Argument(["target"], required=False, default=""),
        click.Option(["--secret"], envvar="CREDITRULES_WEBHOOK_SECRET", metavar="TEXT"),
    ],
)
