"""Approvals by HTTP: the answer, its receipt, and what a subject is told about himself."""

from __future__ import annotations

from typing import Any

import pytest

from creditrules.desk import ledger
from creditrules.gate.http.shapes_check import CheckedDoc, OwnViewDoc
from tests.support.service import FIRM, OTHER_FIRM, WANG, Served, elsewhere


def _last(served: Served) -> dict[str, Any]:
    with served.store.reading() as connection:
        return list(ledger.rows(connection))[-1]


def test_an_answer_says_everything_an_approval_needs(served: Served) -> None:
    """Verdict, actions with bases and reasons in both languages, the words for the applicant, the receipt."""
    said = served.check(unit="财政部").json()

    CheckedDoc.model_validate(said)
    [ground] = said["grounds"]
    assert (said["verdict"], ground["means"], said["is_held"]) == ("barred", "barred", True)
    assert ground["bases"]
    assert ground["reasons"]["children"]
    assert ground["remedy"]
    assert ground["until"]
    assert "政府采购供应商资格" in said["text"]["zh"]
    assert "bar" in said["text"]["en"]
    assert said["receipt"]["verdict"] == "barred"


def test_a_restriction_and_what_is_to_be_weighed_are_named(quick: Served) -> None:
    """`conditional` says which restriction, `weigh` what to weigh."""
    found = [quick.check(matter=m["key"]).json() for m in quick.get("clerk", "/v1/matters")["matters"]]
    by = {said["verdict"]: said for said in found}

    assert by["weigh"]["to_weigh"]
    assert all(said["restrictions"] for said in found if said["verdict"] == "conditional")
    assert {"clear", "weigh", "barred"} <= set(by)


def test_a_missing_fact_is_asked_for(quick: Served) -> None:
    """`ask` names the facts, and what each answer would change."""
    quick.desk.initiate(elsewhere(aggregated=None), by="市信用办")
    said = quick.check(applicant=OTHER_FIRM).json()

    assert said["verdict"] == "ask"
    assert said["asks"][0]["question"]["zh"]
    assert said["open"]


def test_a_question_is_written_down_with_its_purpose_and_without_the_number(served: Served) -> None:
    """The ledger knows who asked and why, and whom only by a keyed index."""
    number = served.check().json()["receipt"]["number"]
    row = _last(served)

    assert (row["seq"], row["kind"], row["by"]) == (number, "asked", "clerk")
    assert row["because"] == "供应商资格审查 2018-0034"
    assert FIRM not in str(row)


def test_nobody_held_is_clear_and_says_so(quick: Served) -> None:
    """Clear because nothing is known is told apart from clear because nothing stands in the way."""
    said = quick.check(applicant=OTHER_FIRM).json()

    assert (said["verdict"], said["is_held"], said["applicant"]["name"]) == ("clear", False, None)


def test_a_person_is_masked_in_the_answer(quick: Served) -> None:
    """Name and number of a natural person are hidden, in the reasons as well."""
    reply = quick.check(applicant=WANG, matter="company_office")

    assert WANG not in reply.text
    assert "王虚构" not in reply.text
    assert reply.json()["applicant"]["name"] == "王**"


def test_by_commitment_only_where_it_was_said(databases: Any) -> None:
    """Whether a matter is granted on the applicant's word is for the approving body to say."""
    silent = Served(databases.store("sqlite"))
    speaking = Served(databases.store("sqlite"), commitments=("government_procurement",))
    asked = {"applicant": OTHER_FIRM, "matter": "government_procurement"}

    assert silent.check(**asked).json()["by_commitment"]["is_open"] is None
    assert speaking.check(**asked).json()["by_commitment"]["is_open"] is True


def test_a_receipt_is_verified_later(served: Served) -> None:
    """It was given here, the ledger holds it, and it is about the number it is said to be about."""
    receipt = served.check().json()["receipt"]
    shown = {"receipt": receipt, "applicant": FIRM}

    assert served.ask("police", "POST", "/v1/receipts/verify", json=shown).json() == {
        "genuine": True,
        "recorded": True,
        "is_about": True,
    }
    shown["applicant"] = WANG
    assert served.ask("police", "POST", "/v1/receipts/verify", json=shown).json()["is_about"] is False


@pytest.mark.parametrize(
    "changed",
    [{"verdict": "clear"}, {"grounds": []}, {"on": "2019-01-01"}, {"by": "somebody"}, {"seal": "0" * 64}],
)
def test_a_receipt_that_was_changed_is_not_genuine(quick: Served, changed: dict[str, Any]) -> None:
    """Whoever alters a word breaks the seal."""
    receipt = {**quick.check().json()["receipt"], **changed}
    said = quick.ask("clerk", "POST", "/v1/receipts/verify", json={"receipt": receipt}).json()

    assert said == {"genuine": False, "recorded": False, "is_about": None}


def test_a_receipt_of_another_number_is_not_recorded(quick: Served) -> None:
    """The number in the ledger belongs to the receipt."""
    receipt = {**quick.check().json()["receipt"], "number": 1}
    said = quick.ask("clerk", "POST", "/v1/receipts/verify", json={"receipt": receipt}).json()

    assert (said["genuine"], said["recorded"]) == (True, False)


def test_a_subject_sees_what_is_held_on_him(served: Served) -> None:
    """His offices, the listings that touch him, on which basis, until when, and how to object; in full."""
    asked = {"number": WANG, "purpose": "本人查询", "on": "2018-12-20"}
    said = served.ask("clerk", "POST", "/v1/subjects/view", json=asked).json()

    OwnViewDoc.model_validate(said)
    [listing] = said["listings"]
    assert said["subject"]["name"] == "王虚构"
    assert said["subject"]["number"] == WANG
    assert said["roles"][0]["organisation"] == "丹东丰源虚构贸易有限公司"
    assert listing["bases"]
    assert listing["remedy"]["zh"]
    assert listing["until"] == "2020-06-20"
    assert said["actions"]
    assert "四十五条" in said["rights"]["zh"]


def test_an_ended_listing_is_still_held_and_still_told(quick: Served) -> None:
    """What the register keeps after the end is told as well, with its status."""
    asked = {"number": FIRM, "purpose": "本人查询", "on": "2024-01-01"}
    said = quick.ask("office", "POST", "/v1/subjects/view", json=asked).json()

    assert [listing["status"]["key"] for listing in said["listings"]] == ["expired"]
    assert said["facts"][0]["value"] is True


def test_another_person_in_the_same_dossier_is_masked(quick: Served) -> None:
    """A firm sees itself in full and its representative with a hidden name."""
    asked = {"number": FIRM, "purpose": "本人查询", "on": "2018-12-20"}
    reply = quick.ask("clerk", "POST", "/v1/subjects/view", json=asked)

    assert "王虚构" not in reply.text
    assert WANG not in reply.text


def test_a_view_is_written_down_with_its_purpose(served: Served) -> None:
    """That somebody looked is in the ledger even when nothing is held."""
    asked = {"number": OTHER_FIRM, "purpose": "本人查询"}
    said = served.ask("clerk", "POST", "/v1/subjects/view", json=asked).json()
    row = _last(served)

    assert (said["is_held"], said["entry"]) == (False, row["seq"])
    assert (row["kind"], row["because"], row["by"]) == ("viewed", "本人查询", "clerk")
    assert OTHER_FIRM not in str(row)
