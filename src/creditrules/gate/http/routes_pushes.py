"""Gate: the operations of a unit: its pushes, its messages, its open orders, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import Header, Path, Query

from creditrules.desk import pulling, seeing
from creditrules.desk.answers import Answer, answer
from creditrules.desk.chart import CHART, OF_UNIT, PushEvent, PushState
from creditrules.desk.messages import Composer
from creditrules.desk.seeing import Sought
from creditrules.errors import CreditRulesError
from creditrules.gate.http.asking import After, Caller, Json, Most, Served, refusals, router
from creditrules.gate.http.service import Service
from creditrules.gate.http.shapes import AnswerDoc, Name
from creditrules.gate.http.shapes_desk import (
    AcknowledgedDoc,
    BookedDoc,
    MessagesDoc,
    OrdersDoc,
    PushesDoc,
    WholePushDoc,
)

routes = router("units")

State = Literal[
    "initiated",
    "received",
    "asked",
    "accepted",
    "returned",
    "not_applicable",
    "implemented",
    "no_occasion",
    "lifting",
    "lifted",
    "withdrawn",
]
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
Key = Annotated[
    str,
    Header(
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e][\x20-\x7e]*$",
        description="A key of your own for this answer: sent again with it, it is booked once. 幂等键。",
    ),
]


@routes.get(
    "/pushes",
    operation_id="list_pushes",
    summary="List pushes · 列出推送",
    response_model=PushesDoc,
    responses=refusals(),
)
def list_pushes(
    caller: Caller,
    service: Served,
    case: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    unit: Annotated[Name | None, Query()] = None,
    region: Annotated[str | None, Query(pattern=r"^[0-9]{6}$")] = None,
    state: State | None = None,
    with_order: bool = False,
    after: After = 0,
    limit: Most = 50,
) -> Json:
    """List your pushes in the order of their numbers; filters only narrow down what is yours."""
    sought = Sought(case, unit, region, state, with_order)
    with service.store.reading() as connection:
        page = seeing.find_pushes(connection, caller, sought, after, limit)
        ordered = seeing.orders_about(connection, [row.id for row in page.rows])
    rows = [push_data(row, ordered.get(row.id, [])) for row in page.rows]
    return Json({"pushes": rows, "next": page.after})


@routes.get(
    "/pushes/{id}",
    operation_id="read_push",
    summary="Read a push · 查看推送",
    response_model=WholePushDoc,
    responses=refusals("CR631"),
)
def read_push(id: Id, caller: Caller, service: Served) -> Json:
    """Return one push with everything that is asked and the answers that are possible now."""
    with service.store.reading() as connection:
        row = seeing.one_push(connection, caller, id)
        ordered = seeing.orders_about(connection, [row.id]).get(row.id, [])
        case = seeing.case_of(connection, row)
    may = [event.value for event in CHART[PushState(row.state)] if event in OF_UNIT]
    whole = {"list": case.list, "listing": case.listing, "asked": json.loads(row.body), "may": may}
    who = person_data(service, row.dossier, row.target)
    return Json({**push_data(row, ordered, bodies=True), **whole, "subject": who})


@routes.post(
    "/pushes/{id}/answers",
    operation_id="answer_push",
    summary="Answer a push · 答复推送",
    response_model=BookedDoc,
    responses=refusals("CR631", "CR621", "CR633", "CR632", "CR634"),
)
def answer_push(id: Id, idempotency_key: Key, given: AnswerDoc, caller: Caller, service: Served) -> Json:
    """Book what you answer to a push of yours; the same answer with the same key is booked once."""
    details = given.details.model_dump(mode="json", exclude_none=True)
    booked = answer(service.store, Answer(id, PushEvent(given.event), idempotency_key, details), caller)
    return Json({"push": booked.push, "state": str(booked.state), "again": booked.again})


@routes.get(
    "/messages",
    operation_id="list_messages",
    summary="Pull messages · 拉取消息",
    response_model=MessagesDoc,
    responses=refusals(),
)
def list_messages(
    caller: Caller,
    service: Served,
    address: Annotated[Name | None, Query(description="The office may pull for others. 收件方。")] = None,
    after: After = 0,
    limit: Most = 20,
) -> Json:
    """Return the messages that wait for you, in full; acknowledge each when you have booked it."""
    with service.store.reading() as connection:
        page = pulling.waiting(connection, caller, after=after, limit=limit, address=address)
    composer = Composer(service.store, service.catalogue)
    return Json({"messages": [_waiting(row, composer) for row in page.rows], "next": page.after})


@routes.post(
    "/messages/{id}/receipt",
    operation_id="acknowledge_message",
    summary="Acknowledge a message · 确认收到消息",
    response_model=AcknowledgedDoc,
    responses=refusals("CR657"),
)
def acknowledge_message(id: Id, caller: Caller, service: Served) -> Json:
    """Say that a message has arrived and is booked; it is not listed any more. Saying so twice is fine."""
    done = pulling.acknowledge(service.store, id, caller)
    return Json({"id": done.message, "key": done.key, "at": done.at, "again": done.again})


@routes.get(
    "/orders",
    operation_id="list_orders",
    summary="List open orders · 列出待确认的指令",
    response_model=OrdersDoc,
    responses=refusals(),
)
def list_orders(caller: Caller, service: Served, after: After = 0, limit: Most = 50) -> Json:
    """List the orders to lift or to take note of a change that wait for your confirmation."""
    with service.store.reading() as connection:
        page = seeing.find_orders(connection, caller, after, limit)
    rows = [
        {
            **_order(row),
            "case": row.case_id,
            "unit": row.unit,
            "local": row.local or None,
            "target": row.target,
            "action": row.action,
        }
        for row in page.rows
    ]
    return Json({"orders": rows, "next": page.after})


def push_data(row: Any, ordered: list[Any], *, bodies: bool = False) -> dict[str, Any]:
    """Return a push as lists show it; with *bodies* its orders say what they ask."""
    same = (
        *("id", "unit", "region", "target", "action", "state", "state_since", "round"),
        *("initiated_at", "respond_by", "responded_at", "feedback_at"),
    )
    return {
        **{name: getattr(row, name) for name in same},
        "case": row.case_id,
        "local": row.local or None,
        "orders": [_order(order, body=bodies) for order in ordered],
    }


def person_data(service: Service, digest: str, label: str) -> Mapping[str, Any] | None:
    """Return who a label stands for, masked; None when the dossier cannot be opened any more."""
    try:
        seen = service.subjects_of(digest).get(label)
    except CreditRulesError:
        return None
    if seen is None:
        return None
    number = seen.code or seen.id_number
    return {"label": label, "kind": seen.kind, "name": seen.name, "number": number}


def _order(row: Any, *, body: bool = True) -> dict[str, Any]:
    said = {
        "id": row.id,
        "push": row.push_id,
        "kind": row.kind,
        "because": row.because,
        "ordered_at": row.ordered_at,
    }
    return {**said, "body": json.loads(row.body)} if body else said


def _waiting(row: Any, composer: Composer) -> dict[str, Any]:
    """One message that cannot be composed does not keep the others back."""
    said = {name: getattr(row, name) for name in ("id", "key", "address", "kind", "added_at")}
    try:
        return {**said, "event": composer.message(row).cloud_event(), "problem": None}
    except CreditRulesError as error:
        return {**said, "event": None, "problem": error.findings[0].code}
