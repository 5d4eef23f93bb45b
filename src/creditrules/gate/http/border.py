"""Gate: the border of the service: what is asked of every request before anything else, and told afterwards.

A request gets a number, has to show a token, to wait its turn and to have an end. Whatever becomes of it is
counted and written down; whatever fails is answered without a word of what was sent.
"""

from __future__ import annotations

import itertools
import re
import secrets
from time import perf_counter
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from creditrules.desk.tokens import Principal
from creditrules.errors import CreditRulesError, Finding, Span
from creditrules.gate.http import logs
from creditrules.gate.http.limits import Limit
from creditrules.gate.http.problems import Refused, problem, status_of
from creditrules.gate.http.service import Service

_NUMBER = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
# Numbers of requests: no two processes, and no two starts of one, give the same.
_PROCESS, _COUNT = secrets.token_hex(5), itertools.count(1)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
# What the page does with answers it does in memory; nothing of them stays in a cache.
_SECRET = "no-store"
# Below /v1 everything needs a token but this.
_WITHOUT = re.compile(r"/v1/(openapi\.json|problems/[^/]*)")


class Border:
    """Stands before the application."""

    def __init__(self, app: ASGIApp, service: Service, log: Any) -> None:
        self.app = app
        self.service = service
        self.log = log
        self._rate = Limit(service.settings.rate)
        self._wrong = Limit(service.settings.wrong)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = _Visit(scope, send)
        with self.service.metrics.under_way.track_inprogress():
            await self._serve(visit, receive)
        self._tell(visit)

    async def _serve(self, visit: _Visit, receive: Receive) -> None:
        try:
            await self._admit(visit)
            body = await self._body(visit, receive)
            await self.app(visit.scope, body, visit.send)
        except Refused as refused:
            await visit.refuse([refused.finding], refused.status, refused.headers)
        except CreditRulesError as error:
            await visit.refuse(error.findings, status_of(error))
        except Exception as error:  # our own fault: told to whoever runs the service, not to whoever asked
            self.log.error(
                "failed", request=visit.number, error=type(error).__name__, steps=logs.steps_of(error)
            )
            await visit.refuse([Finding("CR659", Span("request"), {"request": visit.number})], 500)

    async def _admit(self, visit: _Visit) -> None:
        """Let a request in, with whom its token stands for.

        Raises:
            Refused: CR651, it has no valid token; CR653, it came too soon after the others.
        """
        path = visit.scope["path"]
        if not path.startswith("/v1/") or _WITHOUT.fullmatch(path):
            return
        scheme, _, token = visit.headers.get("authorization", "").partition(" ")
        principal = None
        if scheme.lower() == "bearer" and token.strip():
            principal = await run_in_threadpool(self.service.principal, token.strip())
        if principal is None:
            # Behind a proxy many share an address: whoever has a token does not wait for those who guess.
            if wait := self._wrong.wait(visit.client):
                raise _too_many(self._wrong, wait)
            raise Refused("CR651", headers={"www-authenticate": 'Bearer realm="creditrules"'})
        if wait := self._rate.wait(principal.id):
            raise _too_many(self._rate, wait)
        visit.scope.setdefault("state", {})["principal"] = visit.principal = principal

    async def _body(self, visit: _Visit, receive: Receive) -> Receive:
        """Take in the body, up to its limit, before anything is done with it.

        Raises:
            Refused: CR654, it is larger.
        """
        most = self.service.settings.largest_body
        stated = visit.headers.get("content-length", "0")
        if stated.isdigit() and int(stated) > most:
            raise Refused("CR654", {"limit": str(most)})
        if visit.scope["method"] == "GET":
            return receive
        parts, size, message = [], 0, await receive()
        while message["type"] == "http.request":
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                raise Refused("CR654", {"limit": str(most)})
            if not message.get("more_body"):
                break
            message = await receive()
        whole: list[Message] = [{"type": "http.request", "body": b"".join(parts), "more_body": False}]

        async def again() -> Message:
            return whole.pop() if whole else await receive()

        return again

    def _tell(self, visit: _Visit) -> None:
        operation = getattr(visit.scope.get("route"), "operation_id", None) or "none"
        seconds = perf_counter() - visit.began
        metrics = self.service.metrics
        metrics.requests.labels(operation, str(visit.status)).inc()
        metrics.seconds.labels(operation).observe(seconds)
        if visit.code:
            metrics.refused.labels(visit.code).inc()
        who = visit.principal
        self.log.info(
            "request",
            request=visit.number,
            method=visit.method,
            path=logs.hidden(visit.scope["path"]),
            operation=operation,
            status=visit.status,
            code=visit.code,
            ms=round(seconds * 1000, 1),
            token=who.id if who else None,
            role=who.role if who else None,
        )


class _Visit:
    """One request from its coming to its going."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.method = scope["method"]
        # Whoever asks for the head alone gets the head of what he would get.
        self.scope = scope = {**scope, "method": "GET"} if self.method == "HEAD" else scope
        self.headers = Headers(scope=scope)
        given = self.headers.get("x-request-id", "")
        self.number = given if _NUMBER.fullmatch(given) else f"{_PROCESS}-{next(_COUNT)}"
        scope.setdefault("state", {})["request"] = self.number
        self.client = str((scope.get("client") or ("",))[0])
        self.began = perf_counter()
        self.principal: Principal | None = None
        self.status = 0
        self.code: str | None = None
        self._send = send

    async def send(self, message: Message) -> None:
        """Send a part of the response; its head gets what every response bears."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self.number
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", _SECRET)
            self.code = self.scope["state"].get("code")
        elif self.method == "HEAD":
            message = {**message, "body": b""}
        await self._send(message)

    async def refuse(self, findings: Any, status: int, headers: dict[str, str] | None = None) -> None:
        """Answer with a problem, unless an answer has begun."""
        self.scope["state"]["code"] = self.code = findings[0].code
        if not self.status:
            response = problem(findings, status, self.number, headers)
            await response(self.scope, _nothing, self.send)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _too_many(limit: Limit, wait: float) -> Refused:
    return Refused(
        "CR653", {"rate": f"{limit.rate:g}"}, headers={"retry-after": str(max(1, round(wait + 0.5)))}
    )
