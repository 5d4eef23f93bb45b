"""Desk: decide a case again from the dossier and the catalogue that were kept."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import select

from creditrules.decide.decide import decide
from creditrules.deliver.json import to_json
from creditrules.desk.snapshots import kept_catalogue, kept_dossier
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, decisions, ledger
from creditrules.errors import Finding, Span, UsageError


def replay(store: Store, case_id: int) -> tuple[str, bool]:
    """Decide the last decision on a case again; return it, and whether it is the same to the byte.

    Raises:
        UsageError: CR635, there is no such case; CR629, something it rests on was not kept.
    """
    with store.reading() as connection:
        case = connection.execute(select(cases).where(cases.c.id == case_id)).first()
        if case is None:
            raise UsageError([Finding("CR635", Span("desk"), {"case": str(case_id)})])
        kept = connection.execute(select(decisions).where(decisions.c.seq == case.decision)).one()
        row = connection.execute(select(ledger.c.body).where(ledger.c.seq == case.decision)).one()
        catalogue = kept_catalogue(connection, case.catalogue)
        dossier = kept_dossier(connection, case.dossier, store.keys, catalogue)
    said = json.loads(row.body)
    known = date.fromisoformat(said["known"]) if said["known"] else None
    book = catalogue.rulebook(on=date.fromisoformat(said["on"]))
    again = to_json(decide(book, dossier, known=known, engine=said["engine"]))
    return again, again == store.keys.decrypt(kept.body, f"decision {kept.digest}").decode()
