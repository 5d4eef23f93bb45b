"""Desk: messages that were given up: a person sees them, and lets them be tried again.

What was posted later about the same case may have arrived long ago. A push that follows its own lift would
be booked as if it still held, so what later messages have told since is left out.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, select, update

from creditrules.desk.ledger import Entry, append, hold
from creditrules.desk.outbox import DEAD, OVERTAKEN, PENDING
from creditrules.desk.store import Store
from creditrules.desk.tables import orders, outbox
from creditrules.errors import Finding, Span, UsageError

# The kinds that say what holds of a push from then on.
_HOLDING = ("push", "change", "lift")


@frozen
class Resent:
    """What became of a message: the pushes it still speaks of, and those it does not any more."""

    still: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()

    @property
    def is_overtaken(self) -> bool:
        """Whether nothing of it is left to be sent."""
        return bool(self.left_out) and not self.still


def dead(connection: Connection) -> list[Any]:
    """Return the messages that were given up, oldest first."""
    return list(connection.execute(select(outbox).where(outbox.c.state == DEAD).order_by(outbox.c.id)))


def resend(store: Store, message: int, by: str, because: str = "") -> Resent:
    """Let a dead message be tried again, by order of a person, without what was overtaken.

    Raises:
        UsageError: CR630, there is no dead message of that number.
    """
    now = store.clock()
    with store.writing() as connection:
        given = select(outbox).where(outbox.c.id == message, outbox.c.state == DEAD)
        row = connection.execute(given.with_for_update()).first()
        if row is None:
            raise UsageError([Finding("CR630", Span("desk"), {"message": str(message)})])
        hold(connection)  # nothing about the case is posted meanwhile
        said = json.loads(row.body)
        still, gone = _sorted_out(connection, row, said.get("items", []))
        done = Resent(tuple(i["push"] for i in still), tuple(i["push"] for i in gone))
        values: dict[str, Any] = {"state": OVERTAKEN}
        if not done.is_overtaken:
            values = {"state": PENDING, "attempts": 0, "next_at": now}
        if gone and still:
            body = {**said, "items": still}
            values["body"] = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        connection.execute(update(outbox).where(outbox.c.id == message).values(**values))
        _let_go(connection, gone, now)
        kind = "overtaken" if done.is_overtaken else "resent"
        about = {"message": row.id, "key": row.key, "address": row.address, "of": row.kind}
        entry = Entry(kind, by, because, row.case_id, row.push_id, {**about, "left_out": list(done.left_out)})
        append(connection, [entry], now)
    return done


def _sorted_out(connection: Connection, row: Any, items: list[Any]) -> tuple[list[Any], list[Any]]:
    """Return the items that still say what holds, and those a later message says anew."""
    if row.kind not in _HOLDING:
        return items, []
    later = select(outbox.c.body).where(
        outbox.c.address == row.address,
        outbox.c.case_id == row.case_id,
        outbox.c.id > row.id,
        outbox.c.kind.in_(_HOLDING),
    )
    bodies = connection.execute(later).scalars()
    told = {item["push"] for body in bodies for item in json.loads(body)["items"]}
    return [i for i in items if i["push"] not in told], [i for i in items if i["push"] in told]


def _let_go(connection: Connection, gone: list[Any], now: str) -> None:
    """Nobody confirms an order that never reaches him."""
    numbers = [item["order"] for item in gone if item.get("order")]
    waiting = (orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    connection.execute(update(orders).where(orders.c.id.in_(numbers), *waiting).values(overtaken_at=now))
