"""CLI: `creditrules desk cases`: the cases, or one case with its pushes and what happened to it."""

from __future__ import annotations

from typing import Any

import click

from creditrules.cli._command import OneOf
from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, say, store_at, table


def _cases(case: int | None, only: str | None, url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk.looking import cases_in

    with store_at(url, key).reading() as connection:
        found = cases_in(connection, case=case, state=only)
        _print(("case", "list", "listing", "subject", "region", "status", "state", "decided_on"), found)
        if case is None:
            say("cases.count", n=len(found))
        else:
            _print_pushes(connection, case)
            _print_events(connection, case)


# The titles of columns, and the columns of a table they show.
_SHOWN = {"case": "id"}


def _print(head: tuple[str, ...], rows: Any) -> None:
    words = state_of().words
    shown = [[_said(getattr(row, _SHOWN.get(name, name)), name) for name in head] for row in rows]
    table([words(f"desk.column.{name}") for name in head], shown)


def _said(value: object, name: str) -> object:
    return state_of().words(f"desk.{name}.{value}") if name in ("status", "state") and value else value


def _print_pushes(connection: Any, case: int) -> None:
    from creditrules.desk.looking import pushes_in

    words = state_of().words
    held = pushes_in(connection, case=case)
    rows = [
        (p.id, p.local or p.unit, p.target, p.action, words(f"desk.state.{p.state}"), p.state_since[:10])
        for p in held
    ]
    click.echo()
    names = ("push", "unit", "target", "action", "state", "since")
    table([words(f"desk.column.{name}") for name in names], rows)


def _print_events(connection: Any, case: int) -> None:
    from creditrules.desk import ledger

    words = state_of().words
    rows = [
        (row["seq"], row["at"][:19], words(f"desk.kind.{row['kind']}"), row["by"], row["because"])
        for row in ledger.rows(connection)
        if row["case_id"] == case and row["push_id"] is None
    ]
    click.echo()
    table([words(f"desk.column.{name}") for name in ("entry", "at", "what", "who", "why")], rows)


command = desk_command(
    "cases",
    _cases,
    [
        click.Argument(["case"], type=int, required=False),
        click.Option(["--state", "only"], type=OneOf("open", "closing", "closed")),
    ],
)
