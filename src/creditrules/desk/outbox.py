"""Desk: the outbox: messages written in the transaction that decides them, and sent by workers afterwards.

A message is sent at least once: a worker that dies after sending and before noting it lets it be sent again
with the same key, by which the receiver knows it. Messages about one case to one address keep their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, and_, exists, insert, or_, select, update

from creditrules.desk.clock import later
from creditrules.desk.ledger import Entry, append
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from creditrules.errors import Finding, Span, UsageError

PENDING, LEASED, SENT, DEAD = "pending", "leased", "sent", "dead"
WAITING = (PENDING, LEASED)


@frozen
class Posted:
    """A message to be sent: its key, to whom, of which kind, about which case and push, and what it says."""

    key: str
    address: str
    kind: str
    case_id: int
    body: dict[str, Any] = field(factory=dict)
    push_id: int | None = None


@frozen
class Retry:
    """How often and how patiently a message is tried again; times in seconds."""

    attempts: int = 10
    first: float = 5.0
    longest: float = 3600.0
    lease: float = 60.0

    def wait(self, attempts: int) -> float:
        """Return how long to wait after so many attempts: twice as long each time."""
        return float(min(self.first * 2 ** (attempts - 1), self.longest))


def post(connection: Connection, messages: Iterable[Posted], now: str) -> None:
    """Put messages into the outbox, in the transaction of the connection."""
    rows = [
        {
            "key": m.key,
            "address": m.address,
            "kind": m.kind,
            "case_id": m.case_id,
            "push_id": m.push_id,
            "body": json.dumps(m.body, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            "state": PENDING,
            "attempts": 0,
            "next_at": now,
            "added_at": now,
        }
        for m in messages
    ]
    if rows:
        connection.execute(insert(outbox), rows)


def claim(store: Store, worker: str, addresses: Sequence[str], retry: Retry, most: int = 20) -> list[Any]:
    """Take messages that are due, for as long as a lease lasts; nobody else takes them meanwhile.

    A message waits while an earlier one about the same case to the same address has not gone out. One that a
    worker took and never finished is due again when its lease has run out.
    """
    now = store.clock()
    earlier = outbox.alias("earlier")
    waits = exists().where(
        earlier.c.address == outbox.c.address,
        earlier.c.case_id == outbox.c.case_id,
        earlier.c.id < outbox.c.id,
        earlier.c.state.in_(WAITING),
    )
    # A time further ahead than any that is ever set was set by a clock that has been put back since.
    due = or_(
        and_(outbox.c.state == PENDING, _over(outbox.c.next_at, now, retry.longest)),
        and_(outbox.c.state == LEASED, _over(outbox.c.leased_until, now, retry.lease)),
    )
    query = (
        select(outbox).where(due, outbox.c.address.in_(addresses), ~waits).order_by(outbox.c.id).limit(most)
    )
    if not store.is_sqlite:
        query = query.with_for_update(skip_locked=True)
    with store.writing() as connection:
        rows = connection.execute(query).all()
        if rows:
            connection.execute(
                update(outbox)
                .where(outbox.c.id.in_([row.id for row in rows]))
                .values(
                    state=LEASED,
                    leased_by=worker,
                    leased_until=later(now, retry.lease),
                    attempts=outbox.c.attempts + 1,
                )
            )
    return list(rows)


def _over(column: Any, now: str, longest: float) -> Any:
    return or_(column <= now, column > later(now, longest))


def sent(store: Store, message: int, worker: str) -> None:
    """Note that a message has arrived, even when the lease has run out meanwhile."""
    now = store.clock()
    with store.writing() as connection:
        row = connection.execute(select(outbox).where(outbox.c.id == message)).one()
        if row.state == SENT:
            return
        values = {"state": SENT, "sent_at": now, "leased_by": None, "leased_until": None, "last_error": None}
        connection.execute(update(outbox).where(outbox.c.id == message).values(**values))
        append(connection, [_entry("sent", row, worker, {})], now)


def failed(
    store: Store, message: int, worker: str, error: str, retry: Retry, *, for_good: bool = False
) -> None:
    """Note that a message did not arrive: it is tried again later, and after the last time lies dead."""
    now = store.clock()
    with store.writing() as connection:
        row = connection.execute(select(outbox).where(outbox.c.id == message)).one()
        if row.state != LEASED or row.leased_by != worker:
            return  # another worker has it, or has done it
        is_dead = for_good or row.attempts >= retry.attempts
        values = {
            "state": DEAD if is_dead else PENDING,
            "next_at": later(now, retry.wait(row.attempts)),
            "leased_by": None,
            "leased_until": None,
            "last_error": error[:500],
        }
        connection.execute(update(outbox).where(outbox.c.id == message).values(**values))
        if is_dead:
            append(connection, [_entry("dead_letter", row, worker, {"error": error[:500]})], now)


def resend(store: Store, message: int, by: str, because: str = "") -> None:
    """Let a dead message be tried again, by order of a person.

    Raises:
        UsageError: CR630, there is no dead message of that number.
    """
    now = store.clock()
    with store.writing() as connection:
        row = connection.execute(select(outbox).where(outbox.c.id == message, outbox.c.state == DEAD)).first()
        if row is None:
            raise UsageError([Finding("CR630", Span("desk"), {"message": str(message)})])
        values = {"state": PENDING, "attempts": 0, "next_at": now}
        connection.execute(update(outbox).where(outbox.c.id == message).values(**values))
        append(connection, [_entry("resent", row, by, {}, because)], now)


def dead(connection: Connection) -> list[Any]:
    """Return the messages that were given up, oldest first."""
    return list(connection.execute(select(outbox).where(outbox.c.state == DEAD).order_by(outbox.c.id)))


def _entry(kind: str, row: Any, by: str, body: dict[str, Any], because: str = "") -> Entry:
    said = {"message": row.id, "key": row.key, "address": row.address, "of": row.kind, **body}
    return Entry(kind, by, because, row.case_id, row.push_id, said)
