"""Lists as written: grounds, early removal, what they lead to; and provisions that were renumbered."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.errors import CatalogueError
from creditrules.model.condition import All, Op, Test
from creditrules.model.lists import ListKind
from creditrules.model.time import Period
from creditrules.model.words import Checked
from tests.support.loading import load_with

LIST = """\
lists:
  other:
    title: 虚构名单
    level: blacklist
    determined_by: 机关
    remedy: 异议
    ends_by: [期满]
"""
RENUMBERED = (
    "renumberings: [{law: 公司法, from: {version: 2018-10-26, article: 146}, to: {TO}, since: 2024-07-01}]\n"
)


def read(more: str) -> ListKind:
    """Return the list with more lines in it."""
    text = LIST + "".join(f"    {line}\n" for line in more.splitlines())
    return load_with({"rules/other.yaml": text}).lists["other"]


def codes(text: str) -> list[str]:
    """Return the codes of what is found in a rules file."""
    with pytest.raises(CatalogueError) as caught:
        load_with({"rules/other.yaml": text})
    return [finding.code for finding in caught.value.findings]


def test_a_ground_is_kept_in_words_and_as_a_condition() -> None:
    """Amounts become fen, shares hundredths of a per cent; a ground without a condition has none."""
    kind = read(
        "entry:\n"
        "  - {text: 偷税, since: 2022-02-01, when: {tax.arrears: {at_least: 1000000},"
        " tax.share: {at_least: 10}}}\n"
        "  - {text: 其他, checked: {state: recalled, source: s1}}"
    )
    first, second = kind.entry

    assert first.when == All(
        (Test("tax.arrears", Op.AT_LEAST, 100_000_000), Test("tax.share", Op.AT_LEAST, 1000))
    )
    assert (first.since, first.checked) == (date(2022, 2, 1), Checked.VERIFIED)
    assert (second.when, second.checked, second.source) == (None, Checked.RECALLED, "s1")


def test_early_removal_and_who_is_listed_with_it_are_kept() -> None:
    """The shortest stay is a length of time, the roles are keys however written."""
    kind = read(
        "early_removal: {after: {months: 6}, text: 改正满六个月}\n"
        "listed_with: [法定代表人]\n"
        "extension: 可延长\ninstrument: 令第1号\nsucceeded_by: tax-major\nsucceeded_on: 2022-01-01\nnote: 注"
    )

    assert kind.early_removal is not None
    assert (kind.early_removal.after, kind.early_removal.text.zh) == (Period(months=6), "改正满六个月")
    assert kind.listed_with == ("legal_representative",)
    assert (kind.extension.zh, kind.instrument.zh, kind.note) == ("可延长", "令第1号", "注")
    assert (kind.succeeded_by, kind.succeeded_on) == ("tax-major", date(2022, 1, 1))


def test_a_trigger_names_a_list_or_its_own_field_and_whom_it_concerns() -> None:
    """A list may be named by its alias; without one, the black list of the field is meant."""
    kind = read(
        "triggers:\n"
        "  - {list: 税务黑名单, because: 虚构, reaches: [自然人], since: 2018-05-01}\n"
        "  - {because: 三个领域, until: 2020-12-06}"
    )
    first, second = kind.triggers

    assert (first.list, first.reaches, first.since) == (
        "tax-major",
        frozenset({"natural_person"}),
        date(2018, 5, 1),
    )
    assert (second.list, second.reaches, second.until) == (None, frozenset(), date(2020, 12, 6))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("entry: [{text: 偷税, when: {tax.nothing: true}}]", "CR207"),
        ("entry: [{text: 偷税, since: 2020-01-01, until: 2019-01-01}]", "CR129"),
        ("entry: [{when: {tax.cases: 1}}]", "CR121"),
        ("listed_with: [邻居]", "CR204"),
        ("triggers: [{list: nowhere, because: 虚构}]", "CR202"),
        ("triggers: [{list: other}]", "CR121"),
        ("triggers: [{because: 虚构, reaches: [动物]}]", "CR217"),
        ("triggers: [{because: 虚构, since: 2020-01-01, until: 2019-01-01}]", "CR129"),
        ("early_removal: {after: {weeks: 1}, text: 虚构}", "CR122"),
    ],
)
def test_what_is_wrong_in_a_list_is_found(line: str, code: str) -> None:
    """Unknown facts, roles, lists and kinds, days out of order, missing words."""
    assert codes(f"{LIST}    {line}\n") == [code]


def test_a_renumbering_is_read_with_both_places() -> None:
    """From, to and since."""
    text = RENUMBERED.replace("TO", "version: 2023-12-29, article: 178, item: 第一款")
    (change,) = load_with({"rules/other.yaml": text}).renumberings

    assert (change.law, change.old.article, change.new.article, change.new.item) == (
        "公司法",
        146,
        178,
        "第一款",
    )
    assert (change.old.version, change.since) == (date(2018, 10, 26), date(2024, 7, 1))


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("version: 2023-12-29, article: 300", "CR208"),
        ("version: 2013-12-28, article: 147", "CR129"),
        ("version: 2025-01-01, article: 147", "CR129"),
        ("version: 2023-12-29", "CR121"),
    ],
)
def test_an_impossible_renumbering_is_found(to: str, code: str) -> None:
    """No article behind the last, no later text before an earlier one, none in force before it is adopted."""
    assert codes(RENUMBERED.replace("TO", to)) == [code]


def test_lists_and_renumberings_may_be_written_in_chinese() -> None:
    """One schema, two languages."""
    kind = read(
        "列入情形: [{文字: 偷税, 当: {tax.cases: {不少于: 2}}}]\n"
        "提前移出: {文字: 改正}\n一并列入: [法定代表人]\n引起列入: [{所涉名单: 税务黑名单, 缘由: 虚构}]\n"
        "延长: 无\n后继名单: tax-major\n后继日期: 2022-01-01"
    )
    text = "改编号: [{法律: 公司法, 起算: {条: 146}, 改为: {条: 178}, 自: 2024-07-01}]\n"

    assert kind.entry[0].when == Test("tax.cases", Op.AT_LEAST, 2)
    assert kind.triggers[0].list == "tax-major"
    assert kind.succeeded_on == date(2022, 1, 1)
    assert load_with({"rules/other.yaml": text}).renumberings[0].new.article == 178
