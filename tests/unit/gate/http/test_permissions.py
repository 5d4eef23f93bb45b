"""Who may do what: every operation, every role, what is one's own and what is somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from creditrules.desk import tokens
from creditrules.desk.tables import outbox
from creditrules.gate.http.description import operations
from creditrules.gate.http.permissions import OPEN, RIGHTS, ROLES, Reach
from tests.support.databases import Databases
from tests.support.service import FIRM, OTHER_FIRM, OTHER_WANG, Served, elsewhere
from tests.unit.desk.flow import ON

# What belongs to the firm elsewhere and must show up nowhere else: names, numbers, labels, documents.
MARKS = ("别处", "orient", "zhao", OTHER_FIRM, OTHER_WANG, "77号")
HERE, ELSEWHERE = 1, 2
# Somebody of each role to whom nothing of the case elsewhere belongs.
STRANGERS = {"unit": "finance", "district": "fengcheng", "clerk": "clerk", "office": "office"}


@pytest.fixture(scope="module")
def both(databases: Databases) -> Iterator[Served]:
    """A service with two cases: one of units of Dandong, one of a district of another city."""
    store = databases.store("sqlite")
    served = Served(store)
    served.desk.initiate(elsewhere(), by="市信用办", on=ON)
    yield served
    store.close()


def _pushes(served: Served, case: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = served.get("office", f"/v1/pushes?case={case}&limit=200")["pushes"]
    return found


def _of(served: Served, case: int, unit: str) -> int:
    return int(next(p["id"] for p in _pushes(served, case) if unit in (p["unit"], p["local"])))


def _message(served: Served, case: int, address: str) -> int:
    query = select(outbox.c.id).where(outbox.c.address == address, outbox.c.case_id == case)
    with served.store.reading() as connection:
        return int(connection.execute(query.limit(1)).scalar_one())


def _requests(served: Served, case: int, unit: str, region: str) -> dict[str, tuple[str, str, Any]]:
    """Return one request for each operation, about a case, a unit and a district."""
    push, receipt = _of(served, case, unit), served.check().json()["receipt"]
    message = _message(served, case, unit)
    number = FIRM if case == HERE else OTHER_FIRM
    asked = {"matter": "tax", "applicant": number, "unit": unit, "purpose": "试", "on": "2018-12-20"}
    answer = {"event": "receive", "details": {}}
    return {
        "whoami": ("GET", "/v1/whoami", None),
        "list_matters": ("GET", "/v1/matters", None),
        "list_units": ("GET", "/v1/units", None),
        "check": ("POST", "/v1/checks", asked),
        "verify_receipt": ("POST", "/v1/receipts/verify", {"receipt": receipt}),
        "list_pushes": ("GET", "/v1/pushes?limit=200", None),
        "read_push": ("GET", f"/v1/pushes/{push}", None),
        "answer_push": ("POST", f"/v1/pushes/{push}/answers", answer),
        "list_messages": ("GET", "/v1/messages?limit=200", None),
        "acknowledge_message": ("POST", f"/v1/messages/{message}/receipt", None),
        "list_orders": ("GET", "/v1/orders?limit=200", None),
        "list_cases": ("GET", "/v1/cases?limit=200", None),
        "read_case": ("GET", f"/v1/cases/{case}?purpose=x", None),
        "initiate": ("POST", "/v1/dossiers", {"dossier": {"subjects": []}}),
        "view_subject": ("POST", "/v1/subjects/view", {"number": number, "purpose": "试"}),
    }


def _send(served: Served, who: str, request: tuple[str, str, Any]) -> Any:
    method, path, body = request
    headers = {"idempotency-key": f"{who}-{path}"}
    return served.ask(who, method, path, json=body, headers=headers)


def test_every_operation_has_a_right_or_needs_none(both: Served) -> None:
    """An operation that is added is given its row in the table before anybody can use it."""
    described = set(operations(both.app.openapi()))

    assert described == set(RIGHTS) | (OPEN - {"openapi", "page", "asset"})
    assert set(RIGHTS) == set(_requests(both, HERE, "丹东市财政局", "210681"))


@pytest.mark.parametrize("operation", RIGHTS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_what_the_table_says_and_nothing_else(both: Served, role: str, operation: str) -> None:
    """What is one's own is answered; what the role has no part in is refused, whatever it is about."""
    who = STRANGERS[role]
    reply = _send(both, who, _requests(both, HERE, "丹东市财政局", "210681")[operation])
    allowed = RIGHTS[operation].of(role)

    if allowed is Reach.NOTHING:
        assert (reply.status_code, reply.json()["code"]) == (403, "CR652")
    elif role == "district" and operation == "acknowledge_message":
        assert reply.status_code == 404  # the message is the unit's, not the district's
    else:
        assert reply.status_code in (200, 422), reply.text
        assert reply.status_code == 200 or operation == "initiate"


@pytest.mark.parametrize("operation", RIGHTS)
@pytest.mark.parametrize("role", ["unit", "district"])
def test_what_is_somebody_elses_is_as_if_it_were_not_there(both: Served, role: str, operation: str) -> None:
    """Another unit's or district's push, message, order or case is answered with 404 or left out."""
    who = STRANGERS[role]
    unit = next(p["local"] or p["unit"] for p in _pushes(both, ELSEWHERE))
    reply = _send(both, who, _requests(both, ELSEWHERE, unit, "210202")[operation])

    assert not any(mark in reply.text for mark in MARKS), reply.text
    if operation in ("read_push", "answer_push", "acknowledge_message", "read_case"):
        allowed = RIGHTS[operation].of(role)
        assert reply.status_code == (403 if allowed is Reach.NOTHING else 404)


def test_no_path_of_the_description_shows_anothers_push(both: Served) -> None:
    """Every GET with every number, and every filter, shows a unit only what is its own."""
    own = {p["id"] for p in both.get("finance", "/v1/pushes?limit=200")["pushes"]}
    everything = {p["id"] for case in (HERE, ELSEWHERE) for p in _pushes(both, case)}
    foreign = sorted(everything - own)
    paths = [path for path, item in both.app.openapi()["paths"].items() if "get" in item]
    filters = [
        "case=2",
        "unit=丹东市公安局",
        "region=210202",
        "state=initiated",
        "with_order=true",
        "after=0",
    ]

    for path in paths:
        numbers = foreign if "{id}" in path and "pushes" in path else range(1, 5)
        for number in numbers if "{id}" in path else [0]:
            for asked in ["", *filters] if path == "/v1/pushes" else [""]:
                address = path.replace("{id}", str(number)).replace("{code}", "CR631")
                reply = both.ask("finance", "GET", f"{address}?{asked}&purpose=x&limit=200")
                assert not any(mark in reply.text for mark in MARKS), (path, reply.text)
                if "pushes" in path and "{id}" in path:
                    assert reply.status_code == 404
    assert MARKS[0] in both.ask("office", "GET", "/v1/messages?after=40&limit=200").text
    for asked in filters:
        found = both.get("finance", f"/v1/pushes?{asked}&limit=200")["pushes"]
        assert {p["id"] for p in found} <= own


def test_a_unit_answers_no_push_of_another(both: Served) -> None:
    """Neither by its number nor with a key the other has used."""
    push = _of(both, HERE, "丹东市公安局")
    assert both.answer("police", push, "receive", "k1").status_code == 200

    assert both.answer("finance", push, "receive", "k1").status_code == 404
    assert both.answer("finance", push, "accept", "k2").status_code == 404


def test_a_district_sees_how_far_it_has_come_and_answers_nothing(both: Served) -> None:
    """What happens in its region is a district's to see; the answers are the units'."""
    push = _of(both, HERE, "丹东市公安局")

    assert both.ask("fengcheng", "GET", f"/v1/pushes/{push}").status_code == 200
    assert both.ask("zhongshan", "GET", f"/v1/pushes/{push}").status_code == 404
    assert both.answer("fengcheng", push, "receive", "d1").status_code == 403


def test_districts_see_the_cases_of_their_region(both: Served) -> None:
    """And nobody else's."""
    assert [c["id"] for c in both.get("fengcheng", "/v1/cases")["cases"]] == [HERE]
    assert [c["id"] for c in both.get("zhongshan", "/v1/cases")["cases"]] == [ELSEWHERE]
    assert both.ask("zhongshan", "GET", f"/v1/cases/{HERE}?purpose=x").status_code == 404


def test_a_district_pulls_what_is_sent_to_it(both: Served) -> None:
    """The message about a new case in its region."""
    found = both.get("zhongshan", "/v1/messages")["messages"]

    assert [(m["address"], m["kind"]) for m in found] == [("district:210202", "region")]


def test_a_unit_asks_for_its_own_approvals(both: Served) -> None:
    """It need not name itself; naming another is refused, and so is a clerk whose token names a unit."""
    own = both.check("finance", unit=None).json()

    assert own["receipt"]["unit"] == "丹东市财政局"
    assert both.check("finance", unit="财政部").status_code == 200
    assert both.check("counter", unit="公安部").status_code == 403
    assert both.check("police", unit="财政部").status_code == 403


def test_a_token_may_name_its_unit_by_name(both: Served) -> None:
    """A ministry is called by its key in pushes; its token may bear its name."""
    assert both.get("ministry", "/v1/whoami")["unit"] == "mof"
    assert both.get("ministry", "/v1/pushes")["pushes"]


@pytest.mark.parametrize("given", [None, "crt_unknown", "", "   "])
def test_without_a_valid_token_nothing_is_answered(quick: Served, given: str | None) -> None:
    """Every operation but the open ones, and every address below /v1 that is none."""
    headers = {} if given is None else {"authorization": f"Bearer {given}"}
    for path in ("/v1/pushes", "/v1/pushes/1", "/v1/nothing", "/v1/whoami"):
        reply = quick.client.get(path, headers=headers)
        assert (reply.status_code, reply.json()["code"]) == (401, "CR651")
        assert reply.headers["www-authenticate"].startswith("Bearer")


def test_a_token_that_is_revoked_is_revoked_at_once(served: Served) -> None:
    """The next request is refused."""
    assert served.ask("finance", "GET", "/v1/whoami").status_code == 200
    with served.store.writing() as connection:
        tokens.revoke(connection, served.tokens["finance"][1].id, served.store.clock(), "test")

    assert served.ask("finance", "GET", "/v1/whoami").status_code == 401


def test_looking_at_a_case_is_written_down(both: Served) -> None:
    """With who looked and what for; without a purpose nothing is shown."""
    assert both.ask("office", "GET", f"/v1/cases/{HERE}").status_code == 422
    both.get("fengcheng", f"/v1/cases/{HERE}?purpose=回访")
    event = both.get("office", f"/v1/cases/{HERE}?purpose=核对")["events"][-1]

    assert (event["kind"], event["by"], event["because"]) == ("case_viewed", "fengcheng", "回访")


def test_names_are_masked_but_in_messages_to_whoever_acts(both: Served) -> None:
    """A push shows a hidden name, its message the whole one."""
    push = next(p for p in _pushes(both, HERE) if p["target"] == "wang" and p["local"] == "丹东市公安局")
    whole = both.get("police", f"/v1/pushes/{push['id']}")
    messages = both.ask("police", "GET", "/v1/messages").text

    assert whole["subject"]["name"] == "王**"
    assert "王虚构" not in str(whole)
    assert "王虚构" in messages
    assert "王虚构" not in both.ask("office", "GET", f"/v1/cases/{HERE}?purpose=x").text
