"""Desk: the outbox: messages written in the transaction that decides them, and sent by workers afterwards.

A message is sent at least once: a worker that dies after sending and before noting it lets it be sent again
with the same key, by which the receiver knows it. Messages about one case to one address keep their order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import ColumnElement, Connection, Select, exists, insert, or_, select, update

from creditrules.desk.clock import later
from creditrules.desk.ledger import Entry, append
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox

PENDING, LEASED, SENT, DEAD, OVERTAKEN = "pending", "leased", "sent", "dead", "overtaken"
WAITING = (PENDING, LEASED)
# A key is told to others, and a column holds it.
_LONGEST = 200


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
    """How often and how patiently a message is tried again; times in seconds.

    What is usual here tries for three days: a system may be down from Friday to Monday.
    """

    attempts: int = 80
    first: float = 5.0
    longest: float = 3600.0
    lease: float = 60.0

    @property
    def patience(self) -> float:
        """How long a worker waits for a delivery, and begins new ones: it ends before its lease does."""
        return self.lease / 2

    def wait(self, attempts: int) -> float:
        """Return how long to wait after so many attempts: twice as long each time."""
        return float(min(self.first * 2 ** (attempts - 1), self.longest))


def key_of(*parts: object) -> str:
    """Return an idempotency key: the parts in clear, and where they are too long for it their digest."""
    whole = ":".join(map(str, parts))
    if len(whole) <= _LONGEST:
        return whole
    return f"{whole[: _LONGEST - 65]}:{hashlib.sha256(whole.encode()).hexdigest()}"


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
    with store.writing() as connection:
        # Whoever had to wait for his turn must not judge by the time at which he began to wait.
        now = store.clock()
        rows: list[Any] = []
        for state, column, longest in (
            (LEASED, outbox.c.leased_until, retry.lease),
            (PENDING, outbox.c.next_at, retry.longest),
        ):
            query = _waiting(state, addresses).where(_over(column, now, longest)).limit(most - len(rows))
            rows += connection.execute(query.with_for_update(skip_locked=True)) if len(rows) < most else ()
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
    return sorted(rows, key=lambda row: int(row.id))


def _waiting(state: str, addresses: Sequence[str]) -> Select[Any]:
    """Return the messages in a state that wait for no other, in their order; to take a few looks at few."""
    earlier = outbox.alias("earlier")
    waits = exists().where(
        earlier.c.address == outbox.c.address,
        earlier.c.case_id == outbox.c.case_id,
        earlier.c.id < outbox.c.id,
        earlier.c.state.in_(WAITING),
    )
    # As an expression, an address is no way to look for: that of the state has the order as well.
    known = (outbox.c.address + "").in_(addresses)
    return select(outbox).where(outbox.c.state == state, known, ~waits).order_by(outbox.c.id)


def _over(column: Any, now: str, longest: float) -> Any:
    """A time much further ahead than any that is ever set was set by a clock that has been put back since.

    Much further, for the clocks of two machines differ a little.
    """
    return or_(column <= now, column > later(now, 2 * longest))


def sent(store: Store, rows: Sequence[Any], worker: str) -> None:
    """Note that messages have arrived, even when the lease has run out meanwhile; each is noted once."""
    if not rows:
        return
    now = store.clock()
    with store.writing() as connection:
        # In the order of their numbers, so that two who note the same ones do not wait for each other.
        some = outbox.c.id.in_([row.id for row in rows])
        query = select(outbox.c.id).where(some, outbox.c.state != SENT).order_by(outbox.c.id)
        new = set(connection.execute(query.with_for_update()).scalars())
        connection.execute(
            update(outbox)
            .where(outbox.c.id.in_(new))
            .values(state=SENT, sent_at=now, last_error=None, **_FREE)
        )
        append(connection, [_entry("sent", row, worker, {}) for row in rows if row.id in new], now)


def failed(store: Store, row: Any, worker: str, error: str, retry: Retry, *, for_good: bool = False) -> None:
    """Note that a message did not arrive: it is tried again later, and after the last time lies dead.

    A message that another worker has taken or sent meanwhile is left to him.
    """
    now, attempts = store.clock(), row.attempts + 1
    is_dead = for_good or attempts >= retry.attempts
    values = {
        "state": DEAD if is_dead else PENDING,
        "next_at": later(now, retry.wait(attempts)),
        "last_error": error[:500],
    }
    with store.writing() as connection:
        changed = connection.execute(update(outbox).where(*_mine(row, worker)).values(**values, **_FREE))
        if changed.rowcount and is_dead:
            append(connection, [_entry("dead_letter", row, worker, {"error": error[:500]})], now)


def put_back(store: Store, left: Sequence[tuple[Any, float]], worker: str) -> None:
    """Leave messages that were taken and not tried, each for some seconds; it counts as no attempt."""
    if not left:
        return
    now = store.clock()
    with store.writing() as connection:
        for row, seconds in left:
            values = {"state": PENDING, "attempts": row.attempts, "next_at": later(now, seconds)}
            connection.execute(update(outbox).where(*_mine(row, worker)).values(**values, **_FREE))


_FREE = {"leased_by": None, "leased_until": None}


def _mine(row: Any, worker: str) -> tuple[ColumnElement[bool], ...]:
    return (outbox.c.id == row.id, outbox.c.state == LEASED, outbox.c.leased_by == worker)


def _entry(kind: str, row: Any, by: str, body: dict[str, Any], because: str = "") -> Entry:
    said = {"message": row.id, "key": row.key, "address": row.address, "of": row.kind, **body}
    return Entry(kind, by, because, row.case_id, row.push_id, said)
