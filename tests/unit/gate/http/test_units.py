"""What a unit does by HTTP: list, read, answer, pull, acknowledge."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from creditrules.desk import ledger
from creditrules.gate.http.shapes_desk import MessagesDoc, OrdersDoc, PushesDoc, WholePushDoc
from tests.support.service import Served, here
from tests.unit.desk.flow import ON


def _events(served: Served, kind: str) -> list[dict[str, Any]]:
    with served.store.reading() as connection:
        return [row for row in ledger.rows(connection) if row["kind"] == kind]


def _first(served: Served, who: str = "finance") -> int:
    return int(served.get(who, "/v1/pushes?limit=1")["pushes"][0]["id"])


def test_pages_follow_on_each_other_and_end(served: Served) -> None:
    """Whoever sends `next` as `after` sees every push once, in the order of their numbers."""
    whole = served.get("finance", "/v1/pushes?limit=200")
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        page = served.get("finance", f"/v1/pushes?limit=3&after={after}")
        seen += [push["id"] for push in page["pushes"]]
        after = page["next"]

    PushesDoc.model_validate(whole)
    assert seen == sorted(seen) == [push["id"] for push in whole["pushes"]]
    assert len(seen) > 3
    assert whole["next"] is None


def test_filters_narrow_down(quick: Served) -> None:
    """By state, case, region and open order."""
    push = _first(quick)
    quick.answer("finance", push, "accept", "k1")

    assert [p["id"] for p in quick.get("finance", "/v1/pushes?state=accepted")["pushes"]] == [push]
    assert quick.get("finance", "/v1/pushes?case=9")["pushes"] == []
    assert quick.get("finance", "/v1/pushes?region=210681")["pushes"]
    assert quick.get("finance", "/v1/pushes?with_order=true")["pushes"] == []


def test_a_push_says_what_is_asked_and_what_may_be_answered(quick: Served) -> None:
    """Measures, bases, ends, remedy, and the steps of the chart that are the unit's now."""
    said = quick.get("finance", f"/v1/pushes/{_first(quick)}")

    WholePushDoc.model_validate(said)
    assert said["asked"]["measures"]
    assert said["asked"]["remedy"]
    assert {"receive", "accept", "return", "implement"} <= set(said["may"])
    assert "confirm_lift" not in said["may"]


def test_the_whole_way_of_a_push(served: Served) -> None:
    """Received, accepted, carried out; the listing ends, an order to lift arrives, it is confirmed."""
    push = _first(served)
    served.answer("finance", push, "receive", "k1")
    served.answer("finance", push, "accept", "k2")
    done = {"matter": "供应商资格审查", "document": "丹财采〔2019〕1号", "date": "2019-01-05"}
    assert served.answer("finance", push, "implement", "k3", **done).json()["state"] == "implemented"
    served.desk.initiate(here(removed="2018-12-19"), by="市信用办", on=ON)
    orders = served.get("finance", "/v1/orders?limit=200")
    order = next(o for o in orders["orders"] if o["push"] == push)

    OrdersDoc.model_validate(orders)
    assert order["kind"] == "lift"
    assert served.answer("finance", push, "confirm_lift", "k4", order=order["id"]).json()["state"] == "lifted"
    assert push not in [o["push"] for o in served.get("finance", "/v1/orders?limit=200")["orders"]]


@pytest.mark.parametrize(
    ("event", "details", "status", "code"),
    [
        ("return", {}, 422, "CR632"),
        ("implement", {"matter": "x"}, 422, "CR632"),
        ("confirm_lift", {"order": 99}, 422, "CR634"),
        ("order_lift", {}, 422, "CR655"),
        ("accept", {"order": "one"}, 422, "CR655"),
        ("accept", {"anything": "x"}, 422, "CR655"),
    ],
)
def test_an_answer_that_lacks_something_is_refused(
    quick: Served, event: str, details: dict[str, Any], status: int, code: str
) -> None:
    """With what is missing, and nothing is booked."""
    reply = quick.answer("finance", _first(quick), event, "k1", **details)

    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert _events(quick, "push_accept") == []


def test_a_step_the_chart_does_not_know_is_a_conflict(quick: Served) -> None:
    """Whoever has returned a push cannot report feedback on it."""
    push = _first(quick)
    quick.answer("finance", push, "return", "k1", reason="不属本局职责")
    reply = quick.answer("finance", push, "receive", "k2")

    assert (reply.status_code, reply.json()["code"]) == (409, "CR621")


def test_an_answer_without_a_key_is_refused(quick: Served) -> None:
    """The key is what tells a repetition from a second answer."""
    body = {"event": "receive", "details": {}}
    reply = quick.ask("finance", "POST", f"/v1/pushes/{_first(quick)}/answers", json=body)

    assert reply.status_code == 422
    assert "idempotency-key" in reply.json()["detail"]


def test_the_same_answer_sent_again_is_booked_once(served: Served) -> None:
    """And another answer with the same key is refused."""
    push = _first(served)
    first = served.answer("finance", push, "accept", "k1").json()
    second = served.answer("finance", push, "accept", "k1").json()

    assert (first["again"], second["again"]) == (False, True)
    assert len(_events(served, "push_accept")) == 1
    assert served.answer("finance", push, "return", "k1", reason="x").status_code == 409


def test_the_same_answer_sent_at_once_by_many_is_booked_once(served: Served) -> None:
    """Eight senders with one key: one books, seven hear that it was booked."""
    push = _first(served)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: served.answer("finance", push, "accept", "k1"), range(8)))

    assert {reply.status_code for reply in replies} == {200}
    assert sorted(reply.json()["again"] for reply in replies) == [False, *[True] * 7]
    assert len(_events(served, "push_accept")) == 1


def test_different_answers_at_once_leave_a_state_the_chart_knows(served: Served) -> None:
    """Accepting and returning race: whoever is second is booked or refused, never half."""
    push = _first(served)
    sent = [("accept", {}), ("return", {"reason": "x"}), ("not_applicable", {"reason": "y"}), ("receive", {})]
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda s: served.answer("finance", push, s[0], f"k-{s[0]}", **s[1]), sent))
    booked = [reply for reply in replies if reply.status_code == 200]

    assert {reply.status_code for reply in replies} <= {200, 409}
    assert booked
    with served.store.reading() as connection:
        assert list(ledger.breaks(connection)) == []


def test_messages_wait_until_they_are_acknowledged(served: Served) -> None:
    """A message names in full whom it is about; acknowledged it is gone, and saying so twice is fine."""
    waiting = served.get("finance", "/v1/messages")
    first = waiting["messages"][0]

    MessagesDoc.model_validate(waiting)
    people = {subject["name"] for m in waiting["messages"] for subject in m["event"]["data"]["subjects"]}
    assert {"丹东丰源虚构贸易有限公司", "王虚构"} <= people
    assert first["event"]["specversion"] == "1.0"
    assert first["event"]["id"] == first["key"]
    path = f"/v1/messages/{first['id']}/receipt"
    assert served.ask("finance", "POST", path).json()["again"] is False
    assert served.ask("finance", "POST", path).json()["again"] is True
    assert first["id"] not in [m["id"] for m in served.get("finance", "/v1/messages")["messages"]]
    assert [row["by"] for row in _events(served, "sent")] == ["finance"]


def test_a_message_acknowledged_at_once_by_many_is_noted_once(served: Served) -> None:
    """One entry in the ledger."""
    path = f"/v1/messages/{served.get('finance', '/v1/messages')['messages'][0]['id']}/receipt"
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: served.ask("finance", "POST", path), range(6)))

    assert {reply.status_code for reply in replies} == {200}
    assert len(_events(served, "sent")) == 1


def test_the_office_pulls_for_whoever_has_no_token(quick: Served) -> None:
    """Such as the employer of somebody whose listing is not published."""
    quick.desk.initiate(here(doc_no="虚税稽罚〔2018〕9号", publishable=False), by="市信用办", on=ON)
    found = quick.get("office", "/v1/messages?address=employer")["messages"]

    assert [m["kind"] for m in found] == ["employer_notice"]
    assert quick.get("finance", "/v1/messages?address=employer")["messages"] == []


def test_the_office_initiates_and_the_same_again_pushes_nothing(served: Served) -> None:
    """By HTTP as from the shell."""
    sent = {"dossier": here(doc_no="虚税稽罚〔2018〕5号"), "because": "市税务局来文", "on": "2018-12-20"}
    first = served.ask("office", "POST", "/v1/dossiers", json=sent).json()
    second = served.ask("office", "POST", "/v1/dossiers", json=sent).json()

    assert first["changed"]
    assert first["counts"]["push"] > 10
    assert not second["changed"]
    assert second["cases"] == first["cases"]
    assert _events(served, "case_opened")[-1]["because"] == "市税务局来文"


def test_a_dossier_may_be_sent_as_text(quick: Served) -> None:
    """As it is written by hand, in YAML."""
    text = "主体: [{id: a, kind: enterprise, name: 虚构乙公司}]\n"
    said = quick.ask("office", "POST", "/v1/dossiers", json={"dossier": text}).json()

    assert said == {"cases": [], "counts": {}, "changed": False}


def test_findings_of_a_dossier_are_told_without_its_text(quick: Served) -> None:
    """All at once, with codes and places; numbers of persons are hidden."""
    wrong = here()
    wrong["subjects"][1]["id_number"] = "210681197511030011"
    wrong["subjects"][0]["kind"] = "firm"
    reply = quick.ask("office", "POST", "/v1/dossiers", json={"dossier": wrong})

    assert reply.status_code == 422
    assert len(reply.json()["findings"]) >= 2
    assert "210681197511030011" not in reply.text
    assert "王虚构" not in reply.text
