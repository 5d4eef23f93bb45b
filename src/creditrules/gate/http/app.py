"""Gate: the service as one ASGI application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from creditrules.desk.desk import Desk
from creditrules.errors import CreditRulesError, Finding, Span
from creditrules.gate.http import (
    description,
    logs,
    routes_cases,
    routes_catalogue,
    routes_checks,
    routes_open,
    routes_pushes,
)
from creditrules.gate.http.border import Border
from creditrules.gate.http.problems import Refused, problem, status_of
from creditrules.gate.http.service import Service
from creditrules.gate.http.settings import Settings

_OPENAPI = "/v1/openapi.json"
# In which order the description shows them.
ROUTES = (routes_checks, routes_pushes, routes_cases, routes_catalogue, routes_open)


def create_app(desk: Desk, settings: Settings | None = None, log: Any = None) -> FastAPI:
    """Make the service of a desk.

    Args:
        desk: the store and the catalogue.
        settings: what may be set; what is usual when nothing is.
        log: takes a line for each request; standard error when none is given.
    """
    chosen = settings or Settings()
    service = Service(desk, chosen)
    app = described(_life)
    app.state.service = service
    app.add_exception_handler(CreditRulesError, _found)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _no_such_thing)
    app.add_middleware(Border, service=service, log=log or _log(chosen))
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    current_default_thread_limiter().total_tokens = service.settings.threads
    yield
    service.direct.close()


def described(life: Any = None) -> FastAPI:
    """Return the operations of the service with their description, and nothing behind them."""
    # The usual pages of documentation load programs from elsewhere; the description itself is there.
    app = FastAPI(**description.HEAD, docs_url=None, redoc_url=None, openapi_url=_OPENAPI, lifespan=life)
    for each in ROUTES:
        app.include_router(each.routes)
    app.openapi = lambda: description.of(app)  # type: ignore[method-assign]
    return app


def _log(settings: Settings) -> Any:
    return logs.logger() if settings.logs else logs.silent()


def _problem(
    request: Request, findings: Sequence[Finding], status: int, headers: Mapping[str, str] | None = None
) -> Response:
    request.state.code = findings[0].code
    return problem(findings, status, request.state.request, headers)


async def _found(request: Request, error: Exception) -> Response:
    assert isinstance(error, CreditRulesError)
    status = status_of(error)
    headers = {"retry-after": "5"} if status == 503 else {}
    return _problem(request, error.findings, status, headers)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _problem(request, [error.finding], error.status, error.headers)


async def _unreadable(request: Request, error: Exception) -> Response:
    """Name the places that are wrong and what is wrong with them, and never what stands there."""
    assert isinstance(error, RequestValidationError)
    places = [f"{'.'.join(map(str, each['loc']))} ({each['type']})" for each in error.errors()[:10]]
    words = {"places": logs.hidden("; ".join(place[:80] for place in places))}
    finding = Finding("CR655", Span("request"), words)
    return _problem(request, [finding], 422)


async def _no_such_thing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code in (404, 405):
        finding = Finding("CR656", Span("request"), {"method": request.method})
        return _problem(request, [finding], error.status_code, error.headers)
    # A body that is no text, or has no end to its brackets.
    return _problem(request, [Finding("CR655", Span("request"), {"places": "body"})], 422)
