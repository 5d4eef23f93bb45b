"""Gate: receipts: what was asked and answered, sealed, so that either side can show it later.

A receipt names the applicant by a keyed index alone: whoever holds the receipt and knows the number can have
it compared; nobody can read the number out of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from creditrules.desk.keys import Keys
from creditrules.desk.ledger import Entry, append
from creditrules.desk.store import Store
from creditrules.gate.check import Checked

if TYPE_CHECKING:
    from creditrules.gate.gate import Question


@frozen
class Receipt:
    """What was asked and what was answered; `number` and `seal` are given when it is written down."""

    on: str
    matter: str
    unit: str | None
    purpose: str
    by: str
    verdict: str
    grounds: tuple[str, ...]
    catalogue: str
    dossier: str
    applicant: str = ""
    at: str = ""
    number: int = 0
    seal: str = ""

    def text(self) -> str:
        """Return what is sealed: everything but the seal and the number it got in the ledger."""
        return json.dumps(self.data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def data(self) -> dict[str, Any]:
        """Return it as plain data, without number and seal."""
        names = (
            "on",
            "matter",
            "unit",
            "purpose",
            "by",
            "verdict",
            "catalogue",
            "dossier",
            "applicant",
            "at",
        )
        return {**{name: getattr(self, name) for name in names}, "grounds": list(self.grounds)}


def receipt_of(question: Question, checked: Checked) -> Receipt:
    """Return the receipt of an answer, not yet written down."""
    return Receipt(
        on=question.on.isoformat(),
        matter=question.matter,
        unit=question.unit,
        purpose=question.purpose,
        by=question.by,
        verdict=checked.verdict.value,
        grounds=tuple(_ground(ground.action.key, checked) for ground in checked.grounds),
        catalogue=checked.decision.catalogue,
        dossier=checked.decision.dossier,
    )


def _ground(key: str, checked: Checked) -> str:
    # A label may be a name; the receipt speaks of the applicant alone.
    return key.replace(f":{checked.applicant}:", ":applicant:")


class LedgerRecorder:
    """Writes receipts into the ledger of a store.

    Args:
        store: whose ledger, and whose keys.
        write: writes an entry and returns its number; a busy service gives one that groups them.
    """

    def __init__(self, store: Store, write: Callable[[Entry], int] | None = None) -> None:
        self.store = store
        self._write = write or self._alone

    def record(self, question: Question, receipt: Receipt) -> Receipt:
        """Seal a receipt and write it down.

        Raises:
            EngineError: CR625, the database failed; there is no answer then.
        """
        now, keys = self.store.clock(), self.store.keys
        ready = evolve(receipt, at=now, applicant=keys.index(question.applicant))
        sealed = evolve(ready, seal=keys.seal(ready.text()))
        entry = Entry("asked", question.by, question.purpose, body={**sealed.data(), "seal": sealed.seal})
        return evolve(sealed, number=self._write(entry))

    def _alone(self, entry: Entry) -> int:
        with self.store.writing() as connection:
            return append(connection, [entry], self.store.clock())[0]


def is_genuine(receipt: Receipt, keys: Keys) -> bool:
    """Say whether a receipt was sealed with these keys and is what it was."""
    return keys.is_sealed(receipt.text(), receipt.seal)
