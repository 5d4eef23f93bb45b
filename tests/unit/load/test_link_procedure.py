"""Rules of procedure are linked: every name in them stands for something, or is a finding at its place."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.model.condition import All, Op, Test
from creditrules.model.event import EventKind
from creditrules.model.procedure import Force, Procedure, Term
from creditrules.model.time import Period
from creditrules.model.words import Checked, Level
from tests.support.loading import HEAD, found_in, load_with, small_texts, underlined
from tests.support.procedure import PROCEDURE, catalogue

TEXT = PROCEDURE.read_text("utf-8")
NAME = "rules/procedure.yaml"


def _found(old: str, new: str) -> list[tuple[str, str]]:
    assert old in TEXT
    found = found_in(TEXT.replace(old, new, 1), NAME)
    return [(f.code, underlined(f)) for f in found if f.severity == "error"]


def test_a_catalogue_without_procedure_has_an_empty_one() -> None:
    """Nothing is made up where no document speaks."""
    assert load_with({}).procedure == Procedure()
    assert small_texts()


def test_a_duty_is_linked_with_all_it_says() -> None:
    """Bodies, force, events, terms, exceptions and days come out as written."""
    duties = {duty.key: duty for duty in catalogue().procedure.duties}

    order, publish, withdraw = duties["order"], duties["publish"], duties["withdraw"]
    assert (order.who, order.to, order.force) == ("authority", "subject", Force.SHALL)
    assert order.fulfilled_by == (EventKind.RECTIFICATION_ORDER,)
    assert order.when == Test("tax.arrears_unsecured", Op.IS, True)
    assert publish.term == Term(working_days=7)
    assert [e.label for e in publish.excuses] == ["unpublishable"]
    assert withdraw.since == date(2021, 7, 15)
    assert withdraw.term is not None
    assert withdraw.term.basis is not None
    special = duties["publish-penalty"].special
    assert [s.term for s in special] == [Term(working_days=20), Term(Period(months=1))]
    assert duties["commit"].when != All()


def test_a_parameter_without_a_source_is_not_taken_for_checked() -> None:
    """A number is known by where it comes from; one nobody gave is unset."""
    parameters = catalogue().procedure.parameters

    assert (parameters["push_term"].term, parameters["push_term"].checked) == (None, Checked.UNSEEN)
    assert parameters["heard_of"].checked is Checked.RECALLED


def test_a_way_out_is_linked_with_all_it_says() -> None:
    """Lists by their names, ends by their words, periods from their day."""
    old, new = catalogue().procedure.ways_out

    assert old.counts_from == "listing.determined"
    assert old.earliest == Term(Period(months=3))
    assert new.lists == {"tax-major"}
    assert new.ends == {"publicity", "sharing", "use", "measures"}
    assert new.applies == Test("listing.level", Op.IN, (Level.BLACKLIST, Level.WATCHLIST))


def test_a_document_in_chinese_means_the_same() -> None:
    """Keys and words of the format have Chinese names."""
    chinese = """\
各方: {authority: 认定部门, subject: 失信主体}
参数: {push_term: {名称: 推送期限}}
程序任务:
  - 键: publish
    节: 四
    文种: notice
    义务人: authority
    内容: 公示
    约束力: 应当
    触发事件: [认定]
    名单级别: [黑名单]
    办理期限: {工作日: 7}
    履行事件: [公示]
    一次: true
修复途径:
  - 键: repair
    标题: 修复
    自: 2018-12-05
    依据: {法律: 通知, 效力位阶: 规范性文件, 核对: 已核对}
    受理单位: 认定部门
    要求: [{键: corrected, 文字: 纠正, 事件: [整改确认]}]
    终止: [公示, 措施]
    审核期限: {参数名: push_term}
"""
    made = load_with({NAME: chinese}).procedure

    assert made.duties[0].triggers == (EventKind.DETERMINATION,)
    assert made.duties[0].levels == {Level.BLACKLIST}
    assert made.duties[0].force is Force.SHALL
    assert made.ways_out[0].requires[0].events == (EventKind.RECTIFICATION_CONFIRMATION,)
    assert made.ways_out[0].ends == {"publicity", "measures"}
    assert made.ways_out[0].decides_within == Term(parameter="push_term")


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("who: credit_office", "who: credit_ofice", [("CR250", "credit_ofice")]),
        ("to: subject", "to: subjekt", [("CR250", "subjekt")]),
        ("triggers: [aggregation]", "triggers: [agregation]", [("CR251", "agregation")]),
        ("after: rectify", "after: rectifi", [("CR253", "rectifi")]),
        ("after: order", "after: look-again", [("CR255", "look-again")]),
        ("{parameter: push_term}", "{parameter: psh_term}", [("CR254", "psh_term")]),
        ("event.commitment_broken}}", "event.comitment_broken}}", [("CR207", "event.comitment_broken")]),
        ("{listing.publishable: false}", "{listing.publishible: false}", [("CR207", "listing.publishible")]),
        ("[blacklist, watchlist]", "[blacklist, grey]", [("CR134", "grey")]),
        ("lists: [税务黑名单]", "lists: [灰名单]", [("CR202", "灰名单")]),
        ("ends: [measures]", "ends: [everything]", [("CR123", "everything")]),
        ("force: undertakes", "force: perhaps", [("CR123", "perhaps")]),
        ("key: respond", "key: push", [("CR209", "push")]),
        ("since: 2026-04-01", "since: 2026-04-01\n    until: 2026-03-01", [("CR129", "2026-03-01")]),
        ("since: 2021-07-15", "since: 2021-07-15\n    until: 2021-07-01", [("CR129", "2021-07-01")]),
        (
            "earliest: {months: 3}",
            "earliest: {months: 3}\n    counts_from: listing.level",
            [("CR132", "listing.level")],
        ),
        (
            "earliest: {months: 3}",
            "earliest: {months: 3}\n    counts_from: listing.day",
            [("CR207", "listing.day")],
        ),
        ("term: {months: 1}\n    fulfilled", "term: {}\n    fulfilled", [("CR252", "{}")]),
    ],
)
def test_a_mistake_is_found_at_its_place(old: str, new: str, found: list[tuple[str, str]]) -> None:
    """One wrong word is one finding, under the word that is wrong."""
    assert _found(old, new) == found


def test_conditions_of_measures_may_not_ask_for_events() -> None:
    """What only the procedure knows would be unknown to every engine."""
    measure = "  - {n: 1, does: 不予批准, effect: prohibit, units: [公安部], when: {event.training: true}}\n"
    assert [f.code for f in found_in(HEAD + measure)] == ["CR207"]
