"""Load: the Chinese names of the keys of a dossier, and of the words that stand in it.

One field may have several names; which one a dossier uses makes no difference to what it says.
"""

from __future__ import annotations

from collections.abc import Mapping

# Field of a `…Doc` class → every name a file may give it, the first being the one findings speak of.
KEYS: Mapping[str, tuple[str, ...]] = {
    "aggregated": ("aggregated", "归集日期", "归集"),
    "applied": ("applied", "申请日期", "申请"),
    "authority": ("authority", "认定部门", "认定单位"),
    "by": ("by", "作出单位", "作出部门"),
    "capacity": ("capacity", "列入身份", "身份"),
    "code": ("code", "统一社会信用代码"),
    "conduct": ("conduct", "行为日期", "失信行为"),
    "confirmed": ("confirmed", "已确认"),
    "decided": ("decided", "决定日期", "决定"),
    "determined": ("determined", "认定日期", "认定"),
    "doc_no": ("doc_no", "文号"),
    "details": ("details", "详情"),
    "events": ("events", "事件"),
    "facts": ("facts", "事实"),
    "filed": ("filed", "提出日期", "提出"),
    "findings": ("findings", "责任认定"),
    "findings_complete": ("findings_complete", "责任认定完整"),
    "finds": ("finds", "认定为"),
    "id": ("id", "编号"),
    "id_number": ("id_number", "公民身份号码", "身份证号"),
    "kind": ("kind", "主体类型", "类型"),
    "list": ("list", "名单"),
    "listings": ("listings", "列入", "列入名单"),
    "name": ("name", "名称", "姓名"),
    "objections": ("objections", "异议"),
    "on": ("on", "日期"),
    "organisation": ("in", "任职单位", "单位"),
    "outcome": ("outcome", "结果"),
    "person": ("person", "人员"),
    "publishable": ("publishable", "可公布"),
    "published": ("published", "公布日期", "公布"),
    "recorded": ("recorded", "录入日期", "录入"),
    "region": ("region", "行政区划", "区划"),
    "removed": ("removed", "移出日期", "移出"),
    "repairs": ("repairs", "信用修复"),
    "review": ("review", "复核日期"),
    "revoked": ("revoked", "撤销日期", "撤销"),
    "role": ("role", "职务"),
    "roles": ("roles", "任职", "职务"),
    "served": ("served", "送达日期", "送达"),
    "since": ("since", "自", "起始日期"),
    "source": ("source", "来源"),
    "subjects": ("subjects", "主体", "信用主体"),
    "suspends": ("suspends", "暂停惩戒"),
    "to": ("to", "送往", "发往"),
    "until": ("until", "至", "截止日期"),
    "value": ("value", "值"),
}

# Words of the closed vocabularies, and yes and no.
WORDS: Mapping[str, str | bool] = {
    "是": True,
    "否": False,
    "直接责任": "directly_responsible",
    "直接责任人员": "directly_responsible",
    "领导责任": "leadership_responsibility",
    "负有责任": "responsible",
    "不负责任": "not_responsible",
    "成立": "upheld",
    "不成立": "rejected",
    "同意": "granted",
    "不同意": "refused",
}


def names_of(key: str) -> tuple[str, ...]:
    """Return every name under which a file may give a field."""
    return KEYS.get(key, (key,))
