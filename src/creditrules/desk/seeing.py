"""Desk: who may see what, as conditions of a query: the pushes, orders and cases of whoever asks.

The rule for one push is `answers.may_see`; what stands here says the same of many, and a test compares both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import ColumnElement, Connection, Select, false, or_, select, true

from creditrules.desk.tables import cases, ledger, orders, pushes
from creditrules.desk.tokens import Principal
from creditrules.errors import Finding, Span, UsageError


@frozen
class Page:
    """Some rows in the order of their numbers, and after which number the next ones begin; None: no more."""

    rows: Sequence[Any]
    after: int | None


@frozen
class Sought:
    """Which pushes are meant; a filter only ever takes away from what may be seen."""

    case: int | None = None
    unit: str | None = None
    region: str | None = None
    state: str | None = None
    with_order: bool = False


def of_pushes(principal: Principal) -> ColumnElement[bool]:
    """Return which pushes somebody may see."""
    if principal.role == "unit" and principal.unit:
        return or_(pushes.c.unit == principal.unit, pushes.c.local == principal.unit)
    if principal.role == "district" and principal.region:
        return pushes.c.region == principal.region
    return true() if principal.sees_everything else false()


def of_cases(principal: Principal) -> ColumnElement[bool]:
    """Return which cases somebody may see: a district its own, the office all, a unit none."""
    if principal.role == "district" and principal.region:
        return cases.c.region == principal.region
    return true() if principal.sees_everything else false()


def find_pushes(connection: Connection, principal: Principal, sought: Sought, after: int, limit: int) -> Page:
    """Return the pushes somebody may see, among those that are sought."""
    query = select(pushes).where(of_pushes(principal))
    if sought.case is not None:
        query = query.where(pushes.c.case_id == sought.case)
    if sought.unit is not None:
        query = query.where(or_(pushes.c.unit == sought.unit, pushes.c.local == sought.unit))
    if sought.region is not None:
        query = query.where(pushes.c.region == sought.region)
    if sought.state is not None:
        query = query.where(pushes.c.state == sought.state)
    if sought.with_order:
        query = query.where(pushes.c.id.in_(select(orders.c.push_id).where(*_open())))
    return _page(connection, query, pushes.c.id, after, limit)


def one_push(connection: Connection, principal: Principal, number: int) -> Any:
    """Return a push.

    Raises:
        UsageError: CR631, there is none of that number for whoever asks.
    """
    found = connection.execute(select(pushes).where(pushes.c.id == number, of_pushes(principal))).first()
    if found is None:
        raise UsageError([Finding("CR631", Span("desk"), {"push": str(number)})])
    return found


def case_of(connection: Connection, push: Any) -> Any:
    """Return the case of a push that may be seen."""
    return connection.execute(select(cases).where(cases.c.id == push.case_id)).one()


def find_orders(connection: Connection, principal: Principal, after: int, limit: int) -> Page:
    """Return the open orders about pushes somebody may see, each with the unit and target of its push."""
    query = (
        select(orders, pushes.c.case_id, pushes.c.action, pushes.c.unit, pushes.c.local, pushes.c.target)
        .join(pushes, pushes.c.id == orders.c.push_id)
        .where(of_pushes(principal), *_open())
    )
    return _page(connection, query, orders.c.id, after, limit)


def orders_about(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Any]]:
    """Return the open orders about some pushes, by their numbers."""
    found: dict[int, list[Any]] = {}
    query = select(orders).where(orders.c.push_id.in_(numbers), *_open()).order_by(orders.c.id)
    for row in connection.execute(query):
        found.setdefault(row.push_id, []).append(row)
    return found


def find_cases(
    connection: Connection, principal: Principal, state: str | None, after: int, limit: int
) -> Page:
    """Return the cases somebody may see."""
    query = select(cases).where(of_cases(principal))
    if state is not None:
        query = query.where(cases.c.state == state)
    return _page(connection, query, cases.c.id, after, limit)


def one_case(connection: Connection, principal: Principal, number: int) -> Any:
    """Return a case.

    Raises:
        UsageError: CR635, there is none of that number for whoever asks.
    """
    found = connection.execute(select(cases).where(cases.c.id == number, of_cases(principal))).first()
    if found is None:
        raise UsageError([Finding("CR635", Span("desk"), {"case": str(number)})])
    return found


def events_of(connection: Connection, case: int, most: int = 1000) -> Sequence[Any]:
    """Return what happened to a case and its pushes, as the ledger has it; the last when there is much."""
    query = select(ledger).where(ledger.c.case_id == case).order_by(ledger.c.seq.desc()).limit(most)
    return list(reversed(connection.execute(query).all()))


def _open() -> tuple[ColumnElement[bool], ...]:
    return (orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))


def _page(connection: Connection, query: Select[Any], number: Any, after: int, limit: int) -> Page:
    """By the last number seen, and not by counting: what comes meanwhile shifts nothing."""
    rows = connection.execute(query.where(number > after).order_by(number).limit(limit + 1)).all()
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)
