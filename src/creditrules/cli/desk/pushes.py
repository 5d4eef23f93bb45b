"""CLI: `creditrules desk pushes`: what was pushed to whom, and where it stands."""

from __future__ import annotations

import click
from sqlalchemy import or_, select

from creditrules.cli._command import OneOf
from creditrules.cli._state import state_of
from creditrules.cli.desk._desk import desk_command, say, store_at, table

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
    url: str,
    key: str | None,
    by: str | None,
) -> None:
    from creditrules.desk.tables import orders, pushes

    words = state_of().words
    query = select(pushes).order_by(pushes.c.id)
    if case is not None:
        query = query.where(pushes.c.case_id == case)
    if unit is not None:
        query = query.where(or_(pushes.c.unit == unit, pushes.c.local == unit))
    if region is not None:
        query = query.where(pushes.c.region == region)
    if only is not None:
        query = query.where(pushes.c.state == only)
    waiting = select(orders).where(orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    with store_at(url, key).reading() as connection:
        open_orders = {order.push_id: order for order in connection.execute(waiting)}
        found = [p for p in connection.execute(query) if not orders_only or p.id in open_orders]
    rows = []
    for p in found:
        order = open_orders.get(p.id)
        due = f"{order.kind} {order.id}" if order else ""
        state = words(f"desk.state.{p.state}")
        rows.append((p.id, p.case_id, p.local or p.unit, p.target, p.action, state, p.respond_by, due))
    head = ("push", "case", "unit", "target", "action", "state", "respond_by", "order")
    table([words(f"desk.column.{name}") for name in head], rows)
    say("pushes.count", n=len(rows))


command = desk_command(
    "pushes",
    _pushes,
    [
        click.Option(["--case"], type=int, metavar="N"),
        click.Option(["--unit"], metavar="NAME"),
        click.Option(["--region"], metavar="CODE"),
        click.Option(["--state", "only"], type=OneOf(*STATES)),
        click.Option(["--orders", "orders_only"], is_flag=True),
    ],
)
