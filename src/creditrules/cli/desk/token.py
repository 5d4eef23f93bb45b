"""CLI: `creditrules desk token`: make, list and revoke tokens."""

from __future__ import annotations

import click

from creditrules.cli import _inputs
from creditrules.cli._command import OneOf
from creditrules.cli._state import state_of
from creditrules.cli._usage import usage_error
from creditrules.cli.desk._desk import desk_command, note_stranger, office, say, store_at, table


def _token(
    what: str,
    name: str | None,
    role: str,
    unit: str | None,
    region: str | None,
    because: str,
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.decide.unit_kin import units_meant
    from creditrules.desk import tokens

    store, words = store_at(url, key), state_of().words
    if what == "list":
        with store.reading() as connection:
            found = list(tokens.listed(connection))
        head = ("id", "name", "role", "unit", "region", "created_at", "revoked_at")
        table([words(f"desk.column.{c}") for c in head], [[_shown(c, row[c]) for c in head] for row in found])
        return
    if name is None:
        raise usage_error("CR552", "NAME")
    who, now = office(by).name, store.clock()
    with store.writing() as connection:
        if what == "create":
            token, made = tokens.create(connection, name, role, now, who, unit=unit, region=region)
        else:
            tokens.revoke(connection, name, now, who, because)
    if what == "create":
        say("token.made", id=made.id)
        click.echo(token)
        if made.role == "unit" and made.unit:
            # A token may bear the name of a unit that pushes call by its key.
            note_stranger(store, made.unit, units_meant(made.unit, _inputs.load((), state_of()).units))
    else:
        say("token.revoked", id=name)


def _shown(column: str, value: str | None) -> str | None:
    return value[:19] if value and column.endswith("_at") else value


command = desk_command(
    "token",
    _token,
    [
        click.Argument(["what"], type=OneOf("create", "list", "revoke")),
        click.Argument(["name"], required=False),
        click.Option(["--role"], type=OneOf("unit", "district", "clerk", "office"), default="unit"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--region"], metavar="CODE"),
        click.Option(["--because"], default="", metavar="TEXT"),
    ],
)
