"""CLI: `creditrules desk pushes`: what was pushed to whom, and where it stands."""

from __future__ import annotations

import click

from creditrules.cli import _inputs
from creditrules.cli._command import OneOf, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, note_stranger, say, store_at, table

STATES = (
    *("initiated", "received", "asked", "accepted", "returned", "not_applicable"),
    *("implemented", "no_occasion", "lifting", "lifted", "withdrawn"),
)


def _pushes(
    case: int | None,
    unit: str | None,
    region: str | None,
    only: str | None,
    orders_only: bool,
    catalogues: tuple[str, ...],
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.decide.unit_kin import units_meant
    from creditrules.desk import looking

    words = state_of().words
    meant: tuple[str, ...] | None = None
    if unit is not None:
        # A push bears the key of its unit and the name of the local body; people know older names too.
        meant = (unit, *units_meant(unit, _inputs.load(catalogues, state_of()).units))
    store = store_at(url, key)
    with store.reading() as connection:
        orders = looking.open_orders(connection)
        held = looking.pushes_in(connection, case=case, units=meant, region=region, state=only)
    found = [push for push in held if not orders_only or push.id in orders]
    rows = []
    for p in found:
        order = orders.get(p.id)
        due = f"{order.kind} {order.id}" if order else ""
        state = words(f"desk.state.{p.state}")
        rows.append((p.id, p.case_id, p.local or p.unit, p.target, p.action, state, p.respond_by, due))
    head = ("push", "case", "unit", "target", "action", "state", "respond_by", "order")
    table([words(f"desk.column.{name}") for name in head], rows)
    say("pushes.count", n=len(rows))
    if unit is not None and not rows:
        note_stranger(store, unit)


command = desk_command(
    "pushes",
    _pushes,
    [
        click.Option(["--case"], type=int, metavar="N"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--region"], metavar="CODE"),
        click.Option(["--state", "only"], type=OneOf(*STATES)),
        click.Option(["--orders", "orders_only"], is_flag=True),
        catalogue_option(),
    ],
)
