"""Desk: what people look at: cases, pushes with their open orders, addresses. It changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from creditrules.desk.tables import addresses, cases, orders, pushes
from creditrules.errors import Finding, Span, UsageError


def cases_in(connection: Connection, *, case: int | None = None, state: str | None = None) -> list[Any]:
    """Return the cases, or one of them, or those in a state.

    Raises:
        UsageError: CR635, there is no case of the number.
    """
    query = select(cases).order_by(cases.c.id)
    query = query if state is None else query.where(cases.c.state == state)
    query = query if case is None else query.where(cases.c.id == case)
    found = list(connection.execute(query))
    if case is not None and not found:
        raise UsageError([Finding("CR635", Span("desk"), {"case": str(case)})])
    return found


def pushes_in(
    connection: Connection,
    *,
    case: int | None = None,
    units: Sequence[str] | None = None,
    region: str | None = None,
    state: str | None = None,
) -> list[Any]:
    """Return the pushes of a case, of units (or local bodies), a region, in a state; all by default."""
    query = select(pushes).order_by(pushes.c.id)
    query = query if case is None else query.where(pushes.c.case_id == case)
    query = query if units is None else query.where(or_(pushes.c.unit.in_(units), pushes.c.local.in_(units)))
    query = query if region is None else query.where(pushes.c.region == region)
    query = query if state is None else query.where(pushes.c.state == state)
    return list(connection.execute(query))


def addressees(connection: Connection) -> list[str]:
    """Return everybody something was pushed to, by the name of the local body or the key of the unit."""
    found = connection.execute(select(pushes.c.unit, pushes.c.local).distinct())
    return sorted({row.local or row.unit for row in found})


def open_orders(connection: Connection) -> Mapping[int, Any]:
    """Return the orders nobody has confirmed yet, by the number of their push."""
    waiting = select(orders).where(orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    return {order.push_id: order for order in connection.execute(waiting)}


def addresses_in(connection: Connection) -> list[Any]:
    """Return how addressees are reached, by name, without their secrets."""
    shown = (addresses.c.name, addresses.c.channel, addresses.c.target, addresses.c.changed_at)
    return list(connection.execute(select(*shown).order_by(addresses.c.name)))
