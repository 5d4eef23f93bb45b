"""Linking: names become keys, what is left out is filled in, and one model comes of either language."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from creditrules.model.condition import Op, Test
from creditrules.model.memorandum import Effect, Reach, UnitPart
from creditrules.model.time import Period, Since
from creditrules.model.words import Checked, Direction, Discretion, HeldAt, Level, Rank, Responsibility
from tests.support.loading import HEAD, MEASURE, SMALL, found_in, load_with, small_texts

CATALOGUE = load_with({})
TAX = CATALOGUE.memoranda["tax"]


def other(text: str) -> object:
    """Load one more memorandum and return it."""
    return load_with({"memoranda/other.yaml": text}).memoranda["other"]


def test_a_memorandum_is_linked_to_what_it_names() -> None:
    """Lists, units and effects are keys, whichever of their names the document uses."""
    (measure,) = TAX.measures

    assert TAX.lists == {"tax-major"}
    assert TAX.lead_units == ("tax",)
    assert measure.effects == (Effect("exit_control", Discretion.MAY, ("exit",)),)
    assert measure.units == (UnitPart("税务总局", "tax"), UnitPart("公安部", "police", assists=True))
    assert measure.when == Test("tax.arrears_unsecured", Op.IS, True)
    assert (measure.key, measure.kinds, measure.checked, measure.source) == (
        "1",
        ("exit_stop",),
        Checked.VERIFIED,
        "s1",
    )


def test_a_clause_says_whom_it_reaches_and_under_what() -> None:
    """A plain role has no time and no finding; a mapping may give both."""
    (clause,) = TAX.covers

    assert clause.party == "enterprise"
    assert clause.reaches == (
        Reach(),
        Reach(Direction.ROLE, frozenset({"legal_representative"})),
        Reach(
            Direction.ROLE,
            frozenset({"financial_officer"}),
            held=HeldAt.CONDUCT,
            finding=Responsibility.DIRECT,
        ),
    )


def test_a_clause_may_reach_back_and_reach_whoever_was_found_responsible() -> None:
    """The organisation behind a listed person, and any role, are items of a clause too."""
    covers = (
        "covers:\n  - {party: natural_person, reaches: [{organisation_of: [legal_representative]}]}\n"
        "  - {party: 企业, when: {tax.cases: 1}, checked: recalled, reaches: "
        "[{any_role: true, finding: directly_responsible, when: {tax.cases: 2}}]}\n"
    )
    memorandum = other(HEAD.replace("covers: {enterprise: [self]}\n", covers) + MEASURE)

    first, second = memorandum.covers  # type: ignore[attr-defined]
    assert first.reaches == (Reach(Direction.ORGANISATION, frozenset({"legal_representative"})),)
    assert (second.party, second.checked, second.when) == (
        "enterprise",
        Checked.RECALLED,
        Test("tax.cases", Op.IS, 1),
    )
    assert second.reaches == (
        Reach(
            Direction.ROLE,
            any_role=True,
            finding=Responsibility.DIRECT,
            when=Test("tax.cases", Op.IS, 2),
        ),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-12-30", Since(date(2016, 12, 30), date(2016, 12, 30))),
        ("2016-12", Since(date(2016, 12, 1), date(2016, 12, 31))),
        ("2016-02", Since(date(2016, 2, 1), date(2016, 2, 29))),
        ("2016", Since(date(2016, 1, 1), date(2016, 12, 31))),
        ("'2016'", Since(date(2016, 1, 1), date(2016, 12, 31))),
        ("{earliest: 2016-12-01, latest: 2017-03-31}", Since(date(2016, 12, 1), date(2017, 3, 31))),
        ("null", None),
    ],
)
def test_a_day_known_in_part_has_bounds(written: str, meant: Since | None) -> None:
    """A month or a year stands for its first and its last day."""
    memorandum = other((HEAD + MEASURE).replace("2018-01-01", written))

    assert memorandum.since == meant  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "written", ["2016-13", "16", "2016-1", "20161230", "{earliest: 2016-12-01}", "true", "二〇一六", "'0000'"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    """A day written in another way is a finding."""
    assert [f.code for f in found_in((HEAD + MEASURE).replace("2018-01-01", written))] == ["CR124"]


def test_bounds_that_are_the_wrong_way_round_are_refused() -> None:
    """The earliest day is not later than the latest."""
    text = (HEAD + MEASURE).replace("2018-01-01", "{earliest: 2017-12-02, latest: 2017-12-01}")

    assert [finding.code for finding in found_in(text)] == ["CR129"]


def test_a_name_that_two_units_bore_means_the_one_of_the_day() -> None:
    """The date of the memorandum decides which body a name stands for."""
    later = HEAD.replace("2018-01-01", "2018-07-01") + MEASURE.replace("公安部", "税务总局")
    earlier = HEAD + MEASURE.replace("公安部", "税务总局")

    assert other(later).measures[0].units == (UnitPart("税务总局", "new-tax"),)  # type: ignore[attr-defined]
    assert other(earlier).measures[0].units == (UnitPart("税务总局", "tax"),)  # type: ignore[attr-defined]


def test_the_key_of_a_measure_comes_from_its_numbering() -> None:
    """Numbers that restart are told apart by their part."""
    text = (
        HEAD + MEASURE + MEASURE.replace("n: 1", "n: 1\n    part: 二") + MEASURE.replace("n: 1", "key: last")
    )

    memorandum = other(text)

    assert [measure.key for measure in memorandum.measures] == ["1", "二.1", "last"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("basis", "rank", "checked"),
    [
        ("{law: 中华人民共和国公司法, article: 218}", Rank.LAW, Checked.VERIFIED),
        ("{law: 公司法, article: 266}", Rank.LAW, Checked.RECALLED),
        ("{law: 公司法, version: 2018-10-26, article: 218}", Rank.LAW, Checked.VERIFIED),
        ("{law: 公司法, version: 2018-10-27, article: 3}", Rank.LAW, Checked.RECALLED),
        ("{law: 《公司法》}", Rank.LAW, Checked.VERIFIED),
        ("{law: 虚构办法, article: 3}", Rank.UNKNOWN, Checked.RECALLED),
        ("{law: 虚构办法, rank: 部门规章, checked: verified}", Rank.DEPARTMENTAL_RULE, Checked.VERIFIED),
        (
            "{law: 公司法, rank: normative_document, checked: recalled}",
            Rank.NORMATIVE_DOCUMENT,
            Checked.RECALLED,
        ),
    ],
)
def test_rank_and_check_of_a_basis_come_from_the_index(basis: str, rank: Rank, checked: Checked) -> None:
    """What the document leaves out the index fills in; what only a later text has is not checked."""
    memorandum = other(HEAD + MEASURE + f"    basis: [{basis}]\n")
    (linked,) = memorandum.measures[0].bases  # type: ignore[attr-defined]

    assert (linked.rank, linked.checked, linked.origin) == (rank, checked, "memorandum")


def test_kinds_carry_their_statutes_and_liability_its_condition() -> None:
    """Kinds of measures and provisions on liability are linked like everything else."""
    kind = CATALOGUE.measure_kinds["exit_stop"]
    (liability,) = CATALOGUE.liabilities

    assert (kind.effect, kind.units, [b.origin for b in kind.bases]) == (
        "exit_control",
        (UnitPart("税务总局", "tax"),),
        ["kind"],
    )
    assert (liability.basis.reaches, liability.kinds) == ({"legal_representative"}, {"exit_stop"})
    assert liability.when == Test("tax.arrears_unsecured", Op.IS, True)


def test_a_list_has_its_level_remedy_end_and_periods() -> None:
    """A list says who determines it, for how long, how it ends and where to object."""
    kind = CATALOGUE.lists["tax-major"]

    assert kind.level is Level.BLACKLIST
    assert kind.remedy("en") == "object to the tax authority"
    assert kind.periods[0].period == Period(years=2)
    assert kind.periods[0].counts_from == "published"


def test_units_know_what_became_of_them_and_who_acts_locally() -> None:
    """Successions and local bodies are linked by key and by division."""
    units = CATALOGUE.units

    assert units.by_key["tax"].successions[0].unit == "new-tax"
    assert units.by_name["税务总局"] == ("tax", "new-tax")
    assert units.region_chain("210600") == ("210600", "210000")
    name = units.by_key["police"].local_name("210600", date(2018, 12, 20))
    assert name is not None
    assert name.zh == "丹东市公安局"


def test_a_regime_has_its_rules_and_records() -> None:
    """Closed rules, their effects and periods, and who is recorded."""
    (regime,) = CATALOGUE.regimes

    assert (regime.rules[0].rule, regime.rules[0].effects, regime.rules[0].period) == (
        "publication_cap",
        {"prohibit"},
        Period(years=3),
    )
    assert regime.records[0].clauses[0].party == "any"


def test_an_inventory_entry_needs_no_measures() -> None:
    """A document whose text nobody saw can be listed."""
    memorandum = other(HEAD.replace("measures:\n", "completeness: inventory_only\n"))

    assert memorandum.measures == ()  # type: ignore[attr-defined]


def test_measures_and_memoranda_know_where_they_are_written() -> None:
    """Reasons can point at the line of a measure."""
    span = TAX.measures[0].span

    assert span is not None
    assert (span.file, span.line) == ("memoranda/tax.yaml", 10)


CHINESE = """\
备忘录: tax
文号: 发改财金〔2016〕2798号
标题: {zh: 税收备忘录, en: Tax memorandum}
效力: {自: 2016-12}
名单: [重大税收违法案件当事人]
牵头单位: [国家税务总局]
责任范围:
  企业: [自身, 法定代表人, {职务: 财务负责人, 任职时点: 行为时, 责任认定: 直接责任}]
措施:
  - 序号: 1
    小标题: 阻止出境
    内容: {zh: 不予出境, en: stop at the border}
    措施类型: 阻止出境
    裁量: 可以
    事项: [出境]
    当: {tax.arrears_unsecured: true}
    单位: [{牵头: 税务总局}, {协助: 公安部}]
    种类: 阻止出境
    依据: [{法律: 中华人民共和国税收征收管理法, 条: 44}]
    核对: {状态: 已核对, 核对来源: s1}
"""


def test_a_memorandum_in_chinese_is_the_same_memorandum() -> None:
    """One alias table, one schema, the same model."""
    chinese = load_with({"memoranda/tax.yaml": CHINESE})

    assert chinese.memoranda == CATALOGUE.memoranda
    assert evolve(chinese, digest="", notes=()) == evolve(CATALOGUE, digest="", notes=())


def test_a_chinese_key_and_its_english_name_are_one_key() -> None:
    """Both at once is a key given twice."""
    (finding,) = found_in(HEAD.replace("lists:", "名单: [x]\nlists:") + MEASURE)

    assert (finding.code, finding.words["key"], finding.related[0].line) == ("CR105", "lists", 5)


def test_names_that_an_author_chose_are_never_translated() -> None:
    """A choice called 依据 stays a choice called 依据."""
    facts = "facts: {a.b: {about: subject, type: choice, ask: 哪种？, choices: {依据: 甲, 期限: 乙}}}\n"

    assert list(load_with({"rules/more.yaml": facts}).facts["a.b"].choices) == ["依据", "期限"]


def test_the_digest_is_over_texts_whatever_their_order() -> None:
    """The same files give the same digest; one changed character another."""
    again = load_with(dict(reversed(small_texts().items())))
    changed = load_with({"memoranda/tax.yaml": CHINESE})

    assert again.digest == CATALOGUE.digest
    assert changed.digest != CATALOGUE.digest
    assert len(CATALOGUE.digest) == 64


def test_the_order_of_files_changes_nothing() -> None:
    """A catalogue is what its documents say together."""
    more = {"memoranda/other.yaml": HEAD + MEASURE}
    names = sorted({**small_texts(), **more})

    assert load_with(more) == load_with(dict(sorted(more.items(), reverse=True)))
    assert names[0] == "catalogue.yaml"
    assert SMALL.is_dir()
