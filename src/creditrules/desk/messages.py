"""Desk: a row of the outbox as the message an addressee reads: a CloudEvent that names whom it is about.

The outbox holds labels alone. Who they stand for is put in when a message leaves, from the encrypted dossier.
Source of the form: CloudEvents 1.0, JSON event format.
"""

from __future__ import annotations

import json
from typing import Any

from attrs import field, frozen
from sqlalchemy import select

from creditrules.desk.clock import day_of
from creditrules.desk.message_rows import Page, page_of
from creditrules.desk.snapshots import kept_body
from creditrules.desk.store import Store
from creditrules.desk.tables import cases
from creditrules.load.dossier import read_dossier_text
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Subject

SOURCE = "urn:creditrules:desk"
TYPE = "creditrules.desk.{kind}.v1"


@frozen
class Message:
    """One message: its idempotency key, its address, its kind, what it says, and the same for people."""

    key: str
    address: str
    kind: str
    at: str
    data: dict[str, Any]
    page: Page | None = field(default=None, repr=False)

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
    """Makes messages of rows of the outbox; the dossiers it opened last are kept in memory for a moment."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store = store
        self.catalogue = catalogue
        self._dossiers: dict[str, Dossier] = {}

    def message(self, row: Any) -> Message:
        """Return the message of a row.

        Raises:
            UsageError: CR623, CR629: the dossier it is about cannot be opened.
        """
        with self.store.reading() as connection:
            case = connection.execute(select(cases).where(cases.c.id == row.case_id)).one()
        said: dict[str, Any] = json.loads(row.body)
        dossier = self._dossier(said.pop("dossier"))
        people = {said["target"], case.subject}
        people |= {m["organisation"] for item in said.get("items", ()) for m in item.get("measures", ())}
        data = {
            "case": case.id,
            **said,
            "list_name": self.catalogue.lists[case.list].title.zh,
            "day": day_of(row.added_at).isoformat(),
            "subjects": [self._person(dossier.subjects[label]) for label in sorted(p for p in people if p)],
        }
        page = page_of(row.kind, row.address, data, self.catalogue)
        return Message(row.key, row.address, row.kind, row.added_at, data, page)

    def _dossier(self, digest: str) -> Dossier:
        if digest not in self._dossiers:
            if len(self._dossiers) > 50:
                self._dossiers.clear()
            with self.store.reading() as connection:
                body = kept_body(connection, digest, self.store.keys)
            self._dossiers[digest] = read_dossier_text(body, self.catalogue, file=f"dossier {digest[:12]}")
        return self._dossiers[digest]

    def _person(self, subject: Subject) -> dict[str, Any]:
        """Whoever has to act on somebody must know who it is: here, and only here, names are in full."""
        return {
            "label": subject.id,
            "kind": subject.kind,
            "name": subject.name,
            "code": subject.code,
            "id_number": subject.id_number,
        }
