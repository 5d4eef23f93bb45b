"""Desk: the occasion of a change: who makes it, when and why, and the case it is about."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from sqlalchemy import Connection, update

from creditrules.desk.ledger import Entry, append
from creditrules.desk.tables import orders


@frozen
class Occasion:
    """Who changes something, when, and for what reason; the last day to respond, where one is set."""

    by: str
    now: str
    because: str = ""
    respond_by: str | None = None


@frozen
class Matter:
    """One case on one occasion: its row as it was before, where its listing stands now, and the decision.

    `decision` is the number of the decision in the ledger, `dossier` the digest of what it was made on,
    `listing` what the listing and its subject are called there.
    """

    connection: Connection
    case: Any
    status: str
    occasion: Occasion
    decision: int
    dossier: str
    listing: tuple[str, str]

    def entry(self, kind: str, push_id: int | None = None, **body: Any) -> Entry:
        """Return an entry of the ledger about the case."""
        return Entry(kind, self.occasion.by, self.occasion.because, self.case.id, push_id, body)

    def note(self, kind: str, **body: Any) -> None:
        """Write an entry about the case into the ledger."""
        append(self.connection, [self.entry(kind, **body)], self.occasion.now)


def overtake(connection: Connection, push_id: int, now: str) -> None:
    """Let nobody wait any more for the confirmation of what was ordered about a push so far."""
    waiting = (orders.c.push_id == push_id, orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    connection.execute(update(orders).where(*waiting).values(overtaken_at=now))
