"""Desk: the occasion of a change: who makes it, when and why, and the case it is about."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from sqlalchemy import Connection

from creditrules.desk.ledger import Entry, append


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

    `decision` is the number of the decision in the ledger, `dossier` the digest of what it was made on.
    """

    connection: Connection
    case: Any
    status: str
    occasion: Occasion
    decision: int
    dossier: str

    def entry(self, kind: str, push_id: int | None = None, **body: Any) -> Entry:
        """Return an entry of the ledger about the case."""
        return Entry(kind, self.occasion.by, self.occasion.because, self.case.id, push_id, body)

    def note(self, kind: str, **body: Any) -> None:
        """Write an entry about the case into the ledger."""
        append(self.connection, [self.entry(kind, **body)], self.occasion.now)
