"""Why, why not, whose file, and what of a person is shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from attrs import evolve

from creditrules.decide.masking import masked_name, masked_number, view
from creditrules.errors import UsageError
from creditrules.model.catalogue import RecordRule
from creditrules.model.condition import Op, Test
from creditrules.model.decision import Reason
from creditrules.model.dossier import Repair, ResponsibilityFinding
from creditrules.model.memorandum import Clause
from creditrules.model.text import Text
from creditrules.model.words import HeldAt, Outcome, Responsibility, Truth
from tests.support.hand import (
    FIRM,
    LAW,
    ON,
    PERSON,
    SELF,
    catalogue,
    covering,
    decided,
    dossier,
    facts,
    listing,
    measure,
    memorandum,
    regime,
    representative,
    role_reach,
    says,
)


def lines(reason: Reason) -> Iterator[Reason]:
    """Yield a reason and all below it."""
    yield reason
    for child in reason.children:
        yield from lines(child)


def said(reason: Reason) -> str:
    """Return everything a reason says in Chinese."""
    return "\n".join(line.text.zh for line in lines(reason))


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("210681198001018888", "210681********8888"),
        ("440300600101001", "440300*****1001"),
        ("12345678901", "123456*8901"),
        ("1234567890", "**********"),
        ("", ""),
    ],
)
def test_a_citizen_number_keeps_its_place_and_its_end(number: str, masked: str) -> None:
    """The day of birth is hidden, the division and the last four stay; a short number is hidden whole."""
    assert masked_number(number) == masked


@pytest.mark.parametrize(("name", "masked"), [("戊己庚", "戊**"), ("王五", "王*"), ("王", "王*"), ("", "*")])
def test_a_name_of_a_person_keeps_its_first_character(name: str, masked: str) -> None:
    """Of a person's name only the first character is shown."""
    assert masked_name(name) == masked


def test_persons_are_masked_and_organisations_are_not() -> None:
    """Who reads a decision must know which firm it is about, and not which person by number."""
    made = catalogue()

    assert view(FIRM, made).name == FIRM.name
    assert (view(PERSON, made).name, view(PERSON, made).id_number) == ("戊**", "210681********8888")


def test_why_leads_from_the_action_down_to_the_provision() -> None:
    """The reasons name listing, role, finding, memorandum, coverage and every basis, and how it ends."""
    finding = ResponsibilityFinding(
        "s1", Responsibility.DIRECT, date(2018, 1, 1), "虚构局", "虚构认〔2018〕1号"
    )
    memo = evolve(covering(role_reach(finding=Responsibility.DIRECT)), measures=(measure(bases=(LAW,)),))
    decision = decided(memo, seen=dossier(listing(findings=(finding,)), roles=(representative(),)))

    tree = decision.why("A1")

    kinds = {line.kind for line in lines(tree)}
    assert kinds >= {
        "action",
        "measure",
        "listing",
        "role",
        "finding",
        "memorandum",
        "coverage",
        "basis",
        "end",
    }
    assert "虚构认〔2018〕1号" in said(tree)
    assert str(LAW) in said(tree)
    assert PERSON.name not in said(tree)


def test_why_shows_the_tenure_that_carries_the_action() -> None:
    """Whoever held a role twice is told which of the two tenures counts."""
    first = representative(date(2015, 1, 1), date(2016, 12, 31))
    second = representative(date(2018, 1, 1), date(2019, 12, 31))
    for roles in ((first, second), (second, first)):
        decision = decided(covering(role_reach()), seen=dossier(roles=roles))
        assert "2018-01-01 至 2019-12-31" in said(decision.why("A1"))
        assert "2015-01-01" not in said(decision.why("A1"))


def test_why_not_names_the_condition_that_fails() -> None:
    """Of what a measure asks for only what fails is shown, with what the dossier holds."""
    memo = memorandum(measure(when=Test("tax.amount", Op.AT_LEAST, 10_000_00)))
    seen = dossier(subjects=(evolve(FIRM, facts=facts(tax__amount=9_999_99)),))

    reason = decided(memo, seen=seen).why_not(unit="planning", measure="memo-0#m1", person="s0")

    assert reason.truth is Truth.FALSE
    assert "9999.99元" in said(reason)
    assert {line.truth for line in lines(reason)} == {Truth.FALSE}


def test_why_not_names_the_unit_that_acts_instead() -> None:
    """Asked for another unit, the reason says whose measure it is."""
    from creditrules.model.unit import Unit

    other = Unit("court", Text("虚构法院", "court"))
    reason = decided(bodies=(other,)).why_not(unit="court", measure="memo-0#m1", person="s0")

    assert reason.truth is Truth.FALSE
    assert "国家planning总局" in said(reason)


def test_why_not_tells_what_the_law_of_the_day_set_aside() -> None:
    """A measure that a regime took away is explained by the regime."""
    applied = regime(says("basis_for_reduction", types=frozenset({"A"})))

    reason = decided(regimes=(applied,)).why_not(unit="planning", measure="memo-0#m1", person="s0")

    assert [line.kind for line in reason.children] == ["set_aside"]
    assert "虚构制度" in said(reason)


def test_why_not_of_an_action_says_that_it_stands() -> None:
    """Asked about an action that exists, the answer is yes."""
    assert decided().why_not(unit="planning", measure="memo-0#m1", person="s0").truth is Truth.TRUE


def test_why_not_of_somebody_the_listing_does_not_reach() -> None:
    """A person whom no listing reaches is told so."""
    reason = decided().why_not(unit="planning", measure="memo-0#m1", person="s1")

    assert reason.truth is Truth.FALSE
    assert "coverage" in {line.kind for line in lines(reason)}


def test_why_not_names_the_role_no_clause_names() -> None:
    """Of somebody in an office the document does not name, the office is said, not the kind of party."""
    seen = dossier(roles=(representative(date(2010, 1, 1)),))

    reason = decided(seen=seen).why_not(unit="planning", measure="memo-0#m1", person="s1")

    office = catalogue().roles["legal_representative"].name.zh
    assert f"责任范围没有写到{office}" in said(reason)
    assert "这类当事人" not in said(reason)


@pytest.mark.parametrize(
    ("asked", "code", "near"),
    [
        ({"unit": "国家planing总局"}, "CR532", "国家planning总局"),
        ({"person": "s9"}, "CR533", "s0"),
        ({"measure": "memo-0#m9"}, "CR534", "memo-0#m1"),
    ],
)
def test_a_question_about_something_unknown_is_a_finding(asked: dict[str, str], code: str, near: str) -> None:
    """A name nobody knows is refused, with the nearest one that is known."""
    usual = {"unit": "planning", "measure": "memo-0#m1", "person": "s0"}

    with pytest.raises(UsageError) as raised:
        decided().why_not(**{**usual, **asked})

    (finding,) = raised.value.findings
    assert finding.code == code
    assert near in finding.words["near_en"]


RECORD = RecordRule(
    "r0", Text("记入信用档案", "record"), (Clause("any", (SELF, role_reach(HeldAt.DAY))),), LAW
)
REPAIRED = (Repair(decided=date(2018, 6, 1), outcome=Outcome.GRANTED),)


def test_a_listing_goes_into_the_files_the_regime_names() -> None:
    """The listed subject's file and its representative's hold the listing, repaired or not."""
    kept = regime(records=(RECORD,))
    for repairs in ((), REPAIRED):
        seen = dossier(listing(repairs=repairs), roles=(representative(),))
        records = decided(seen=seen, regimes=(kept,)).records
        assert [record.file_of for record in records] == ["s0", "s1"]
        assert {record.sharing_stopped for record in records} == {None}


def test_a_repaired_entry_is_no_longer_shared_once_the_law_says_so() -> None:
    """Sharing stops with the repair, but not before the law that orders it."""
    kept = regime(says("repaired_records_not_shared"), since=date(2018, 9, 1), records=(RECORD,))

    (record,) = decided(seen=dossier(listing(repairs=REPAIRED)), regimes=(kept,)).records

    assert record.sharing_stopped == date(2018, 9, 1)


def test_a_record_of_one_region_is_kept_for_those_registered_there() -> None:
    """A city's notice speaks of the subjects of that city: a firm elsewhere has no such entry."""
    kept = regime(records=(RECORD,), region="210600")
    places = {"210681": 1, "210600": 1, "310000": 0}

    for place, number in places.items():
        seen = dossier(subjects=(evolve(FIRM, region=place),))
        assert len(decided(seen=seen, regimes=(kept,)).records) == number


def test_known_rebuilds_what_was_decided_then() -> None:
    """A late correction shows as a difference between two `known` days, and in nothing else."""
    corrected = listing(removed=ON, recorded=date(2019, 1, 10))
    seen = dossier(listing(), corrected)

    assert decided(seen=seen, known=ON).actions
    assert decided(seen=seen, known=date(2019, 1, 10)).actions == ()
    assert decided(seen=seen).actions == ()
