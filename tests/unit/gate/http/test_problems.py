"""Errors: one form for all of them, in both languages, with a code that is explained."""

from __future__ import annotations

from typing import Any

import pytest

from creditrules.errors import EngineError, FactsError, Finding, Span, UsageError, finding_texts
from creditrules.gate.http.problems import STATUS, status_of
from creditrules.gate.http.shapes import ProblemDoc
from tests.support.service import FIRM, WANG, Served

ASKED = {"matter": "tax", "applicant": FIRM, "purpose": "x"}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/v1/nothing", None, 404, "CR656"),
        ("GET", "/nothing", None, 404, "CR656"),
        ("GET", "/assets/../app.py", None, 404, "CR656"),
        ("DELETE", "/v1/checks", None, 405, "CR656"),
        ("POST", "/health", None, 405, "CR656"),
        ("GET", "/v1/problems/CR000", None, 404, "CR656"),
        ("GET", "/v1/pushes/99999", None, 404, "CR631"),
        ("GET", "/v1/pushes/0", None, 422, "CR655"),
        ("GET", "/v1/pushes/99999999999999999999", None, 422, "CR655"),
        ("GET", "/v1/pushes?limit=0", None, 422, "CR655"),
        ("GET", "/v1/pushes?state=gone", None, 422, "CR655"),
        ("GET", "/v1/cases/99?purpose=x", None, 404, "CR635"),
        ("POST", "/v1/messages/99999/receipt", None, 404, "CR657"),
        ("POST", "/v1/checks", {}, 422, "CR655"),
        ("POST", "/v1/checks", {**ASKED, "unknown": 1}, 422, "CR655"),
        ("POST", "/v1/checks", {**ASKED, "purpose": "a\u0000b"}, 422, "CR655"),
        ("POST", "/v1/checks", {**ASKED, "purpose": "\ud800"}, 422, "CR655"),
        ("POST", "/v1/checks", {**ASKED, "purpose": "   "}, 422, "CR644"),
        ("POST", "/v1/checks", {**ASKED, "on": "1066-01-01"}, 422, "CR655"),
        ("POST", "/v1/checks", {**ASKED, "matter": "taxes"}, 422, "CR641"),
        ("POST", "/v1/checks", {**ASKED, "applicant": "123"}, 422, "CR643"),
        ("POST", "/v1/checks", {**ASKED, "applicant": WANG[:-1] + "1"}, 422, "CR643"),
        ("POST", "/v1/dossiers", {"dossier": {"subjects": "\ud800"}}, 422, None),
        ("POST", "/v1/dossiers", {"dossier": "a: &a [*a]"}, 422, None),
        ("POST", "/v1/dossiers", {"dossier": {}}, 422, None),
    ],
)
def test_every_error_is_a_problem(
    quick: Served, method: str, path: str, body: Any, status: int, code: str | None
) -> None:
    """Its media type, its status, its code, what, why and fix in both languages."""
    import json

    content = None if body is None else json.dumps(body).encode()
    reply = quick.ask("office", method, path, content=content, headers={"content-type": "application/json"})
    said = reply.json()

    assert reply.headers["content-type"] == "application/problem+json"
    ProblemDoc.model_validate(said)
    assert (reply.status_code, said["status"]) == (status, status)
    assert code in (None, said["code"])
    assert all(said[part][lang] for part in ("what", "why", "fix") for lang in ("zh", "en"))
    assert quick.client.get(said["type"]).json()["title"]["zh"] == said["title_zh"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"null", b"[]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"on": NaN}']
)
def test_a_body_that_is_no_question_is_refused(quick: Served, content: bytes) -> None:
    """Whatever it is, it is told that it cannot be read."""
    headers = {"content-type": "application/json"}
    reply = quick.ask("office", "POST", "/v1/checks", content=content, headers=headers)

    assert reply.status_code == 422
    assert reply.json()["code"] == "CR655"


def test_a_method_that_is_not_allowed_says_which_are(quick: Served) -> None:
    """As HTTP asks for it."""
    assert quick.ask("office", "GET", "/v1/checks").headers["allow"] == "POST"


def test_no_error_repeats_what_was_sent(quick: Served) -> None:
    """Places are named, values are not."""
    sent = {"matter": "tax", "applicant": f"{WANG} 王虚构", "purpose": "x", WANG: "y", "on": WANG}
    reply = quick.ask("clerk", "POST", "/v1/checks", json=sent)

    assert reply.status_code == 422
    assert "body.applicant" in reply.json()["detail"]
    assert WANG not in reply.text
    assert "王虚构" not in reply.text


def test_what_is_no_fault_of_the_caller_is_a_fault_of_ours() -> None:
    """A store that cannot be opened or engines that disagree are 5xx; a dossier with findings is 422."""
    span = Span("x")

    assert status_of(UsageError([Finding("CR629", span)])) == 500
    assert status_of(EngineError([Finding("CR530", span)])) == 500
    assert status_of(EngineError([Finding("CR625", span)])) == 503
    assert status_of(FactsError([Finding("CR405", span)])) == 422
    assert status_of(UsageError([Finding("CR641", span)])) == 422


def test_every_status_belongs_to_a_code_that_is_explained() -> None:
    """The table names no code that is not there."""
    assert set(STATUS) <= set(finding_texts())


def test_a_database_that_is_gone_is_told_and_its_return_noticed(served: Served) -> None:
    """503 with a time to come back; nothing of the statement is told."""
    served.store.engine.dispose()
    url = served.store.engine.url
    served.app.state.service.direct.close()
    broken = url.set(database="/nowhere/at/all" if served.store.is_sqlite else "no_such_database")
    from sqlalchemy import create_engine

    whole = served.store.engine
    served.store.engine = create_engine(broken)
    reply = served.client.get("/ready")
    refused = served.ask("clerk", "GET", "/v1/whoami")
    served.store.engine = whole

    assert (reply.status_code, reply.json()["code"]) == (503, "CR625")
    assert refused.status_code == 503
    assert "SELECT" not in reply.text + refused.text
    assert served.client.get("/ready").status_code == 200
    assert served.ask("clerk", "GET", "/v1/whoami").status_code == 200
    assert served.client.get("/health").json() == {"status": "ok"}
