"""The border: numbers, tokens, turns, sizes; what is written down, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from creditrules.gate.http.limits import Limit
from creditrules.gate.http.logs import hidden
from tests.support.databases import Databases
from tests.support.service import FIRM, WANG, Served


class _Time:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_lets_through_a_burst_then_a_rate() -> None:
    """Twice the rate at once, then one for each part of a second; after a rest a burst again."""
    time = _Time()
    limit = Limit(10, time=time)
    burst = [limit.wait("a") for _ in range(21)]

    assert burst[:20] == [0.0] * 20
    assert burst[20] == pytest.approx(0.1)
    time.now += 0.11
    assert limit.wait("a") == 0.0
    assert limit.wait("a") > 0
    time.now += 60
    assert [limit.wait("a") for _ in range(20)] == [0.0] * 20


def test_callers_do_not_take_from_each_other_and_are_forgotten() -> None:
    """The buckets are the callers' own, and there is room for so many."""
    limit = Limit(1, 1, most=3, time=_Time())

    assert [limit.wait(name) for name in "abcd"] == [0.0] * 4
    assert limit.wait("d") > 0
    assert limit.wait("a") == 0.0  # forgotten, so it starts afresh


def test_too_many_requests_wait(databases: Databases) -> None:
    """429 with the seconds to wait; another token is served meanwhile."""
    served = Served(databases.store("sqlite"), rate=2)
    statuses = [served.ask("finance", "GET", "/v1/whoami").status_code for _ in range(6)]
    refused = served.ask("finance", "GET", "/v1/whoami")

    assert statuses[:4] == [200] * 4
    assert (refused.status_code, refused.json()["code"]) == (429, "CR653")
    assert int(refused.headers["retry-after"]) >= 1
    assert served.ask("police", "GET", "/v1/whoami").status_code == 200


def test_guessing_tokens_is_slowed_down(databases: Databases) -> None:
    """After some wrong ones an address has to wait; whoever has a valid token there does not."""
    served = Served(databases.store("sqlite"), wrong=2)
    guesses = [
        served.client.get("/v1/whoami", headers={"authorization": f"Bearer crt_{n}"}).status_code
        for n in range(6)
    ]

    assert guesses[:4] == [401] * 4
    assert guesses[4:] == [429] * 2
    assert served.ask("clerk", "GET", "/v1/whoami").status_code == 200


@pytest.mark.parametrize("stated", [True, False])
def test_a_body_has_an_end(databases: Databases, stated: bool) -> None:
    """One that says its length is refused before it is read, another when it goes on."""
    served = Served(databases.store("sqlite"), largest_body=1000)
    body = b'{"dossier": "' + b"x" * 2000 + b'"}'
    content: Any = body if stated else iter([body[:700], body[700:]])
    headers = {"content-type": "application/json"}
    reply = served.ask("office", "POST", "/v1/dossiers", content=content, headers=headers)

    assert (reply.status_code, reply.json()["code"]) == (413, "CR654")


def test_a_body_in_pieces_is_read_whole(quick: Served) -> None:
    """What fits is put together again."""
    body = b'{"number": "' + FIRM.encode() + b'", "purpose": "x"}'
    headers = {"content-type": "application/json"}
    pieces = iter([body[:10], body[10:]])
    reply = quick.ask("clerk", "POST", "/v1/subjects/view", content=pieces, headers=headers)

    assert reply.status_code == 200


def test_every_response_bears_the_number_of_its_request(quick: Served) -> None:
    """The caller's own when it is fit for a log, else one that is made."""
    own = quick.client.get("/health", headers={"x-request-id": "abc-1"}).headers["x-request-id"]
    made = [
        quick.client.get("/health", headers={"x-request-id": "a b\tc"}).headers["x-request-id"]
        for _ in range(3)
    ]

    assert own == "abc-1"
    assert len(set(made)) == 3
    assert "a b" not in "".join(made)
    assert quick.client.get("/v1/x").json()["instance"].startswith("urn:creditrules:request:")


def test_the_head_alone_is_that_of_the_whole(quick: Served) -> None:
    """Whoever watches a service asks for no body."""
    for path in ("/", "/health", "/v1/openapi.json"):
        head, whole = quick.client.head(path), quick.client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.content))
    assert quick.logged()[0]["method"] == "HEAD"


def test_what_is_answered_is_kept_by_nobody(quick: Served) -> None:
    """No cache keeps an answer, no browser guesses what it is."""
    reply = quick.check()

    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_log_names_tokens_by_their_numbers_and_persons_not_at_all(quick: Served) -> None:
    """Who did what, how it ended and how long it took; neither numbers nor names nor purposes."""
    quick.check()
    quick.ask("clerk", "POST", "/v1/subjects/view", json={"number": WANG, "purpose": "本人王虚构"})
    quick.ask("clerk", "GET", f"/v1/subjects/{WANG}/{FIRM}")
    quick.ask("clerk", "GET", f"/v1/subjects?number={WANG}")
    whole = quick.log.getvalue()
    first = quick.logged()[0]

    assert (first["operation"], first["status"], first["role"]) == ("check", 200, "clerk")
    assert first["token"] == quick.tokens["clerk"][1].id
    assert first["ms"] > 0
    assert not any(mark in whole for mark in (WANG, FIRM, "王虚构", quick.tokens["clerk"][0], "供应商"))


def test_an_address_is_hidden_for_a_log() -> None:
    """Numbers of persons and firms, control characters, and what goes on without end."""
    assert hidden(f"/v1/x/{WANG}/{FIRM}") == "/v1/x/210681********001X/91************UA2T"
    assert "\n" not in hidden("/v1/x\ny")
    assert len(hidden("/" + "x" * 5000)) == 200


def test_a_failure_of_ours_is_told_without_what_was_sent(
    quick: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 with a number; the log has the steps and the kind of error, neither has its message."""

    def fails(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"secret {WANG}")

    monkeypatch.setattr(quick.app.state.service.gate, "check", fails)
    reply = quick.check()
    failed = next(line for line in quick.logged() if line["event"] == "failed")

    assert (reply.status_code, reply.json()["code"]) == (500, "CR659")
    assert reply.headers["content-type"] == "application/problem+json"
    assert failed["error"] == "RuntimeError"
    assert any("routes_checks" in step for step in failed["steps"])
    assert failed["request"] in reply.json()["instance"]
    assert "secret" not in reply.text + quick.log.getvalue()


def test_what_is_counted_is_about_nobody(quick: Served) -> None:
    """Requests, latencies, verdicts, what waits; no number, name, unit or token."""
    quick.check()
    quick.ask("finance", "GET", "/v1/cases")
    said = quick.client.get("/metrics").text

    assert 'creditrules_requests_total{operation="check",status="200"} 1.0' in said
    assert 'creditrules_verdicts_total{verdict="barred"} 1.0' in said
    assert 'creditrules_refused_total{code="CR652"} 1.0' in said
    for name in (
        "outbox_messages",
        "dead_letters",
        "oldest_message_seconds",
        "open_orders",
        "ledger_entries",
    ):
        assert f"creditrules_{name} " in said
    assert "creditrules_request_seconds_bucket" in said
    assert not any(mark in said for mark in (FIRM, "财政", "clerk", quick.tokens["clerk"][1].id))
