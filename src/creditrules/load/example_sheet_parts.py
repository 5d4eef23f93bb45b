"""Load: the sheets of a workbook of examples that hold dossiers, and what cases change in them.

A row belongs to the dossier that all cases share; with a case in its first column it is a change of it.
"""

from __future__ import annotations

from creditrules.load.example_sheet_shape import SINCE, STEP, UNTIL, Column, Sheet, rare
from creditrules.load.example_sheet_words import FINDS, OUTCOME

SCOPE = (Column("no", "案例", "case", "label"), STEP, rare("given", "档案", "dossier"))
_SUBJECT = Column("subject", "主体", "subject", required=True)
_LISTING = Column("listing", "列入", "listing", required=True)
_RECORDED = rare("recorded", "录入日期", "recorded", "date")
_DOC_NO = Column("doc_no", "文号", "document number")

SUBJECTS = Sheet(
    "subjects",
    "主体",
    "subjects",
    (
        *SCOPE,
        Column("id", "编号", "id", required=True),
        Column("kind", "类型", "kind"),
        Column("name", "名称", "name"),
        Column("code", "统一社会信用代码", "credit code"),
        Column("id_number", "公民身份号码", "citizen number"),
        Column("region", "行政区划", "region"),
    ),
)
ROLES = Sheet(
    "roles",
    "职务",
    "roles",
    (
        *SCOPE,
        _SUBJECT,
        Column("in", "任职单位", "in"),
        Column("role", "职务", "role"),
        SINCE,
        UNTIL,
        rare("confirmed", "已确认", "confirmed", "yes"),
        _RECORDED,
    ),
)
LISTINGS = Sheet(
    "listings",
    "列入",
    "listings",
    (
        *SCOPE,
        _SUBJECT,
        Column("id", "编号", "id", required=True),
        Column("list", "名单", "list"),
        Column("authority", "认定部门", "authority"),
        _DOC_NO,
        rare("capacity", "列入身份", "capacity"),
        rare("conduct", "行为日期", "conduct", "date"),
        Column("conduct.since", "行为自", "conduct since", "date"),
        Column("conduct.until", "行为至", "conduct until", "date"),
        Column("determined", "认定日期", "determined", "date"),
        Column("served", "送达日期", "served", "day_or_no"),
        Column("aggregated", "归集日期", "aggregated", "day_or_no"),
        Column("published", "公布日期", "published", "date"),
        SINCE,
        UNTIL,
        rare("review", "复核日期", "review", "date"),
        Column("removed", "移出日期", "removed", "date"),
        rare("revoked", "撤销日期", "revoked", "date"),
        Column("publishable", "可公布", "publishable", "yes"),
        Column("findings_complete", "责任认定完整", "findings complete", "yes"),
        _RECORDED,
    ),
)
_OF_LISTING = (*SCOPE, _SUBJECT, _LISTING)
FINDINGS = Sheet(
    "findings",
    "责任认定",
    "findings",
    (
        *_OF_LISTING,
        Column("person", "人员", "person"),
        Column("finds", "认定为", "finds", "word", FINDS),
        Column("on", "日期", "on", "date"),
        Column("authority", "认定部门", "authority"),
        _DOC_NO,
        _RECORDED,
    ),
)
OBJECTIONS = Sheet(
    "objections",
    "异议",
    "objections",
    (
        *_OF_LISTING,
        Column("filed", "提出日期", "filed", "date"),
        Column("suspends", "暂停惩戒", "suspends", "yes"),
        Column("decided", "决定日期", "decided", "date"),
        Column("outcome", "结果", "outcome", "word", OUTCOME),
        _RECORDED,
    ),
)
REPAIRS = Sheet(
    "repairs",
    "信用修复",
    "repairs",
    (
        *_OF_LISTING,
        Column("applied", "申请日期", "applied", "date"),
        Column("decided", "决定日期", "decided", "date"),
        Column("outcome", "结果", "outcome", "word", OUTCOME),
        rare("revoked", "撤销日期", "revoked", "date"),
        _RECORDED,
    ),
)
EVENTS = Sheet(
    "events",
    "事件",
    "events",
    (
        *_OF_LISTING,
        Column("kind", "事件", "kind"),
        Column("on", "日期", "on", "date"),
        Column("by", "作出单位", "by"),
        Column("to", "送往", "to"),
        Column("person", "人员", "person"),
        _DOC_NO,
        UNTIL,
        Column("outcome", "结果", "outcome"),
        Column("details", "详情", "details", "mapping"),
        _RECORDED,
    ),
)
FACTS = Sheet(
    "facts",
    "事实",
    "facts",
    (
        *SCOPE,
        _SUBJECT,
        Column("listing", "列入", "listing"),
        Column("fact", "事实", "fact", required=True),
        Column("value", "值", "value", "value", required=True),
        SINCE,
        UNTIL,
        _RECORDED,
        rare("source", "来源", "source"),
    ),
)
