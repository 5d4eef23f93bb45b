"""Gate: errors as `application/problem+json` (RFC 9457): a finding with its code, what, why and fix.

No problem repeats what was sent: it may be about a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from creditrules.deliver.findings import said
from creditrules.errors import CreditRulesError, EngineError, FactsError, Finding, Span, finding_texts

MEDIA = "application/problem+json"
# The status of a finding; what is not named here is something about the request (422), or ours (500).
STATUS: Mapping[str, int] = {
    "CR621": 409,
    "CR625": 503,
    "CR631": 404,
    "CR633": 409,
    "CR635": 404,
    "CR651": 401,
    "CR652": 403,
    "CR653": 429,
    "CR654": 413,
    "CR656": 404,
    "CR657": 404,
    "CR659": 500,
}
# What is wrong in the store or in an engine is no fault of whoever asks.
_OURS = frozenset({"CR622", "CR623", "CR624", "CR628", "CR629"})
_MOST = 50  # findings of one dossier that are told at once


class Refused(Exception):
    """A request that is not served, with the finding that says why."""

    def __init__(
        self,
        code: str,
        words: Mapping[str, str] | None = None,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.finding = Finding(code, Span("request"), words or {})
        self.status = status or STATUS.get(code, 422)
        self.headers = dict(headers or {})


def status_of(error: CreditRulesError) -> int:
    """Return the status of an error of the library."""
    code = error.findings[0].code if error.findings else "CR659"
    if code in STATUS:
        return STATUS[code]
    if isinstance(error, FactsError):
        return 422
    return 500 if isinstance(error, EngineError) or code in _OURS else 422


def problem(
    findings: Sequence[Finding], status: int, request: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the response to a request that is not served."""
    first = findings[0]
    body: dict[str, Any] = {
        "type": f"/v1/problems/{first.code}",
        "title": title(first.code)["en"],
        "title_zh": title(first.code)["zh"],
        "status": status,
        "detail": said(first.what("en")),
        "instance": f"urn:creditrules:request:{request}",
        **told(first),
    }
    if len(findings) > 1:
        body["findings"] = [told(finding) for finding in findings[:_MOST]]
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(content, status, headers, MEDIA)


def told(finding: Finding) -> dict[str, Any]:
    """Return a finding in both languages, with its place in a dossier that was sent, without its text."""
    both = {
        part: {lang: said(getattr(finding, part)(lang)) for lang in ("zh", "en")}
        for part in ("what", "why", "fix")
    }
    place = {"line": finding.span.line, "column": finding.span.column} if finding.span.line > 1 else {}
    return {"code": finding.code, **both, **place}


def title(code: str) -> Mapping[str, str]:
    """Return what a code is about, in both languages."""
    page = finding_texts().get(code)
    found: Mapping[str, str] = page["title"] if page else {"zh": code, "en": code}
    return found


def page_of(code: str) -> dict[str, Any] | None:
    """Return the page of a code, None when there is no such code."""
    page = finding_texts().get(code)
    if page is None:
        return None
    parts = ("title", "what", "why", "fix")
    return {
        "code": code,
        "status": STATUS.get(code, 422),
        **{part: {lang: str(page[part][lang]) for lang in ("zh", "en")} for part in parts},
    }
