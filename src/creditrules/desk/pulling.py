"""Desk: pull: an addressee lists the messages that wait for him, and says of each that it has arrived.

Whoever has a webhook may pull as well, such as while it is down: a message has the same key whichever way it
comes, and whichever way confirms it first ends its journey.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen
from sqlalchemy import ColumnElement, Connection, Select, and_, exists, false, or_, select, true, update

from creditrules.desk.ledger import Entry, append
from creditrules.desk.outbox import DEAD, LEASED, SENT, WAITING
from creditrules.desk.seeing import Page
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from creditrules.desk.tokens import Principal
from creditrules.errors import Finding, Span, UsageError


@frozen
class Acknowledged:
    """A message that has arrived: when that was said, and whether it had been said before."""

    message: int
    key: str
    at: str
    again: bool = False


def address_of(principal: Principal) -> str | None:
    """Return the one address somebody pulls for; None: the office for any, everybody else for none."""
    if principal.role == "unit":
        return principal.unit
    return f"district:{principal.region}" if principal.role == "district" else None


def of_messages(principal: Principal) -> ColumnElement[bool]:
    """Return which messages somebody may pull: his own; the office those of whoever has no token, too."""
    if principal.sees_everything:
        return true()
    address = address_of(principal)
    return outbox.c.address == address if address else false()


def waiting(
    connection: Connection,
    principal: Principal,
    *,
    after: int = 0,
    limit: int = 50,
    address: str | None = None,
) -> Page:
    """Return rows of the outbox that wait for somebody, in the order they were posted.

    What was given up (`dead`) waits as well: it is the addressee himself who asks now. It does not when
    something later about the same case has reached him, or a push would follow its own lift.
    """
    later = outbox.alias("later")
    passed = exists().where(
        later.c.address == outbox.c.address,
        later.c.case_id == outbox.c.case_id,
        later.c.id > outbox.c.id,
        later.c.state.in_((SENT, LEASED)),
    )
    waits = or_(outbox.c.state.in_(WAITING), and_(outbox.c.state == DEAD, ~passed))
    query = _own(principal).where(waits, outbox.c.id > after)
    if address is not None:
        query = query.where(outbox.c.address == address)
    rows = connection.execute(query.order_by(outbox.c.id).limit(limit + 1)).all()
    return Page(rows[:limit], rows[limit - 1].id if len(rows) > limit else None)


def acknowledge(store: Store, number: int, principal: Principal) -> Acknowledged:
    """Note that a message has arrived; saying so twice changes nothing.

    Raises:
        UsageError: CR657, there is no such message for whoever asks.
    """
    now = store.clock()
    with store.writing() as connection:
        row = connection.execute(_own(principal).where(outbox.c.id == number)).first()
        if row is None:
            raise UsageError([Finding("CR657", Span("desk"), {"message": str(number)})])
        # Of two that say it at once, one changes the row; the outbox comes before the ledger, as in a worker.
        changed = connection.execute(
            update(outbox)
            .where(outbox.c.id == number, outbox.c.state != SENT)
            .values(state=SENT, sent_at=now, leased_by=None, leased_until=None, last_error=None)
        )
        if not changed.rowcount:
            at = connection.execute(select(outbox.c.sent_at).where(outbox.c.id == number)).scalar_one()
            return Acknowledged(number, row.key, at, again=True)
        append(connection, [_entry(row, principal)], now)
    return Acknowledged(number, row.key, now)


def _own(principal: Principal) -> Select[Any]:
    return select(outbox).where(of_messages(principal))


def _entry(row: Any, principal: Principal) -> Entry:
    said = {"message": row.id, "key": row.key, "address": row.address, "of": row.kind, "way": "pull"}
    return Entry("sent", principal.name, "", row.case_id, row.push_id, said)
