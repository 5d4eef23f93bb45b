"""Desk: a row of the outbox as the message an addressee reads: a CloudEvent that names whom it is about.

The outbox holds labels alone. Who they stand for is put in when a message leaves, from the encrypted dossier.
Source of the form: CloudEvents 1.0, JSON event format.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from attrs import field, frozen
from sqlalchemy import Connection, select

from creditrules.desk.clock import day_of
from creditrules.desk.message_rows import Page, page_of
from creditrules.desk.snapshots import kept_catalogue, kept_dossier
from creditrules.desk.store import Store
from creditrules.desk.tables import cases
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Subject

SOURCE = "urn:creditrules:desk"
TYPE = "creditrules.desk.{kind}.v1"
_MOST_DOSSIERS, _MOST_CATALOGUES = 50, 4
# Catalogues that were kept, by their digests: what has the same digest says the same in every store.
_KEPT: dict[str, Catalogue] = {}


@frozen
class Message:
    """One message: its idempotency key, its address and kind, what it says, and how to say that to people."""

    key: str
    address: str
    kind: str
    at: str
    data: dict[str, Any]
    in_words: Callable[[], Page] | None = field(default=None, repr=False, eq=False)

    @property
    def page(self) -> Page:
        """The message as people read it; only whoever sends it to people needs it."""
        assert self.in_words is not None  # whoever composes a message says how
        return self.in_words()

    def cloud_event(self) -> dict[str, Any]:
        """Return it as a CloudEvent; its `id` is the key, so that a repetition is known as one."""
        return {
            "specversion": "1.0",
            "id": self.key,
            "source": SOURCE,
            "type": TYPE.format(kind=self.kind),
            "time": self.at,
            "subject": str(self.data["case"]),
            "datacontenttype": "application/json",
            "data": self.data,
        }

    def body(self) -> bytes:
        """Return its bytes: the same whenever it is sent again."""
        return json.dumps(
            self.cloud_event(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()


class Composer:
    """Makes messages of rows of the outbox; the dossiers it opened last are kept in memory for a moment.

    A message is said in the words of the catalogue its case was decided by, which may be an earlier one.
    """

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store = store
        self.catalogue = catalogue
        self._dossiers: dict[tuple[str, str], Dossier] = {}

    def message(self, row: Any) -> Message:
        """Return the message of a row.

        Raises:
            UsageError: CR623, CR629: the dossier it is about, or the catalogue, cannot be opened.
        """
        with self.store.reading() as connection:
            case = connection.execute(select(cases).where(cases.c.id == row.case_id)).one()
            catalogue = self._catalogue(connection, case.catalogue)
            said: dict[str, Any] = json.loads(row.body)
            dossier = self._dossier(connection, said.pop("dossier"), catalogue)
        # Labels are meant as the dossier of the message means them, and not that of the case today.
        people = {said["target"], said.get("subject")}
        people |= {m["organisation"] for item in said.get("items", ()) for m in item.get("measures", ())}
        data = {
            "case": case.id,
            **said,
            "list_name": catalogue.lists[case.list].title.zh,
            "day": day_of(row.added_at).isoformat(),
            "subjects": [self._person(dossier.subjects[label]) for label in sorted(p for p in people if p)],
        }
        in_words = partial(page_of, row.kind, row.address, data, catalogue)
        return Message(row.key, row.address, row.kind, row.added_at, data, in_words)

    def _catalogue(self, connection: Connection, digest: str) -> Catalogue:
        if digest == self.catalogue.digest:
            return self.catalogue
        if digest not in _KEPT:
            while len(_KEPT) >= _MOST_CATALOGUES:
                del _KEPT[next(iter(_KEPT))]
            _KEPT[digest] = kept_catalogue(connection, digest)
        return _KEPT[digest]

    def _dossier(self, connection: Connection, digest: str, catalogue: Catalogue) -> Dossier:
        key = (digest, catalogue.digest)
        if key not in self._dossiers:
            if len(self._dossiers) > _MOST_DOSSIERS:
                self._dossiers.clear()
            self._dossiers[key] = kept_dossier(connection, digest, self.store.keys, catalogue)
        return self._dossiers[key]

    def _person(self, subject: Subject) -> dict[str, Any]:
        """Whoever has to act on somebody must know who it is: here, and only here, names are in full."""
        return {
            "label": subject.id,
            "kind": subject.kind,
            "name": subject.name,
            "code": subject.code,
            "id_number": subject.id_number,
        }
