"""Reading dossiers: from YAML, JSON and mappings to the one same model."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from creditrules.errors import FactsError
from creditrules.load.dossier import read_dossier, read_dossier_text
from creditrules.model.dossier import RoleHeld, fact_on
from creditrules.model.words import Outcome, Responsibility
from tests.support.catalogue import small_catalogue

CATALOGUE = small_catalogue()
TEXT = """
subjects:
  - id: fengyuan
    kind: enterprise
    name: 丹东丰源虚构贸易有限公司
    code: 91210681MA0XUGUA2T
    facts:
      tax.arrears:
        - {value: 100.5, recorded: 2018-01-01}
        - {value: "300", recorded: 2018-03-01, source: 更正}
        - {value: 200}
      holding.share: 51.25
    listings:
      - id: L1
        list: tax-major-violations
        conduct: 2017-03-01
        determined: 2018-06-01
        served: 2018-06-05
        aggregated: false
        capacity: procurement_supplier
        findings: [{person: wang, finds: directly_responsible, "on": 2018-06-01}]
        objections: [{filed: 2018-06-20, suspends: false, decided: 2018-07-01, outcome: rejected}]
        repairs: [{applied: 2018-08-01, decided: 2018-08-20, outcome: granted, revoked: 2018-09-01}]
        facts: {case.grade: serious, case.closed_on: 2018-05-01}
  - id: wang
    kind: natural_person
    name: 王虚构
    roles: [{in: fengyuan, role: financial_officer, since: 2015-01-01}]
"""
CHINESE = """
信用主体:
  - 名称: 丹东丰源虚构贸易有限公司
    编号: fengyuan
    类型: 企业
    统一社会信用代码: 91210681MA0XUGUA2T
    事实:
      holding.share: 51.25
      tax.arrears:
        - {值: 100.50, 录入: 2018-01-01}
        - {值: 300, 录入: 2018-03-01, 来源: 更正}
        - {值: 200}
    列入名单:
      - 编号: L1
        名单: 《重大税收违法案件当事人》
        失信行为: {自: 2017-03-01, 至: 2017-03-01}
        认定: 2018-06-01
        送达: 2018-06-05
        归集: 否
        身份: 政府采购供应商
        责任认定: [{人员: wang, 认定为: 直接责任, 日期: 2018-06-01}]
        异议: [{提出: 2018-06-20, 暂停惩戒: 否, 决定: 2018-07-01, 结果: 不成立}]
        信用修复: [{申请: 2018-08-01, 决定: 2018-08-20, 结果: 同意, 撤销: 2018-09-01}]
        事实: {case.grade: 严重, case.closed_on: 2018-05-01}
  - 姓名: 王虚构
    编号: wang
    主体类型: 自然人
    职务: [{单位: fengyuan, 职务: 财务负责人, 起始日期: 2015-01-01}]
"""


def test_a_dossier_is_read_into_the_model() -> None:
    """Every part of the file has its place in the model, with days as days and words as words."""
    dossier = read_dossier_text(TEXT, CATALOGUE, "fengyuan.yaml")

    (listing,) = dossier.listings
    assert dossier.roles == (RoleHeld("wang", "fengyuan", "financial_officer", date(2015, 1, 1)),)
    assert (listing.subject, listing.list, listing.capacity) == (
        "fengyuan",
        "tax-major-violations",
        "procurement_supplier",
    )
    assert (listing.conduct_since, listing.conduct_until) == (date(2017, 3, 1), date(2017, 3, 1))
    assert (listing.served, listing.aggregated, listing.published) == (date(2018, 6, 5), False, None)
    assert listing.findings[0].finds is Responsibility.DIRECT
    assert listing.objections[0].outcome is Outcome.REJECTED
    assert listing.repairs[0].revoked == date(2018, 9, 1)
    assert fact_on(listing.facts, "case.closed_on", date(2018, 12, 1)) == date(2018, 5, 1)


def test_chinese_keys_and_words_say_the_same() -> None:
    """A dossier in Chinese is the same dossier, digest included."""
    assert read_dossier_text(CHINESE, CATALOGUE) == read_dossier_text(TEXT, CATALOGUE)


def test_the_same_content_has_the_same_digest_however_it_is_written() -> None:
    """YAML, JSON with and without escapes, a mapping and another order of keys give one digest."""
    expected = read_dossier_text(TEXT, CATALOGUE)
    tree = yaml.safe_load(TEXT)
    text = json.dumps(tree, default=str)

    readings = [
        read_dossier(tree, CATALOGUE),
        read_dossier(_turned(tree), CATALOGUE),
        read_dossier_text(text, CATALOGUE),
        read_dossier_text("\ufeff" + text, CATALOGUE, "d.json"),
        read_dossier_text(json.dumps(tree, default=str, ensure_ascii=False, indent="\t").encode(), CATALOGUE),
        read_dossier_text(json.dumps(_turned(tree), default=str), CATALOGUE),
    ]

    assert all(reading == expected for reading in readings)
    assert {reading.digest for reading in readings} == {expected.digest}


def _turned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    return [_turned(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("served: 2018-06-05", "served: 2018-06-06"),
        ("aggregated: false", "aggregated: null"),
        ("outcome: rejected", "outcome: upheld"),
        ("source: 更正", "source: 更正二"),
        ("since: 2015-01-01", "since: 2015-01-02"),
        ("tax-major-violations", "judgment-defaulters"),
        ("100.5", "100.51"),
    ],
)
def test_another_content_has_another_digest(old: str, new: str) -> None:
    """Whatever a decision could rest on is in the digest."""
    changed = read_dossier_text(TEXT.replace(old, new), CATALOGUE)

    assert changed.digest != read_dossier_text(TEXT, CATALOGUE).digest


def test_the_entry_recorded_last_comes_first() -> None:
    """Entries are sorted by the day they were recorded; those without one count as recorded first."""
    dossier = read_dossier_text(TEXT, CATALOGUE)

    entries = dossier.subjects["fengyuan"].facts["tax.arrears"]

    assert [entry.value for entry in entries] == [30000, 10050, 20000]
    assert (
        fact_on(
            dossier.as_known(date(2018, 2, 1)).subjects["fengyuan"].facts, "tax.arrears", date(2018, 6, 1)
        )
        == 10050
    )


def test_the_region_is_read_from_the_code_unless_it_is_stated() -> None:
    """The third to eighth place of a unified social credit code name the region of the register."""
    stated = TEXT.replace("kind: enterprise", 'kind: enterprise\n    region: "210600"')

    assert read_dossier_text(TEXT, CATALOGUE).subjects["fengyuan"].region == "210681"
    assert read_dossier_text(stated, CATALOGUE).subjects["fengyuan"].region == "210600"
    assert read_dossier_text(TEXT, CATALOGUE).subjects["wang"].region is None


@pytest.mark.parametrize(
    "written", ["重大税收违法失信主体", "“重大税收违法案件当事人”", "tax-major-violations"]
)
def test_a_list_is_found_by_key_title_and_alias(written: str) -> None:
    """However a list is called, the dossier holds its key."""
    dossier = read_dossier_text(TEXT.replace("list: tax-major-violations", f"list: '{written}'"), CATALOGUE)

    assert dossier.listings[0].list == "tax-major-violations"


def test_versions_of_a_listing_are_kept_side_by_side() -> None:
    """A correction with its own recorded day does not displace the earlier version."""
    listings = [
        {"id": "L1", "list": "judgment-defaulters", "determined": "2018-01-01"},
        {"id": "L1", "list": "judgment-defaulters", "determined": "2018-01-02", "recorded": "2018-03-01"},
    ]
    tree = {"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构", "listings": listings}]}

    dossier = read_dossier(tree, CATALOGUE)

    assert len(dossier.listings) == 2
    assert dossier.as_known(date(2018, 2, 1)).listings[0].determined == date(2018, 1, 1)
    assert dossier.as_known(None).listings[0].determined == date(2018, 1, 2)


def test_numbers_may_be_grouped_and_written_small() -> None:
    """Spaces, hyphens and a small x do not make a number another number."""
    tree = {
        "subjects": [
            {"id": "a", "kind": "enterprise", "name": "虚构", "code": "91210681-ma0xugua2-t"},
            {"id": "b", "kind": "natural_person", "name": "虚构", "id_number": "11010519491231002x"},
        ]
    }

    dossier = read_dossier(tree, CATALOGUE)

    assert dossier.subjects["a"].code == "91210681MA0XUGUA2T"
    assert dossier.subjects["b"].id_number == "11010519491231002X"


def test_values_of_a_program_are_read_as_a_file_would_say_them() -> None:
    """Binary fractions count as the decimals they are shown as; days and exact decimals stay."""
    facts = {"tax.arrears": 0.29, "holding.share": Decimal("33.33")}
    tree = {"subjects": ({"id": "a", "kind": "enterprise", "name": "虚构", "facts": facts},)}

    subject = read_dossier(tree, CATALOGUE).subjects["a"]

    assert fact_on(subject.facts, "tax.arrears", date(2018, 1, 1)) == 29
    assert fact_on(subject.facts, "holding.share", date(2018, 1, 1)) == 3333


def test_a_file_knows_where_its_subjects_and_listings_stand(tmp_path: Path) -> None:
    """What is read from a YAML file keeps its line."""
    path = tmp_path / "d.yaml"
    path.write_text(TEXT, "utf-8")

    dossier = read_dossier(path, CATALOGUE)

    spans = [dossier.subjects["fengyuan"].span, dossier.listings[0].span]
    assert [span and (span.file, span.line) for span in spans] == [(str(path), 3), (str(path), 14)]


def test_no_number_of_a_person_stands_in_a_message_of_the_error() -> None:
    """Printing the error shows no more of a citizen number than its ends."""
    text = TEXT.replace("name: 王虚构", 'name: 王虚构\n    id_number: "210681198501010032"\n    code: x')

    with pytest.raises(FactsError) as caught:
        read_dossier_text(text, CATALOGUE)

    assert "198501010" not in str(caught.value) + repr(caught.value.findings)
