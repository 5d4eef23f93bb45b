"""Gate: what the operations of a service work on: the desk, the gate before it, and what they count."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from creditrules.decide.masking import view
from creditrules.deliver.words import word_table
from creditrules.desk.clock import day_of
from creditrules.desk.desk import Desk
from creditrules.desk.direct import Direct
from creditrules.desk.grouped import GroupedLedger
from creditrules.desk.ledger import Entry
from creditrules.desk.snapshots import kept_dossier
from creditrules.desk.tokens import BY_HASH, Principal, hash_of
from creditrules.errors import finding_texts
from creditrules.gate.gate import Gate
from creditrules.gate.http.metrics import Metrics
from creditrules.gate.http.permissions import with_unit_key
from creditrules.gate.http.remembering import Last, RememberedDecisions, RememberedDossiers
from creditrules.gate.http.settings import Settings
from creditrules.gate.receipts import LedgerRecorder
from creditrules.model.dossier import Dossier

ENGINE = "checked"


class Service:
    """Everything behind the routes; it may be shared by threads."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        # Read now: what is changed on the disk meanwhile is no matter of a service that runs.
        word_table(), finding_texts()
        self.desk = desk
        self.store = desk.store
        self.catalogue = desk.catalogue
        self.settings = settings
        self.metrics = Metrics(desk.store)
        self.direct = Direct(desk.store)
        self.ledger = GroupedLedger(self.direct)
        self.source = RememberedDossiers(self.direct, desk.catalogue, settings.dossiers)
        self.decides = RememberedDecisions(ENGINE, settings.decisions)
        recorder = LedgerRecorder(desk.store, self.ledger.write)
        self.gate = Gate(desk.catalogue, self.source, recorder, ENGINE, self.decides, settings.commitments)
        self._shown: Last[str, Mapping[str, Any]] = Last(200)

    def principal(self, token: str) -> Principal | None:
        """Return whom a token stands for, asked anew each time: what is revoked is revoked at once."""
        rows = self.direct.rows(BY_HASH, {"hash": hash_of(token)})
        return with_unit_key(Principal(*rows[0]), self.catalogue) if rows else None

    def today(self) -> date:
        """Return the day it is in China."""
        return day_of(self.store.clock())

    def note(self, kind: str, by: str, purpose: str, **body: Any) -> int:
        """Write a look-up into the ledger, with its purpose."""
        case = body.pop("case_id", None)
        return self.ledger.write(Entry(kind, by, purpose, case, body=body))

    def subjects_of(self, digest: str) -> Mapping[str, Any]:
        """Return who is spoken of in a dossier, by label, as lists may show them: persons are masked.

        Raises:
            UsageError: CR623, CR629: the dossier cannot be opened.
            FactsError: the catalogue does not know something it speaks of.
        """
        return self._shown.get(digest, lambda: self._views(digest))

    def _views(self, digest: str) -> Mapping[str, Any]:
        with self.store.reading() as connection:
            found: Dossier = kept_dossier(connection, digest, self.store.keys, self.catalogue)
        return {label: view(subject, self.catalogue) for label, subject in found.subjects.items()}
