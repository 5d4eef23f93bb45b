"""Gate: what needs no token: whether the service is well, what its errors mean, and the page of a clerk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field
from sqlalchemy import select
from starlette.responses import Response

from creditrules.desk.tables import ledger_head
from creditrules.gate.http.asking import Json, Served, problems_of
from creditrules.gate.http.page import CSP, asset, page_in
from creditrules.gate.http.problems import Refused, page_of
from creditrules.gate.http.shapes import Doc, TextDoc

routes = APIRouter(tags=["service"], default_response_class=Json)
_DAY = 86_400


class HealthDoc(Doc):
    """That the process runs."""

    status: str = Field(examples=["ok"])


class ReadyDoc(Doc):
    """That the database answers, and which catalogue is loaded."""

    status: str = Field(examples=["ready"])
    catalogue: str
    entries: int


class PageDoc(Doc):
    """What a code means."""

    code: str
    status: int
    title: TextDoc
    what: TextDoc
    why: TextDoc
    fix: TextDoc


@routes.get("/health", operation_id="health", summary="Is it alive? · 存活", response_model=HealthDoc)
async def health() -> Json:
    """Say that the process runs; nothing else is asked."""
    return Json({"status": "ok"})


@routes.get(
    "/ready",
    operation_id="ready",
    summary="Can it answer? · 就绪",
    response_model=ReadyDoc,
    responses=problems_of(["CR625"]),
)
def ready(service: Served) -> Json:
    """Say that the database answers."""
    with service.store.reading() as connection:
        entries = connection.execute(select(ledger_head.c.seq)).scalar_one()
    return Json({"status": "ready", "catalogue": service.catalogue.digest, "entries": entries})


@routes.get(
    "/metrics",
    operation_id="metrics",
    summary="Counts for Prometheus · 指标",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems_of(["CR625"])},
)
def metrics(service: Served) -> Response:
    """Return what the service counts: requests, latencies, what waits; nothing about persons."""
    return Response(service.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


@routes.get(
    "/v1/problems/{code}",
    operation_id="explain_problem",
    summary="What a code means · 代码说明",
    response_model=PageDoc,
    responses=problems_of(["CR656"]),
)
def explain_problem(code: Annotated[str, Path(pattern=r"^CR[0-9]{3}$")]) -> Json:
    """Explain the code of an error; the `type` of a problem leads here."""
    page = page_of(code)
    if page is None:
        raise Refused("CR656", {"method": "GET"})
    return Json(page)


@routes.get("/", operation_id="page", include_in_schema=False)
async def page(service: Served, lang: str = "") -> Response:
    """Return the page of a clerk."""
    headers = {"content-security-policy": CSP, "cache-control": "no-cache"}
    return Response(page_in("en" if lang == "en" else "zh"), 200, headers, "text/html; charset=utf-8")


@routes.get("/assets/{name}", operation_id="asset", include_in_schema=False)
async def page_asset(name: str) -> Response:
    """Return a part of the page."""
    found = asset(name)
    if found is None:
        raise Refused("CR656", {"method": "GET"})
    return Response(found.body, 200, {"cache-control": f"max-age={_DAY}, must-revalidate"}, found.media)
