"""Load: the Chinese names of keys and of closed words. One table and one schema, so one model."""

from __future__ import annotations

from creditrules.load.findings import Findings
from creditrules.load.node import Node

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
    "triggers": "引起列入",
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
    "url": "网址",
    "id": "编号",
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
    "after": "晚于",
    "on_or_before": "不晚于",
    "on_or_after": "不早于",
    "within": "近",
}
KEYS: dict[str, str] = {alias: key for key, names in _KEYS.items() for alias in names.split()}

# Under these keys a mapping's own keys are names that the author chose, not words of the format.
_NAMING = frozenset(
    (
        *("lists", "units", "regions", "effects", "matters", "roles", "kinds_of_subject", "capacities"),
        *("parties", "facts", "choices", "covers", "kinds", "mechanism"),
    )
)

# What a closed word may be called in Chinese; a word means the same wherever it is allowed.
WORDS: dict[str, str] = {
    "应当": "must",
    "可以": "may",
    "作为参考": "weigh",
    "作为重要参考": "weigh",
    "自主决定": "free",
    "未载明": "unstated",
    "行为时": "conduct",
    "认定时": "determination",
    "当日": "day",
    "直接责任": "directly_responsible",
    "领导责任": "leadership_responsibility",
    "负有责任": "responsible",
    "不负责任": "not_responsible",
    "已核对": "verified",
    "凭记忆": "recalled",
    "未见": "unseen",
    "宪法": "constitution",
    "法律": "law",
    "行政法规": "administrative_regulation",
    "中央政策文件": "central_policy",
    "党中央国务院政策文件": "central_policy",
    "地方性法规": "local_regulation",
    "部门规章": "departmental_rule",
    "司法解释": "judicial_interpretation",
    "规范性文件": "normative_document",
    "直接依据": "direct",
    "条件": "condition",
    "职权": "power",
    "一般依据": "general",
    "黑名单": "blacklist",
    "重点关注名单": "watchlist",
    "红名单": "redlist",
    "惩戒": "sanction",
    "激励": "incentive",
    "国家": "national",
    "省级": "provincial",
    "市级": "city",
    "县级": "county",
    "政府": "government",
    "法院": "court",
    "检察院": "procuratorate",
    "党委": "party",
    "群团组织": "people_organisation",
    "协会": "association",
    "企业": "enterprise",
    "金融机构": "financial_institution",
    "事业单位": "institution",
    "军队": "military",
    "其他": "other",
    "完整": "full",
    "仅小标题": "headings_only",
    "部分": "partial",
    "仅目录": "inventory_only",
    "主体": "subject",
    "惩戒对象": "target",
    "列入": "listing",
    "是否": "boolean",
    "整数": "integer",
    "金额": "money",
    "比例": "share",
    "日期": "date",
    "选项": "choice",
    "文字": "text",
    "认定": "determined",
    "公布": "published",
    "自身": "self",
    "本人": "self",
}


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
