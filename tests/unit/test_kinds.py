"""The shipped sanctions catalogue: kinds of measure, the statutes that carry them, and who is liable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest

from creditrules import load_catalogue
from creditrules.model.basis import Basis, plain_title
from creditrules.model.catalogue import Catalogue, MeasureKind
from creditrules.model.condition import ALWAYS
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.words import Rank, Strength

TODAY = date(2026, 6, 1)
OTHER_PLACES = ("上海市", "浙江省", "北京市", "山东省")


@cache
def catalogue() -> Catalogue:
    """Return the shipped catalogue, loaded once."""
    return load_catalogue()


@cache
def rulebook(on: date) -> Rulebook:
    """Return its rulebook of a day."""
    return catalogue().rulebook(on=on, recalled=True)


def kinds() -> Iterator[MeasureKind]:
    """Yield every kind of measure."""
    yield from catalogue().measure_kinds.values()


def provisions() -> Iterator[tuple[str, Basis]]:
    """Yield every provision of a kind or on liability, with whose it is."""
    for kind in kinds():
        yield from ((kind.key, basis) for basis in kind.bases)
    yield from ((liability.key, liability.basis) for liability in catalogue().liabilities)


def rules_of(memorandum: str, measure: str, on: date) -> list[Rule]:
    """Return the rules of one measure that stand on a day."""
    wanted = (memorandum, measure)
    return [r for r in rulebook(on).rules if r.memorandum and r.measure and _name(r) == wanted]


def _name(rule: Rule) -> tuple[str, str]:
    return (rule.memorandum.key if rule.memorandum else "", rule.measure.key if rule.measure else "")


def roles_of(memorandum: str, measure: str, on: date) -> set[str]:
    """Return the roles through which a measure still reaches persons on a day."""
    rules = rules_of(memorandum, measure, on)
    return {role for rule in rules for clause in rule.clauses for r in clause.reaches for role in r.roles}


def test_there_are_115_kinds() -> None:
    """The catalogue holds every kind that the documents of 2014 to 2018 use."""
    assert len(list(kinds())) == 115


def test_every_kind_says_what_it_is() -> None:
    """A kind has a name in both languages, a matter, an effect and a type of the national basic list."""
    nameless = [k.key for k in kinds() if not (k.name.zh and k.name.en and k.effect and k.matter)]

    assert nameless == []
    assert {k.type for k in kinds()} == {"A", "B", "C"}


def test_every_kind_occurs_and_every_link_leads_to_one() -> None:
    """No measure names a kind that is missing, and no kind is without a measure."""
    linked = {key for m in catalogue().memoranda.values() for measure in m.measures for key in measure.kinds}

    assert linked == set(catalogue().measure_kinds)


def test_nineteen_kinds_have_no_basis_and_say_so() -> None:
    """Seventeen kinds had none; two more rested on regulations of other provinces alone."""
    bare = {k.key for k in kinds() if not k.bases}

    assert len(bare) == 19
    assert {"concession_termination", "micro_loan_company_establishment"} < bare
    assert [k.key for k in kinds() if not k.bases and not k.note] == []


def test_nine_kinds_rest_on_general_clauses_alone() -> None:
    """A general clause was all that was found, or a condition that asks for something else than credit."""
    general = {k.key for k in kinds() if k.bases and {b.strength for b in k.bases} == {Strength.GENERAL}}

    assert general == {
        "approval_reference",
        "concession_restriction",
        "customs_certified_enterprise_denial",
        "mining_rights_grant_restriction",
        "patent_supervision",
        "production_licence",
        "promotion",
        "state_property_trading_restriction",
        "toll_road_rights_bar",
    }


def test_no_regulation_of_another_province_carries_anything() -> None:
    """A local regulation binds where it was made; those of other places stand in notes only."""
    local = [(key, b.law) for key, b in provisions() if b.rank is Rank.LOCAL_REGULATION]
    named = [k.key for k in kinds() if any(place in k.note for place in OTHER_PLACES)]

    assert local == []
    assert "concession_restriction" in named


def test_what_answers_conduct_of_its_own_names_no_list() -> None:
    """A provision either speaks of listings or answers conduct, never both."""
    assert [(key, str(b)) for key, b in provisions() if b.conduct and b.lists] == []


def test_numberings_of_one_law_do_not_overlap() -> None:
    """On any day a kind cites one text of a law: the old number ends on the day before the new one."""
    found = []
    for kind in kinds():
        for one, other in combinations(kind.bases, 2):
            if plain_title(one.law) == plain_title(other.law) and one.version != other.version:
                begins = max(_since(one), _since(other))
                if begins <= min(one.until or date.max, other.until or date.max):
                    found.append((kind.key, str(one), str(other)))

    assert found == []


def _since(basis: Basis) -> date:
    begins = basis.since or basis.version
    assert begins is not None, basis
    return begins


@pytest.mark.parametrize(
    ("law", "old", "new", "day"),
    [
        ("公司法", 146, 178, date(2024, 7, 1)),
        ("证券法", 124, 118, date(2020, 3, 1)),
        ("民事诉讼法", 255, 262, date(2022, 1, 1)),
        ("民事诉讼法", 262, 266, date(2024, 1, 1)),
        ("会计法", 42, 40, date(2024, 7, 1)),
        ("会计法", 43, 41, date(2024, 7, 1)),
        ("会计法", 40, 38, date(2024, 7, 1)),
    ],
)
def test_a_new_number_begins_when_the_old_one_ends(law: str, old: int, new: int, day: date) -> None:
    """A renumbered article is cited under the number of the day."""
    bases = [b for kind in kinds() for b in kind.bases if b.law == law]
    ends = {b.until for b in bases if b.article == old and b.until and b.until < day}
    begins = {b.since for b in bases if b.article == new and b.since == day}

    assert day - timedelta(days=1) in ends
    assert begins == {day}


def test_every_liability_names_roles_and_a_condition() -> None:
    """Nobody answers for an organisation by a provision that does not say who, and for what."""
    assert len(catalogue().liabilities) == 37
    for liability in catalogue().liabilities:
        assert liability.basis.reaches, liability.key
        assert liability.condition.zh, liability.key
        assert liability.condition.en, liability.key
        assert liability.lists or liability.kinds, liability.key


def test_the_listing_alone_is_the_condition_in_two_provisions() -> None:
    """Everywhere else the person must have done something, or something must have happened."""
    alone = {liability.key for liability in catalogue().liabilities if liability.when == ALWAYS}

    assert alone == {"wage-arrears-48", "enterprise-publicity-17"}


def test_what_limits_a_kind_is_no_basis_of_an_action() -> None:
    """A provision that forbids or narrows a measure stays with the kind, and out of every rule."""
    limits = [b for kind in kinds() for b in kind.bases if b.strength is Strength.LIMIT]

    assert limits != []
    for on in (date(2018, 12, 20), TODAY):
        assert [r.key for r in rulebook(on).rules for b in r.bases if b.strength is Strength.LIMIT] == []


def test_units_of_a_kind_act_only_where_the_document_names_none() -> None:
    """A unit taken from the kind says so."""
    rules = [r for r in rulebook(date(2018, 12, 20)).rules if r.measure]

    origins = {act.origin for r in rules if r.measure and r.measure.units for act in r.acts}
    assert origins == {"memorandum"}
    assert {act.origin for r in rules if r.measure and not r.measure.units for act in r.acts} == {"kind"}


def test_exit_control_for_tax_stands_today_for_taxpayer_and_legal_representative() -> None:
    """税收征收管理法 第四十四条 reaches these two and nobody else."""
    assert rules_of("tax-major-violations", "2", TODAY) != []
    assert roles_of("tax-major-violations", "2", TODAY) == {"legal_representative"}


@pytest.mark.parametrize("measure", ["5", "7", "13", "18", "20", "21"])
def test_a_restriction_for_tax_without_a_statute_does_not_stand_today(measure: str) -> None:
    """Consumption, land, toll roads, production licences, public resources, concessions: no statute."""
    assert rules_of("tax-major-violations", measure, date(2018, 12, 20)) != []
    assert rules_of("tax-major-violations", measure, TODAY) == []


@pytest.mark.parametrize("measure", ["government-procurement", "construction-tendering", "public-funds"])
def test_wage_arrears_measures_stand_today_with_the_persons_listed(measure: str) -> None:
    """保障农民工工资支付条例 第四十八条 lists the persons with the employer and names these fields."""
    assert roles_of("wage-arrears-migrant-workers", measure, TODAY) == {
        "legal_representative",
        "person_in_charge",
    }


def test_land_for_wage_arrears_does_not_stand_today() -> None:
    """Article 48 does not name land."""
    assert rules_of("wage-arrears-migrant-workers", "land-supply", TODAY) == []


@pytest.mark.parametrize("measure", ["air-tickets", "rail-tickets", "luxury-venues", "tourism-products"])
def test_consumption_limits_rest_on_the_central_opinion_of_2016(measure: str) -> None:
    """A judicial interpretation is not enough since 2020; the opinion of both general offices is."""
    bases = [b for rule in rules_of("judgment-defaulters", measure, TODAY) for b in rule.bases]

    assert {b.rank for b in bases if not b.conduct} >= {Rank.JUDICIAL_INTERPRETATION, Rank.CENTRAL_POLICY}
    assert {b.rank for b in bases if "失信被执行人信用监督" in b.law} == {Rank.CENTRAL_POLICY}


def test_a_market_restriction_for_judgment_defaulters_without_a_statute_does_not_stand() -> None:
    """What only the memorandum restricts is set aside since 2020."""
    for measure in ("mining", "food-trade", "drug-trade", "safety-evaluation"):
        assert rules_of("judgment-defaulters", measure, TODAY) == []
