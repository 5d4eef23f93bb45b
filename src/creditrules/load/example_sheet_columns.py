"""Load: the sheets of a workbook of examples, each by its Chinese and its English name."""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.load.example_sheet_parts import (
    EVENTS,
    FACTS,
    FINDINGS,
    LISTINGS,
    OBJECTIONS,
    REPAIRS,
    ROLES,
    SCOPE,
    SUBJECTS,
)
from creditrules.load.example_sheet_shape import SINCE, STEP, UNTIL, Column, Sheet, rare
from creditrules.load.example_sheet_words import DISCRETION, EXPECTED, OTHERS, PROCEDURE, WHAT

_OF_CASE = (Column("no", "案例", "case", "label", required=True), STEP)

FILE = Sheet(
    "file",
    "文件",
    "file",
    (
        Column("examples", "备忘录", "memorandum", required=True),
        Column("about", "关于", "about"),
        rare("given", "档案文件", "dossier file"),
    ),
)
CASES = Sheet(
    "cases",
    "案例",
    "cases",
    (
        Column("no", "编号", "no", "label"),
        Column("name", "案例", "case", required=True),
        Column("on", "日期", "on", "date", required=True),
        STEP,
        rare("note", "步骤说明", "note"),
        rare("known", "已知截至", "known", "date"),
        rare("recalled", "含凭记忆", "recalled", "yes"),
        rare("given", "档案", "dossier"),
        rare("only", "仅含主体", "only", "names"),
        Column("expect", "期望", "expect", "word", EXPECTED, required=True),
        Column("measure", "措施", "measure", "label"),
        Column("against", "对谁", "against"),
        Column("unit", "单位", "unit"),
        rare("effect", "措施类型", "effect"),
        rare("matter", "事项", "matter"),
        Column("discretion", "裁量", "discretion", "word", DISCRETION),
        SINCE,
        UNTIL,
        rare("review", "复核", "review", "date"),
        rare("local", "地方机构", "local body", "absent"),
        Column("article", "条", "article"),
        Column("cites", "引用", "cites", "names"),
        Column("because", "理由", "because", "names"),
        rare("reasons", "另依措施", "also by", "names"),
        Column("what", "未决缘由", "open because", "word", WHAT),
        Column("asks", "所问事实", "asks", "names"),
        Column("nothing_else", "仅此而已", "nothing else", "yes"),
    ),
)
OTHER = Sheet(
    "others",
    "其他期望",
    "other expectations",
    (
        *_OF_CASE,
        Column("expect", "期望", "expect", "word", OTHERS, required=True),
        Column("measure", "措施", "measure", "label"),
        Column("reason", "缘由", "reason"),
        Column("regime", "制度阶段", "regime"),
        Column("detail", "说明", "detail"),
        Column("file_of", "谁的信用档案", "file of"),
        Column("listing", "列入", "listing"),
        Column("sharing_stopped", "停止共享", "sharing stopped", "date"),
        Column("status", "状态", "status"),
    ),
)
DUTIES = Sheet(
    "procedure",
    "程序期望",
    "procedure",
    (
        *_OF_CASE,
        Column("expect", "期望", "expect", "word", PROCEDURE, required=True),
        Column("key", "任务或途径", "duty or way", required=True),
        Column("listing", "列入", "listing"),
        Column("state", "状态", "state"),
        Column("arose", "产生", "arose", "date"),
        Column("deadline", "到期", "deadline", "date"),
        rare("provisional", "暂定", "provisional", "yes"),
        Column("met_on", "完成", "met on", "date"),
        rare("late", "逾期", "late", "yes"),
        rare("excuse", "例外", "excuse"),
        Column("open", "可行", "open", "yes"),
        Column("met", "已满足", "met", "names"),
        Column("unmet", "未满足", "unmet", "names"),
        Column("unknown", "不明", "unknown", "names"),
        rare("earliest", "最早", "earliest", "date"),
        rare("publicity_ends", "公示期满", "publicity ends", "date"),
        rare("acceptance_due", "受理期限", "acceptance due", "date"),
        rare("decision_due", "审核期限", "decision due", "date"),
        rare("barred", "障碍", "barred"),
        rare("ends", "终止", "ends", "names"),
        rare("missing", "缺少", "missing", "names"),
    ),
)
PERIODS = Sheet(
    "periods",
    "期限",
    "periods",
    (
        _OF_CASE[0],
        Column("key", "参数", "parameter", required=True),
        Column("working_days", "工作日", "working days", "number"),
        Column("years", "年", "years", "number"),
        Column("months", "月", "months", "number"),
        Column("days", "日", "days", "number"),
    ),
)
REST = Sheet(
    "rest",
    "其余",
    "rest",
    (
        *SCOPE,
        Column("path", "位置", "place"),
        Column("value", "内容", "content", required=True),
    ),
)
# In the order in which a workbook holds them.
SHEETS = (
    *(FILE, CASES, SUBJECTS, ROLES, LISTINGS, FINDINGS, FACTS, OBJECTIONS, REPAIRS, EVENTS),
    *(OTHER, DUTIES, PERIODS, REST),
)
# Lists below a listing, in the order in which they are looked through for its subject.
BELOW_LISTING = (FINDINGS, OBJECTIONS, REPAIRS, EVENTS)
# Sheets for the reader alone, which a template adds and nobody reads.
UNREAD = {"notes": ("说明", "notes"), "choices": ("选项", "choices")}


def sheet_names() -> Iterator[str]:
    """Yield every name a sheet may have."""
    for sheet in SHEETS:
        yield from (sheet.zh, sheet.en)
    for names in UNREAD.values():
        yield from names
