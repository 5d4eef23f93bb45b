"""Decide: the sentences of decisions and reasons, in both languages."""

from __future__ import annotations

from datetime import date

from creditrules.decide.masking import view
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Op, Test
from creditrules.model.dossier import Listing, RoleHeld, Subject
from creditrules.model.status import Status
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.words import HeldAt, Truth

CONSEQUENCE = {
    Truth.TRUE: Text("措施适用", "the measure applies"),
    Truth.FALSE: Text("措施不适用", "the measure does not apply"),
    Truth.UNKNOWN: Text("仍取决于其他事实", "it still depends on other facts"),
}
OUTCOME = {
    Truth.TRUE: Text(
        "{unit}对{person}采取该措施（{measure}）", "{unit} does take {measure} against {person}"
    ),
    Truth.FALSE: Text(
        "{unit}不对{person}采取该措施（{measure}）", "{unit} does not take {measure} against {person}"
    ),
    Truth.UNKNOWN: Text(
        "{unit}是否对{person}采取该措施（{measure}）尚不能决定",
        "whether {unit} takes {measure} against {person} is undetermined",
    ),
}
PERIOD_OVER = Text("该项措施的期限已于 {day} 届满", "the measure's own length ran out on {day}")
NOT_BEGUN = Text("该项措施自 {day} 起方可采取", "the measure begins only on {day}")
COVERAGE = Text("责任范围", "coverage")
YES, NO = Text("是", "yes"), Text("否", "no")
DAY_ANSWERS = {
    "reached": (
        Text("当日或者以前", "on the day or before"),
        Text("以后，或者尚未发生", "later, or not yet"),
    ),
    "held": (Text("在任职期间内", "while the role was held"), Text("不在任职期间内", "at another time")),
}
OTHERWISE = Text("其他", "otherwise")
NEEDS_FACTS = Text("缺少下列事实，暂不能决定", "cannot be decided without the facts asked for")
NEEDS_END = Text(
    "未记载列入期限，也无复核日期：没有终期的措施不得作出",
    "no last day and no review date is recorded: no measure is taken without an end",
)
CONTRADICTS = Text(
    "同一单位就同一事项对同一对象既有惩戒又有激励，规则相互矛盾，均不作出",
    "one unit is told to sanction and to favour the same target in the same matter: neither is decided",
)
ASK_END = Text(
    "列入期限至哪一天，或者何时复核？", "Until which day does the listing last, or when is it reviewed?"
)
ASK_FOUND = {
    "directly_responsible": Text(
        "{person}是否被认定对该失信行为负有直接责任（列入{listing}，认定文书号）？",
        "Has {person} been found directly responsible for the conduct behind {listing} (by which document)?",
    ),
    "leadership_responsibility": Text(
        "{person}是否被认定对该失信行为负有个人责任或直接领导责任（列入{listing}，认定文书号）？",
        "Has {person} been found to bear personal or direct leadership responsibility behind {listing}?",
    ),
    "responsible": Text(
        "{person}是否被认定对该失信行为负有责任（列入{listing}，认定文书号）？",
        "Has {person} been found responsible for the conduct behind {listing} (by which document)?",
    ),
}
HELD = {
    HeldAt.CONDUCT: Text("失信行为发生时", "at the time of the conduct"),
    HeldAt.DETERMINATION: Text("认定时", "at the determination"),
    HeldAt.DAY: Text("当日", "on the day"),
    HeldAt.UNSTATED: Text(
        "行为时、认定时或者当日（文件未说明以何时为准）",
        "at the conduct, the determination or on the day (the document does not say which counts)",
    ),
}
STATUS = {
    Status.NOT_DETERMINED: Text("尚未认定", "not yet determined"),
    Status.DETERMINED: Text("已认定，未送达", "determined, not yet served"),
    Status.SERVED: Text("已送达，未归集或未生效", "served, not yet aggregated or not yet in effect"),
    Status.ACTIVE: Text("有效", "active"),
    Status.SUSPENDED: Text("异议核查，暂停", "suspended by an objection"),
    Status.REMOVED: Text("已移出", "removed"),
    Status.REPAIRED: Text("已修复", "repaired"),
    Status.EXPIRED: Text("已期满", "expired"),
    Status.REVOKED: Text("已撤销", "revoked"),
    Status.UNCERTAIN: Text("状态不明", "uncertain"),
}
_OPS = {
    Op.IS: Text("是", "is"),
    Op.IN: Text("属于", "is one of"),
    Op.AT_LEAST: Text("不少于", "is at least"),
    Op.AT_MOST: Text("不超过", "is at most"),
    Op.MORE_THAN: Text("大于", "is more than"),
    Op.LESS_THAN: Text("小于", "is less than"),
    Op.EXISTS: Text("有记载", "is on record"),
    Op.WITHIN: Text("在最近期间内：", "lies within the last"),
    Op.NOT_OLDER: Text("距今未逾", "is not longer ago than"),
}


def name_of(subject: Subject, catalogue: Catalogue) -> Text:
    """Return a subject's name as outputs may show it."""
    shown = view(subject, catalogue).name
    return Text(shown, shown)


def answers(test: Test, catalogue: Catalogue) -> tuple[Text, Text]:
    """Return the words for passing and for failing a test."""
    if test.op is Op.IS and isinstance(test.value, bool):
        return (YES, NO) if test.value else (NO, YES)
    if test.op is Op.IS:
        return value_text(test.path, test.value, catalogue), OTHERWISE
    said = compared(test, catalogue)
    return said, OTHERWISE


def compared(test: Test, catalogue: Catalogue) -> Text:
    """Say a comparison without the fact's name: `is at least 1000000.00`."""
    if test.op is Op.EXISTS:
        return _OPS[test.op]
    values = test.value if isinstance(test.value, tuple) else (test.value,)
    said = [value_text(test.path, value, catalogue) for value in values]
    joined = Text("、".join(t.zh for t in said), ", ".join(t.en for t in said))
    return Text(f"{_OPS[test.op].zh}{joined.zh}", f"{_OPS[test.op].en} {joined.en}")


def value_text(path: str, value: object, catalogue: Catalogue) -> Text:
    """Show a value in the words of its declaration: money in yuan, choices by name."""
    declared = catalogue.facts.get(path) or BUILTIN_FACTS.get(path)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, int) and declared is not None and declared.type == "money":
        return Text(f"{value / 100:.2f}元", f"{value / 100:.2f} yuan")
    if isinstance(value, int) and declared is not None and declared.type == "share":
        return Text(f"{value / 100:g}%", f"{value / 100:g}%")
    if isinstance(value, str):
        return _word(path, value, catalogue)
    if isinstance(value, Period):
        return _length(value)
    if isinstance(value, date | int):
        return Text(str(value), str(value))
    return Text("未知", "unknown")


def _length(period: Period) -> Text:
    parts = ((period.years, "年", "years"), (period.months, "个月", "months"), (period.days, "日", "days"))
    given = [(n, zh, en) for n, zh, en in parts if n]
    return Text("".join(f"{n}{zh}" for n, zh, _ in given), " ".join(f"{n} {en}" for n, _, en in given))


def _word(path: str, value: str, catalogue: Catalogue) -> Text:
    declared = catalogue.facts.get(path)
    if declared is not None and value in declared.choices:
        return declared.choices[value]
    if path.endswith(".kind") and value in catalogue.kinds:
        return catalogue.kinds[value].name
    if path == "role.name" and value in catalogue.roles:
        return catalogue.roles[value].name
    if path == "listing.capacity" and value in catalogue.capacities:
        return catalogue.capacities[value].name
    return Text(value, value)


def fact_name(path: str, catalogue: Catalogue) -> Text:
    """Return the question of a fact as its name in reasons."""
    declared = catalogue.facts.get(path) or BUILTIN_FACTS.get(path)
    return declared.ask if declared is not None else Text(path, path)


def ask_held(
    at: str, listing: Listing, role: RoleHeld, target: Text, catalogue: Catalogue
) -> tuple[str, str, Text]:
    """Ask for the tenure of a role; where the document states no time, for the authority's own view of it."""
    name = catalogue.roles[role.role].name
    if at == HeldAt.UNSTATED.value:
        question = Text(
            "文件未说明{role}应在何时任职；认定部门是否认为{person}的任期属于应追究的任期？",
            "The document does not say when the {role} must have held office; does the authority hold the"
            " tenure of {person} to be the one that counts?",
        )
        return "role.confirmed", role.person, question.filled(role=name, person=target)
    missing = "listing.determined" if at == HeldAt.DETERMINATION.value else "listing.conduct_since"
    return missing, listing.id, BUILTIN_FACTS[missing].ask
