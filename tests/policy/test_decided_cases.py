"""A real decision becomes a case that passes and shows nobody who was meant."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from creditrules import decide, load_catalogue, read_dossier
from creditrules.deliver.json import to_json
from creditrules.errors import FactsError
from creditrules.load.dossier import read_dossier_text
from creditrules.load.example_base import in_english
from creditrules.load.identifiers import code_fault, id_number_fault
from creditrules.load.strict_yaml import plain, read_yaml
from creditrules.model.catalogue import Catalogue
from creditrules.policy.decided_case import Decided, case_of, check_same, differences_now, read_decision
from creditrules.policy.masking import Mask
from tests.support.tree import ROOT

DOSSIERS = sorted(ROOT.glob("examples/dossiers/*.yaml"))
FENGYUAN = ROOT / "examples" / "dossiers" / "fengyuan.yaml"
ON = date(2018, 12, 20)


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


def _tree(path: Path) -> dict[str, Any]:
    return in_english(plain(read_yaml(path.read_bytes(), str(path))))


def _decided(path: Path, catalogue: Catalogue, on: date = ON) -> Decided:
    dossier = read_dossier(path, catalogue)
    decision = decide(catalogue.rulebook(on=on), dossier, engine="indexed")
    return read_decision(to_json(decision).encode("utf-8"), "decision.json")


@pytest.mark.parametrize("mask", [True, False])
@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_a_case_of_a_decision_passes(path: Path, mask: bool, shipped: Catalogue) -> None:
    """What was decided is what is expected, whoever the subjects are called."""
    decided = _decided(path, shipped)
    dossier = read_dossier(path, shipped)

    doc = case_of(decided, _tree(path), shipped, dossier, name="案例", mask=mask, days=0)

    assert differences_now(doc, shipped) == ()
    assert doc.cases[0].expect is not None
    assert len(doc.cases[0].expect.actions) == len(decided.data["actions"])


@pytest.mark.parametrize("path", DOSSIERS, ids=lambda path: path.stem)
def test_a_masked_case_holds_no_name_and_no_number_of_the_dossier(path: Path, shipped: Catalogue) -> None:
    """Names, codes, citizen and document numbers are gone; kinds, days and facts stay."""
    tree = _tree(path)
    doc = case_of(
        _decided(path, shipped), tree, shipped, read_dossier(path, shipped), name="案例", mask=True, days=0
    )
    said = json.dumps(doc.model_dump(mode="json"), ensure_ascii=False)

    real = {
        subject[key]
        for subject in tree["subjects"]
        for key in ("name", "code", "id_number")
        if key in subject
    }
    listings = [listing for subject in tree["subjects"] for listing in subject.get("listings", ())]
    real |= {listing["doc_no"] for listing in listings if "doc_no" in listing}
    assert {text for text in real if str(text) in said} == set()
    assert isinstance(doc.given, dict)
    assert [s["kind"] for s in doc.given["subjects"]] == [s["kind"] for s in tree["subjects"]]
    assert [s.get("facts") for s in doc.given["subjects"]] == [s.get("facts") for s in tree["subjects"]]
    days = [[v.get("determined") for v in s.get("listings", ())] for s in doc.given["subjects"]]
    assert days == [[v.get("determined") for v in s.get("listings", ())] for s in tree["subjects"]]


def test_invented_numbers_are_valid_and_the_same_for_the_same() -> None:
    """A masked dossier can be read like a real one, and who stood in two places still does."""
    real = {
        "subjects": [
            {
                "id": "zhang-san-ltd",
                "kind": "enterprise",
                "name": "真实公司",
                "code": "91210681MA0XUGUA2T",
                "facts": {"note": "真实公司（张三丰，21068119751103001X）见沪税罚〔2019〕77号", "yes": True},
                "listings": [
                    {
                        "id": "R9",
                        "doc_no": "沪税罚〔2019〕77号",
                        "authority": "某市税务局",
                        "findings": [
                            {"person": "zhang", "doc_no": "沪税罚〔2019〕77号", "authority": "某市税务局"}
                        ],
                    }
                ],
            },
            {"id": "zhang", "kind": "natural_person", "name": "张三丰", "id_number": "21068119751103001X"},
        ]
    }
    mask = Mask({"zhang-san-ltd": False, "zhang": True})

    firm, person = mask.dossier(real)["subjects"]

    assert code_fault(firm["code"]) is None
    assert id_number_fault(person["id_number"]) is None
    assert (
        firm["facts"]["note"]
        == f"{firm['name']}（{person['name']}，{person['id_number']}）见{firm['listings'][0]['doc_no']}"
    )
    assert firm["facts"]["yes"] is True
    listing = firm["listings"][0]
    assert listing["findings"][0] == {
        "person": person["id"],
        "doc_no": listing["doc_no"],
        "authority": listing["authority"],
    }
    assert "2019" in listing["doc_no"]
    for text in ("真实", "张三丰", "zhang", "R9", "某市", "沪税罚", "MA0XUGUA2T", "19751103"):
        assert text not in json.dumps([firm, person], ensure_ascii=False)


def test_many_subjects_get_names_of_their_own() -> None:
    """However many there are, no two are given one name or one number."""
    subjects = [
        {"id": f"p{n}", "kind": "natural_person", "name": f"某甲{n}", "id_number": f"{n}"} for n in range(90)
    ]
    subjects += [
        {"id": f"f{n}", "kind": "enterprise", "name": f"某公司{n}", "code": f"c{n}"} for n in range(40)
    ]
    mask = Mask({f"p{n}": True for n in range(90)})

    made = mask.dossier({"subjects": subjects})["subjects"]

    for key in ("id", "name"):
        assert len({subject[key] for subject in made}) == len(made)
    assert len({subject["id_number"] for subject in made[:90]}) == 90
    assert len({subject["code"] for subject in made[90:]}) == 40


def test_days_can_be_moved_together(shipped: Catalogue) -> None:
    """A week later everywhere: the day, the listing, the roles and what is expected."""
    decided, dossier = _decided(FENGYUAN, shipped), read_dossier(FENGYUAN, shipped)

    doc = case_of(decided, _tree(FENGYUAN), shipped, dossier, name="案例", mask=True, days=7)

    case = doc.cases[0]
    assert case.on == ON + timedelta(days=7)
    assert isinstance(doc.given, dict)
    assert doc.given["subjects"][0]["listings"][0]["determined"] == date(2018, 6, 19)
    assert case.expect is not None
    assert case.expect.actions[0].until == date(2020, 6, 27)
    assert differences_now(doc, shipped) == ()


def test_a_catalogue_that_decides_otherwise_is_told(shipped: Catalogue) -> None:
    """A case that does not pass is none; the differences are said in words."""
    decided, dossier = _decided(FENGYUAN, shipped), read_dossier(FENGYUAN, shipped)
    decided.data["actions"].pop()  # type: ignore[attr-defined]

    doc = case_of(decided, _tree(FENGYUAN), shipped, dossier, name="案例", mask=True, days=0)

    (found,) = differences_now(doc, shipped)
    assert found.zh
    assert found.en


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "{", "[" * 100_000, "\udc80"),
        *(f'{{"schema": "creditrules/{name}/1"}}' for name in ("decision", "findings")),
        '{"schema": "creditrules/decision/1", "on": "x", "actions": [], "dossier": ""}',
    ],
)
def test_what_is_no_decision_is_told(text: str) -> None:
    """Whatever stands in the file, the answer is one finding that says how to write a decision."""
    with pytest.raises(FactsError) as error:
        read_decision(text.encode("utf-8", "surrogateescape"), "d.json")

    (finding,) = error.value.findings
    assert finding.code == "CR578"
    assert "creditrules decide" in finding.fix()


def test_a_decision_may_bring_its_dossier_with_it(shipped: Catalogue) -> None:
    """One file with both is enough."""
    alone = _decided(FENGYUAN, shipped)
    both = json.dumps({"decision": dict(alone.data), "dossier": {"subjects": []}})

    assert read_decision(both.encode(), "d.json").dossier == {"subjects": []}
    assert alone.dossier is None


def test_the_dossier_of_another_decision_is_refused(shipped: Catalogue) -> None:
    """A case of one decision and another dossier would say what was never decided."""
    other = read_dossier_text("subjects: [{id: a, kind: enterprise, name: 虚构公司}]", shipped)

    with pytest.raises(FactsError) as error:
        check_same(_decided(FENGYUAN, shipped), other, "other.yaml")

    assert "another dossier" in error.value.findings[0].what()
