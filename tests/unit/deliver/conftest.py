"""A small invented world, built by hand: deliver is tested without loader, compiler or engine."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.model.basis import Basis, StatuteIndex
from creditrules.model.catalogue import (
    Catalogue,
    EffectKind,
    Manifest,
    Matter,
    Regime,
    RoleKind,
    SubjectKind,
)
from creditrules.model.decision import (
    Action,
    Ask,
    Decision,
    Part,
    Reason,
    Record,
    Route,
    SubjectView,
    Undetermined,
)
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Effect, Measure, Memorandum, Reach, UnitPart
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text
from creditrules.model.time import Since
from creditrules.model.unit import Unit, Units
from creditrules.model.words import Checked, Direction, Discretion, Level, Rank, Strength, Truth

DAY = date(2018, 12, 20)
LAW = Basis("中华人民共和国政府采购法", date(2014, 8, 31), 22, rank=Rank.LAW, strength=Strength.DIRECT)
DOCUMENT = Basis(
    "关于虚构领域的合作备忘录", cited="（虚发〔2016〕1号）惩戒措施第2项", rank=Rank.NORMATIVE_DOCUMENT
)
SELF = Route(Direction.SELF)
AS_HEAD = Route(Direction.ROLE, "legal_representative", "fengyuan")
TREE = Reason(
    "action",
    Text("财政部应当禁止参加政府采购", "the finance unit must bar it"),
    Truth.TRUE,
    (
        Reason("listing", Text("列入 L1", "listing L1"), Truth.TRUE, (Reason("note", Text("注", "a note")),)),
        Reason("condition", Text("欠税未清", "arrears are open"), Truth.UNKNOWN),
        Reason("condition", Text("已修复", "repaired"), Truth.FALSE),
    ),
)


class Told:
    """An explainer that always tells the same story."""

    def unit_keys(self, name: str) -> frozenset[str]:
        """Know the two units by their names."""
        return frozenset({{"财政部": "mof", "丹东市财政局": "mof", "公安部": "mps"}.get(name, name)})

    def why(self, action: Action) -> Reason:
        """Return the one tree."""
        return TREE

    def why_not(self, *, unit: str, measure: str, person: str) -> Reason:
        """Return the one tree."""
        return TREE


@pytest.fixture
def catalogue() -> Catalogue:
    """Return a catalogue of one memorandum with three measures."""
    measures = (
        Measure(
            "2",
            (Effect("prohibit", Discretion.MUST, ("government_procurement",)),),
            Text("禁止参加政府采购活动", "No part in government procurement"),
            n=2,
            heading="禁止参加政府采购活动",
            units=(UnitPart("财政部", "mof"),),
            bases=(LAW,),
        ),
        Measure(
            "5",
            (Effect("exit_control", Discretion.MAY),),
            Text("阻止出境"),
            n=5,
            heading="阻止出境",
            units=(UnitPart("公安部", "mps", assists=True),),
            checked=Checked.RECALLED,
        ),
        Measure("unseen", (Effect(None),), Text(), checked=Checked.UNSEEN),
    )
    memorandum = Memorandum(
        "fiction",
        "虚发〔2016〕1号",
        Text("关于虚构领域的合作备忘录", "Fictitious memorandum"),
        Since(date(2016, 12, 1), date(2016, 12, 31)),
        frozenset({"fiction-list"}),
        (
            Clause(
                "enterprise",
                (Reach(), Reach(Direction.ROLE, frozenset({"legal_representative"}))),
            ),
        ),
        measures,
        measures_in_document=9,
    )
    return Catalogue(
        manifests=(Manifest("china-2018", "2026.11", Text("目录", "Catalogue")),),
        memoranda={"fiction": memorandum},
        lists={
            "fiction-list": ListKind(
                "fiction-list",
                Text("虚构名单", "fictitious list"),
                Level.BLACKLIST,
                Text("虚构局", "a bureau"),
                Text("申请复议", "apply for reconsideration"),
                (Text("移出", "removal"),),
            )
        },
        units=Units(
            {
                "mof": Unit("mof", Text("财政部", "Ministry of Finance")),
                "mps": Unit("mps", Text("公安部", "Ministry of Public Security")),
            },
            {"财政部": ("mof",), "公安部": ("mps",)},
        ),
        effects={
            "prohibit": EffectKind("prohibit", Text("禁止", "prohibition"), "A", 9, Text("禁止", "bar from")),
            "exit_control": EffectKind("exit_control", Text("限制出境", "exit control"), "A", 8),
        },
        matters={"government_procurement": Matter("government_procurement", Text("政府采购", "procurement"))},
        roles={"legal_representative": RoleKind("legal_representative", Text("法定代表人", "head"))},
        kinds={
            "enterprise": SubjectKind("enterprise", Text("企业", "enterprise"), False),
            "natural_person": SubjectKind("natural_person", Text("自然人", "person"), True),
        },
        capacities={},
        parties={},
        facts={},
        regimes=(Regime("notice", Text("虚构通知", "Notice"), date(2018, 12, 5), DOCUMENT),),
        statutes=StatuteIndex(),
        digest="0123456789abcdef",
    )


def part(measure: str, route: Route = SELF, checked: Checked = Checked.VERIFIED) -> Part:
    """Return a part of an action resting on one measure of the memorandum."""
    return Part(
        f"fiction#{measure}",
        "fiction",
        measure,
        "L1",
        route,
        Discretion.MUST,
        (DOCUMENT, LAW),
        date(2018, 3, 1),
        date(2020, 2, 29),
        checked,
        "财政部",
    )


@pytest.fixture
def decision() -> Decision:
    """Return a decision with everything in it that a decision may hold."""
    ends, remedy = (Text("移出名单", "removal"),), (Text("向虚构局提出异议", "object to the bureau"),)
    return Decision(
        on=DAY,
        known=None,
        engine="checked",
        catalogue="0123456789abcdef",
        dossier="fedcba",
        regimes=("notice",),
        subjects=(
            SubjectView(
                "fengyuan",
                "enterprise",
                "丹东丰源虚构贸易有限公司",
                "91210600MA0FAKE00X",
                None,
                "210600",
                False,
            ),
            SubjectView("wang", "natural_person", "王虚构", None, "210602********1234", None, True),
        ),
        actions=(
            Action(
                "mof/fengyuan/prohibit/government_procurement",
                "mof",
                "fengyuan",
                "prohibit",
                "government_procurement",
                Discretion.MUST,
                date(2018, 3, 1),
                date(2020, 2, 29),
                None,
                ends,
                remedy,
                (part("2"), part("5", checked=Checked.RECALLED)),
                "丹东市财政局",
                (Text("并入两项", "two merged"),),
            ),
            Action(
                "mps/wang/exit_control",
                "mps",
                "wang",
                "exit_control",
                None,
                Discretion.MAY,
                None,
                None,
                date(2019, 12, 20),
                ends,
                remedy,
                (part("5", AS_HEAD),),
            ),
        ),
        undetermined=(
            Undetermined(
                "fact",
                "fiction",
                "5",
                "L1",
                "fengyuan",
                SELF,
                ("mps",),
                Text("欠税不明", "arrears not known"),
                (
                    Ask(
                        "tax.arrears_unsecured",
                        "fengyuan",
                        Text("税款是否未结清？", "Is tax unpaid?"),
                        ((Text("是", "yes"), Text("公安部可以限制出境", "exit may be stopped")),),
                    ),
                ),
                Checked.RECALLED,
            ),
            Undetermined(
                "unit", "fiction", "unseen", "L1", "fengyuan", SELF, (), Text("单位未见", "unit not seen")
            ),
        ),
        set_aside=(
            SetAside(
                "fiction",
                "unseen",
                Text("来源未显示该项措施", "not seen"),
                "unseen",
                lists=frozenset({"b", "a"}),
            ),
            SetAside("fiction", "compulsion", Text("不得强制", "no compulsion"), "2", "mof", "notice"),
        ),
        records=(
            Record(
                "wang",
                "L1",
                AS_HEAD,
                "notice#file",
                Text("记入个人信用档案", "noted in the file"),
                DOCUMENT,
                "active",
                ("信用丹东",),
            ),
            Record(
                "fengyuan",
                "L1",
                SELF,
                "notice#file",
                Text("记入档案", "noted"),
                DOCUMENT,
                "repaired",
                (),
                date(2019, 1, 1),
            ),
        ),
        statuses=(("L1", "active", date(2018, 3, 1)), ("L2", "uncertain", None)),
        explainer=Told(),
    )
