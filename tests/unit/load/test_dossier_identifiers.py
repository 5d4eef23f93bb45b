"""Numbers are checked as the standards say and never shown whole; forbidden names are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from creditrules.load.dossier_aliases import KEYS, WORDS
from creditrules.load.dossier_docs import (
    ConductDoc,
    DossierDoc,
    EventDoc,
    FactEntryDoc,
    ListingDoc,
    ObjectionDoc,
    RepairDoc,
    ResponsibilityDoc,
    RoleDoc,
    SubjectDoc,
)
from creditrules.load.forbidden import is_forbidden_category, is_relative
from creditrules.load.identifiers import code_fault, id_number_fault, masked, masked_number

DOCS = (
    *(ConductDoc, DossierDoc, FactEntryDoc, ListingDoc, ObjectionDoc, RepairDoc, ResponsibilityDoc, RoleDoc),
    *(EventDoc, SubjectDoc),
)


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "11230500001755309F", "914403001922038216", "9144030071526726XG"]
)
def test_codes_of_the_standard_are_sound(code: str) -> None:
    """The codes quoted in `standards.md` carry the right check character."""
    assert code_fault(code) is None


def test_a_code_may_begin_with_letters() -> None:
    """Rural collectives have N and others Y in the first place, which a stricter reading would refuse."""
    body = "N2210681MF0XUGUA1"

    assert code_fault(body + uscc.calc_check_digit(body + "0")) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("91350100M000100Y4", "length"),
        ("91350100M000100Y432", "length"),
        ("91350100M000100I43", "letters"),
        ("9135010AM000100Y43", "letters"),
        ("91350100M000100Y44", "check"),
        ("９1350100M000100Y43", "letters"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(code: str, fault: str) -> None:
    """Length, alphabet and check character are told apart."""
    assert code_fault(code) == fault


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_numbers_of_the_standard_are_sound(number: str) -> None:
    """The examples of GB 11643 are sound, the second with a birth date in 1880."""
    assert id_number_fault(number) is None


@given(st.integers(100000, 999999), st.dates(), st.integers(0, 999))
def test_no_address_code_is_refused(area: int, born: object, order: int) -> None:
    """Codes of abolished divisions stay valid for their holders, so none is looked up."""
    body = f"{area}{str(born).replace('-', '')}{order:03}"

    assert id_number_fault(body + ric.calc_check_digit(body + "0")) is None


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("11010519491231002", "length"),
        ("1101051949123100XX", "letters"),
        ("110105194902300021", "birth"),
        ("110105000001010021", "birth"),
        ("110105194912310021", "check"),
        ("١10105194912310021", "letters"),
    ],
)
def test_what_is_wrong_with_a_number_is_said(number: str, fault: str) -> None:
    """Length, alphabet, birth date and check character are told apart."""
    assert id_number_fault(number) == fault


@given(
    st.text(),
    st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True),
    st.text(st.characters(categories=["Po", "Lo"])),
)
def test_no_text_shows_a_whole_number(before: str, number: str, after: str) -> None:
    """Wherever a citizen number stands alone in a text, its middle is hidden."""
    text = before + " " + number + after

    assert number not in masked(text).removeprefix(before)


def test_short_numbers_are_hidden_whole() -> None:
    """What is too short to keep anything hidden between its ends is hidden altogether."""
    assert masked_number("1234567890") == "**********"
    assert masked_number("11010519491231002X") == "110105********002X"


FORBIDDEN = (
    "宗教信仰 基因 指纹 血型 疾病 病史 既往病史 religion religious_belief person.gene genetic_data "
    "fingerprint fingerPrint blood_type bloodType Blood-Group illness disease medical_history "
    "medical.records DNA"
)


@pytest.mark.parametrize("name", FORBIDDEN.split())
def test_what_nobody_may_collect_is_known_by_name(name: str) -> None:
    """The categories are recognised in both languages and however their words are joined."""
    assert is_forbidden_category(name)


@pytest.mark.parametrize(
    "name",
    [
        "general_manager",
        "转基因标识",
        "medical.licence_revoked",
        "good_faith",
        "generation",
        "tax.arrears",
        "医疗机构",
    ],
)
def test_what_only_sounds_alike_is_allowed(name: str) -> None:
    """A word inside another word is not the category."""
    assert not is_forbidden_category(name)


@pytest.mark.parametrize(
    "name", ["spouse", "child", "next_of_kin", "配偶", "子女", "其配偶", "Family-Member"]
)
def test_relatives_are_known_by_name(name: str) -> None:
    """No word for a relative passes as a role."""
    assert is_relative(name)


@pytest.mark.parametrize(
    "name", ["legal_representative", "法定代表人", "实际控制人", "shareholder", "childcare_manager"]
)
def test_offices_are_no_relatives(name: str) -> None:
    """Roles in organisations are not taken for relatives."""
    assert not is_relative(name)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.__name__)
def test_no_name_of_a_key_means_two_fields(doc: type[ListingDoc]) -> None:
    """Within one part of a dossier every name belongs to one field, and every field has a Chinese name."""
    names = [name for field in doc.model_fields for name in KEYS[field]]

    assert len(names) == len(set(names))
    assert all(any(not name.isascii() for name in KEYS[field]) for field in doc.model_fields)


def test_every_name_of_a_key_is_used() -> None:
    """The table of names has no field that no part of a dossier has."""
    assert set(KEYS) == {field for doc in DOCS for field in doc.model_fields}
    assert all(not word.isascii() for word in WORDS)
