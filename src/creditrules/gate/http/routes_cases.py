"""Gate: the operations of the office and, of its region, a district: cases, and initiating."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import Query

from creditrules.desk import seeing
from creditrules.desk.seeing import Sought
from creditrules.gate.http.asking import After, Caller, Json, Most, Served, refusals, router
from creditrules.gate.http.routes_pushes import Id, person_data, push_data
from creditrules.gate.http.shapes import DossierDoc, Line
from creditrules.gate.http.shapes_desk import CasesDoc, SettledDoc, WholeCaseDoc

routes = router("office")

_PUSHES = 1000  # of one case


@routes.get(
    "/cases",
    operation_id="list_cases",
    summary="List cases · 列出案件",
    response_model=CasesDoc,
    responses=refusals(),
)
def list_cases(
    caller: Caller,
    service: Served,
    state: Literal["open", "closing", "closed"] | None = None,
    after: After = 0,
    limit: Most = 50,
) -> Json:
    """List the cases of the office, for a district those of its region."""
    with service.store.reading() as connection:
        page = seeing.find_cases(connection, caller, state, after, limit)
    return Json({"cases": [_case(row) for row in page.rows], "next": page.after})


@routes.get(
    "/cases/{id}",
    operation_id="read_case",
    summary="Read a case · 查看案件",
    response_model=WholeCaseDoc,
    responses=refusals("CR635"),
)
def read_case(
    id: Id,
    caller: Caller,
    service: Served,
    purpose: Annotated[Line, Query(description="What it is looked at for; kept in the ledger. 用途。")],
) -> Json:
    """Return one case with its pushes and what happened to it; that it was looked at is written down."""
    with service.store.reading() as connection:
        row = seeing.one_case(connection, caller, id)
        page = seeing.find_pushes(connection, caller, Sought(case=id), 0, _PUSHES)
        ordered = seeing.orders_about(connection, [push.id for push in page.rows])
        events = seeing.events_of(connection, id)
    entry = service.note("case_viewed", caller.name, purpose, case_id=id)
    whole = {
        "person": person_data(service, row.dossier, row.subject),
        "catalogue": row.catalogue,
        "dossier": row.dossier,
        "pushes": [push_data(push, ordered.get(push.id, [])) for push in page.rows],
        "events": [_event(event) for event in events],
        "entry": entry,
    }
    return Json({**_case(row), **whole})


@routes.post(
    "/dossiers",
    operation_id="initiate",
    summary="Initiate · 发起",
    response_model=SettledDoc,
    responses=refusals(),
)
def initiate(given: DossierDoc, caller: Caller, service: Served) -> Json:
    """Decide a dossier and push what follows to each unit; the same dossier again pushes only what is new."""
    # As ASCII, so that whatever a string holds is there for the reader of dossiers to judge.
    told = given.dossier if isinstance(given.dossier, str) else json.dumps(given.dossier)
    settled = service.desk.initiate(
        told.encode("utf-8", "replace"), by=caller.name, because=given.because or "", on=given.on
    )
    return Json({"cases": settled.cases, "counts": settled.counts, "changed": settled.changed})


def _case(row: Any) -> dict[str, Any]:
    names = (
        *("id", "list", "listing", "subject", "region", "state", "status"),
        *("decided_on", "opened_at", "closed_at"),
    )
    return {name: getattr(row, name) for name in names}


def _event(row: Any) -> dict[str, Any]:
    names = ("at", "kind", "by", "because")
    return {"entry": row.seq, **{name: getattr(row, name) for name in names}, "push": row.push_id}
