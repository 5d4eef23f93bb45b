"""Load: the Chinese names of keys and of closed words. One table and one schema, so one model."""

from __future__ import annotations

from creditrules.load.alias_words import WORDS
from creditrules.load.findings import Findings
from creditrules.load.node import Node

__all__ = ["KEYS", "WORDS", "in_english"]

# English key → the Chinese ways to write it.
_KEYS: dict[str, str] = {
    # manifest
    "catalogue": "目录",
    "title": "标题 题名",
    "jurisdiction": "法域",
    "level": "级别 层级",
    "region": "行政区划 区划",
    # memorandum
    "memorandum": "备忘录",
    "doc_no": "文号",
    "instrument": "文种",
    "in_force": "效力",
    "since": "自 起始日期",
    "until": "至 截止日期",
    "ended_by": "终止依据",
    "earliest": "最早",
    "latest": "最晚",
    "supersedes": "取代 代替",
    "replaces": "替换",
    "extends": "补充",
    "lists": "名单",
    "lead_units": "牵头单位",
    "signatories": "签署单位 会签单位",
    "status_note": "效力说明",
    "mechanism": "机制 联动机制",
    "information_sharing": "信息共享",
    "feedback": "反馈",
    "removal": "移出 退出",
    "completeness": "完整程度",
    "measures_in_document": "文件措施数",
    "covers": "责任范围 对象",
    "measures": "措施 惩戒措施",
    "facts": "事实",
    "sources": "来源 出处",
    # notice
    "notice": "通知",
    "issued": "印发日期",
    "issued_by": "印发单位",
    "addressees": "主送",
    "cites": "引用文件",
    "sections": "各部分",
    "says": "摘要",
    "relies_on": "所依清单",
    "channels": "渠道",
    "operator": "运行单位",
    "measure_lists": "措施清单",
    "status": "见否",
    "memoranda": "各文件",
    # coverage
    "party": "当事人",
    "reaches": "及于",
    "role": "职务",
    "any_role": "任何职务",
    "held": "任职时点",
    "finding": "责任认定",
    "organisation_of": "所在组织",
    # measure
    "n": "序号",
    "part": "部分",
    "key": "键",
    "heading": "小标题",
    "does": "内容 做法",
    "stance": "性质",
    "effect": "措施类型",
    "effects": "各措施类型",
    "discretion": "裁量",
    "matters": "事项",
    "when": "当",
    "unless": "除非",
    "label": "标签",
    "name": "名称",
    "units": "单位 实施单位",
    "lead": "牵头 实施",
    "assist": "协助 配合",
    "procedure": "程序",
    "basis": "依据 法律依据",
    "duration": "期限",
    "shortest": "最短",
    "leads_to": "导致列入",
    "kind": "种类",
    "liability": "责任规定",
    "condition": "情形",
    "history": "沿革",
    "matter": "所涉事项",
    "checked": "核对",
    "state": "状态",
    "source": "核对来源",
    "note": "备注 说明",
    # basis
    "law": "法律 法规",
    "version": "版本",
    "article": "条",
    "item": "款项",
    "cited": "原文引用",
    "rank": "效力位阶",
    "strength": "依据强度",
    # time
    "years": "年",
    "months": "月",
    "days": "日 天",
    "from": "起算",
    "for_life": "终身",
    "grades": "分级",
    "period": "时长",
    # rules
    "field": "领域",
    "aliases": "别名",
    "determined_by": "认定部门",
    "remedy": "救济",
    "ends_by": "退出方式",
    "periods": "各时期期限",
    "succeeded_by": "后继名单",
    "succeeded_on": "后继日期",
    "triggers": "引起列入 触发事件",
    "list": "所涉名单",
    "because": "缘由",
    "entry": "列入情形",
    "listed_with": "一并列入",
    "extension": "延长",
    "early_removal": "提前移出",
    "renumberings": "改编号",
    "to": "改为 向谁",
    "nature": "单位性质",
    "becomes": "承继",
    "unit": "承继单位",
    "on": "日期",
    "whole": "整体",
    "scope": "范围",
    "local": "地方机构",
    "parent": "上级",
    "generic": "泛称",
    "regions": "各行政区划",
    "verb": "动作",
    "type": "类型",
    "strictness": "严厉程度",
    "approval": "对审批的意义",
    "roles": "各职务",
    "kinds_of_subject": "主体类型",
    "natural": "自然人与否",
    "capacities": "身份",
    "capacity": "列入身份",
    "parties": "各类当事人",
    "kinds": "包含主体类型 各种类",
    "about": "关于",
    "ask": "问",
    "choices": "选项",
    "when_missing": "缺失时",
    "regimes": "制度阶段",
    "rules": "规则",
    "rule": "规则名",
    "records": "记入",
    "text": "文字",
    "types": "各类型",
    "ranks": "各位阶",
    "natures": "各单位性质",
    "shared_with": "共享至",
    "showed": "所示",
    # what is not told again
    "suppress": "免报",
    "code": "代码",
    "reason": "理由",
    "measure": "所涉措施",
    "url": "网址",
    "id": "编号",
    # procedure
    "bodies": "各方 程序主体",
    "duties": "程序任务",
    "parameters": "参数",
    "ways_out": "修复途径",
    "section": "节 章节",
    "who": "义务人 由谁",
    "force": "约束力",
    "levels": "名单级别",
    "term": "办理期限",
    "working_days": "工作日 个工作日",
    "parameter": "参数名",
    "special": "特别期限",
    "fulfilled_by": "履行事件",
    "once": "一次",
    "excuses": "例外",
    "claimed_by": "主张人",
    "recorded_in": "记录于",
    "applies": "适用",
    "apply_to": "受理单位",
    "requires": "要求",
    "events": "事件",
    "ends": "终止",
    "longest": "最长",
    "counts_from": "起算日",
    "accepts_within": "受理期限",
    "decides_within": "审核期限",
    "never": "不予修复",
    "false_papers": "虚假材料",
    # conditions
    "all": "全部 均",
    "any": "任一",
    "not": "非",
    "exists": "有记录",
    "is": "为 等于",
    "in": "属于",
    "at_least": "不少于 不低于",
    "at_most": "不多于 不超过",
    "more_than": "多于 超过",
    "less_than": "少于 低于",
    "before": "早于",
    "after": "晚于 继",
    "on_or_before": "不晚于",
    "on_or_after": "不早于",
    "within": "近",
    "not_older_than": "未逾",
}
KEYS: dict[str, str] = {alias: key for key, names in _KEYS.items() for alias in names.split()}

# Under these keys a mapping's own keys are names that the author chose, not words of the format.
_NAMING = frozenset(
    (
        *("lists", "units", "regions", "effects", "matters", "roles", "kinds_of_subject", "capacities"),
        *("parties", "facts", "choices", "covers", "kinds", "mechanism", "bodies", "parameters"),
        *("channels", "measure_lists"),
    )
)


def in_english(node: Node, found: Findings) -> Node:
    """Return the tree with every Chinese key of the format in English; both at once is a finding (CR105)."""
    return node if node.source.text.isascii() else _renamed(node, found, names=False)


def _renamed(node: Node, found: Findings, names: bool) -> Node:
    value = node.value
    if type(value) is list:
        return node._replace(value=[_renamed(inner, found, names=False) for inner in value])
    if type(value) is not dict:
        return node
    places = node.keys or {}
    values: dict[str, Node] = {}
    keys: dict[str, tuple[int, int]] = {}
    for written, inner in value.items():
        key = written if names or written not in KEYS else KEYS[written]
        if key in values:
            place, first = node.source.span(*places[written]), node.source.span(*keys[key])
            found.on("CR105", node.source, place, {"key": written}, related=(first,))
        values[key] = _renamed(inner, found, names=key in _NAMING)
        keys[key] = places[written]
    return node._replace(value=values, keys=keys)
