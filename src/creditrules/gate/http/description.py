"""Gate: how the service describes itself (OpenAPI 3.1): what a token is, what errors look like, examples."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from creditrules.gate.http.page import FOLDER
from creditrules.gate.http.permissions import OPEN, RIGHTS, ROLES

HEAD: dict[str, Any] = {
    "title": "creditrules",
    "version": "1",
    "summary": "Joint sanctions: approvals ask before they grant; units pull, answer and lift. 联合惩戒。",
    "description": (
        "Every operation below /v1 needs a token: `Authorization: Bearer crt_…`.\n"
        "Errors are `application/problem+json` (RFC 9457) with a code, in Chinese and English; they repeat"
        " nothing of what was sent.\n"
        "Lists are paged by `after`: send the `next` of the page before until it is null.\n"
        "Whatever belongs to somebody else is answered as if it were not there.\n"
        "What changes in an incompatible way gets a new number instead of /v1."
    ),
    "openapi_tags": [
        {"name": "approvals", "description": "Ask before granting. 审批核查。"},
        {"name": "units", "description": "Pushes, messages and orders of a unit. 推送、消息、指令。"},
        {"name": "office", "description": "Cases, and initiating. 案件与发起。"},
        {"name": "catalogue", "description": "Whom a token stands for; matters and units. 目录。"},
        {"name": "service", "description": "Whether the service is well. 运行状况。"},
    ],
}
_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "Made with `creditrules desk token create`, shown once, taken back with `… token revoke`.",
}


def of(app: FastAPI) -> dict[str, Any]:
    """Return the description of the service; it is made once."""
    if app.openapi_schema is None:
        made = get_openapi(routes=app.routes, openapi_version="3.1.0", tags=HEAD["openapi_tags"], **_head())
        made["components"]["securitySchemes"] = {"token": _SCHEME}
        for operation in operations(made).values():
            _complete(operation)
        app.openapi_schema = made
    return app.openapi_schema


def _head() -> dict[str, Any]:
    return {name: HEAD[name] for name in ("title", "version", "summary", "description")}


def operations(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the operations of a description by their names."""
    return {
        operation["operationId"]: operation
        for path in schema["paths"].values()
        for operation in path.values()
    }


def _complete(operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    if name not in OPEN:
        operation["security"] = [{"token": []}]
        right = RIGHTS[name]
        roles = ", ".join(f"{role}: {right.of(role).value}" for role in ROLES)
        operation["description"] += f"\n\nWho may: {roles}."
    for status, response in operation["responses"].items():
        # A problem has its own media type; FastAPI describes it as JSON besides.
        if not str(status).startswith("2"):
            response["content"].pop("application/json", None)
    if name not in RIGHTS and name != "explain_problem":
        operation["responses"].pop("422", None)
    example = examples().get(name, {})
    if "request" in example:
        operation["requestBody"]["content"]["application/json"]["examples"] = example["request"]
    if "response" in example:
        operation["responses"]["200"]["content"]["application/json"]["example"] = example["response"]


@cache
def examples() -> dict[str, Any]:
    """Return the examples of every operation, by its name."""
    import yaml

    found: dict[str, Any] = yaml.load((FOLDER / "examples.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found
