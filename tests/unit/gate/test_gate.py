"""The gate on the register of a desk: found, decided, weighed, written down."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from creditrules import read_dossier
from creditrules.desk import ledger
from creditrules.desk.desk import Desk
from creditrules.desk.store import Store
from creditrules.errors import UsageError
from creditrules.gate.desk_source import DeskSource
from creditrules.gate.gate import Gate, NotGranted, Question
from creditrules.gate.merging import merged
from creditrules.gate.receipts import LedgerRecorder, is_genuine
from creditrules.gate.verdict import Verdict
from tests.unit.desk.flow import LISTING, ON, desk_on, dossier

FIRM, WANG = "91210681MA0XUGUA2T", "21068119751103001X"


def _gate(desk: Desk) -> Gate:
    return Gate(desk.catalogue, DeskSource(desk.store), LedgerRecorder(desk.store))


def _question(matter: str = "government_procurement.supplier", who: str = FIRM, on: date = ON) -> Question:
    return Question(matter, who, on, "供应商资格审查", "财政局", "财政部")


def test_a_listed_applicant_is_barred_and_the_question_is_written_down(store: Store) -> None:
    """The answer comes with a sealed receipt, and the ledger holds what was asked and why."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)

    answer = _gate(desk).check(_question())

    assert (answer.verdict, answer.is_held) == (Verdict.BARRED, True)
    assert is_genuine(answer.receipt, store.keys)
    with store.reading() as connection:
        row = list(ledger.rows(connection))[-1]
    assert (row["kind"], row["because"], row["seq"]) == ("asked", "供应商资格审查", answer.receipt.number)
    assert FIRM not in row["body"]


@pytest.mark.parametrize("changed", [{"verdict": "clear"}, {"grounds": ()}, {"on": "2019-01-01"}])
def test_a_receipt_that_was_changed_is_not_genuine(store: Store, changed: dict[str, Any]) -> None:
    """Whoever alters a word of a receipt breaks its seal."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    receipt = _gate(desk).check(_question()).receipt

    assert not is_genuine(evolve(receipt, **changed), store.keys)


def test_nobody_held_is_clear_and_says_that_nothing_is_held(store: Store) -> None:
    """Clear because nothing is known is told apart from clear because nothing stands in the way."""
    answer = _gate(desk_on(store)).check(_question(who="91210600MA0ABCDE18"))

    assert (answer.verdict, answer.is_held) == (Verdict.CLEAR, False)


def test_after_removal_the_register_speaks_of_the_new_dossier_alone(store: Store) -> None:
    """A dossier that a later one replaced is asked no longer."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    desk.initiate(dossier(removed="2018-12-19"), by="市信用办", on=ON)

    assert _gate(desk).check(_question()).verdict is Verdict.CLEAR


def test_a_person_is_found_by_his_own_number(store: Store) -> None:
    """The legal representative of a listed firm is asked about by his citizen number."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)

    answer = _gate(desk).check(_question(matter="company_office", who=WANG))

    assert answer.is_held
    assert answer.checked.applicant == "wang"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (evolve(_question(), applicant="丰源"), "CR643"),
        (evolve(_question(), applicant="21068119751103001"), "CR643"),
        (evolve(_question(), applicant="210681197511030011"), "CR643"),
        (evolve(_question(), purpose=" "), "CR644"),
    ],
)
def test_a_question_that_cannot_be_answered_for_is_refused(
    store: Store, question: Question, code: str
) -> None:
    """Without a number or a purpose there is no answer, and nothing is written down."""
    with pytest.raises(UsageError, match=code):
        _gate(desk_on(store)).check(question)


def test_the_block_of_an_approval_runs_only_when_nothing_bars_it(store: Store) -> None:
    """What is barred is not granted by forgetting to look at the answer."""
    desk = desk_on(store)
    gate = _gate(desk)
    with gate.asking(_question()) as answer:
        assert answer.verdict is Verdict.CLEAR
    desk.initiate(dossier(), by="市信用办", on=ON)

    with pytest.raises(NotGranted) as caught, gate.asking(_question()):
        pytest.fail("the approval was granted")
    assert caught.value.answer.verdict is Verdict.BARRED


def test_a_firm_is_seen_with_the_listing_of_its_legal_representative(store: Store) -> None:
    """What is held on the person in another dossier is joined by his number."""
    desk = desk_on(store)
    own = dossier()
    own["subjects"][0]["listings"] = []
    apart = {
        "subjects": [
            {
                "id": "p",
                "kind": "natural_person",
                "name": "王虚构",
                "id_number": WANG,
                "listings": [
                    {**LISTING, "id": "J1", "list": "judgment-defaulters", "doc_no": "虚执〔2018〕3号"}
                ],
            }
        ]
    }
    found = merged([read_dossier(own, desk.catalogue), read_dossier(apart, desk.catalogue)])

    assert [listing.subject for listing in found.listings] == ["wang"]
    assert [(role.person, role.organisation) for role in found.roles] == [("wang", "firm")]


def test_two_persons_without_numbers_stay_two(store: Store) -> None:
    """The same name and label in two dossiers are not taken for one person."""
    desk = desk_on(store)
    somebody = {"subjects": [{"id": "wang", "kind": "natural_person", "name": "王虚构"}]}
    found = merged([read_dossier(somebody, desk.catalogue), read_dossier(somebody, desk.catalogue)])

    assert set(found.subjects) == {"wang", "wang-2"}
