"""Gate: what every route is given: the service, whoever asks, and how an answer is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse

from creditrules.desk.tokens import Principal
from creditrules.gate.http.permissions import OPEN, admit
from creditrules.gate.http.problems import MEDIA, STATUS, title
from creditrules.gate.http.service import Service
from creditrules.gate.http.shapes import ProblemDoc

# What any request with a token may be answered.
_ALWAYS = ("CR651", "CR652", "CR653", "CR654", "CR655", "CR625", "CR659")


class Json(JSONResponse):
    """Data as JSON, characters as they are; it was shaped by hand, so nothing converts it again."""

    def render(self, content: Any) -> bytes:
        """Return the bytes."""
        return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


async def service_of(request: Request) -> Service:
    """Return the service a request came to."""
    found: Service = request.app.state.service
    return found


async def caller(request: Request) -> Principal:
    """Return whoever asks, when his role has a part in what he asks for.

    Raises:
        UsageError: CR652, it has none.
    """
    principal: Principal = request.state.principal
    route = request.scope["route"]
    assert isinstance(route, APIRoute)
    admit(route.operation_id or "", principal)
    return principal


# None of these waits for anything, so none is given a thread of its own.
Served = Annotated[Service, Depends(service_of)]
Caller = Annotated[Principal, Depends(caller)]
After = Annotated[
    int, Query(ge=0, le=2**31 - 1, description="The `next` of the page before. 上一页的 next。")
]
Most = Annotated[int, Query(ge=1, le=200, description="How many at most. 每页条数。")]


def router(*tags: str) -> APIRouter:
    """Return a router for operations below /v1."""
    return APIRouter(prefix="/v1", tags=list(tags), default_response_class=Json)


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return the errors of an operation, for its description: those of its own and those of all."""
    return problems_of((*codes, *_ALWAYS))


def problems_of(codes: Sequence[str]) -> dict[int | str, dict[str, Any]]:
    """Return errors for the description of an operation, by their status."""
    found: dict[int | str, list[str]] = {}
    for code in dict.fromkeys(codes):
        found.setdefault(STATUS.get(code, 422), []).append(code)
    return {
        status: {
            "description": "; ".join(f"{code} {title(code)['en']} · {title(code)['zh']}" for code in grouped),
            "model": ProblemDoc,
            "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDoc"}}},
        }
        for status, grouped in sorted(found.items(), key=lambda item: int(item[0]))
    }


__all__ = ["OPEN", "After", "Caller", "Json", "Most", "Served", "problems_of", "refusals", "router"]
