"""Gate: the register of a desk as a source of dossiers: what the cases of the office rest on today."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from creditrules.desk.snapshots import kept_body
from creditrules.desk.store import Store
from creditrules.desk.tables import dossiers, register
from creditrules.load.identifiers import compact


class DeskSource:
    """Finds the current dossiers of a store by the keyed index of a number."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def about(self, identifier: str) -> Iterable[bytes]:
        """Return the current dossiers that speak of somebody, the oldest first."""
        query = (
            select(dossiers.c.digest)
            .join(register, register.c.dossier == dossiers.c.digest)
            .where(
                register.c.subject_index == self.store.keys.index(compact(identifier)),
                register.c.current.is_(True),
            )
            .distinct()
        )
        with self.store.reading() as connection:
            digests = list(connection.execute(query.add_columns(dossiers.c.added_at)).all())
            digests.sort(key=lambda row: (row.added_at, row.digest))
            return [kept_body(connection, row.digest, self.store.keys) for row in digests]
