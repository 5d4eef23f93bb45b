"""Load: how the kinds of events may be written, in a dossier and in the rules of procedure."""

from __future__ import annotations

from collections.abc import Mapping

from creditrules.model.event import EventKind
from creditrules.model.event_names import EVENT_NAMES

_SHORTER: Mapping[EventKind, str] = {
    EventKind.PRIOR_NOTICE: "告知",
    EventKind.RECTIFICATION_ORDER: "整改通知 责令整改",
    EventKind.RECTIFICATION_EXTENSION: "延期",
    EventKind.RECTIFICATION_CONFIRMATION: "确认整改 整改到位",
    EventKind.RECTIFICATION_FAILURE: "未整改",
    EventKind.INTERVIEW_HELD: "已约谈",
    EventKind.PENALTY_DECISION: "行政处罚",
    EventKind.PENALTY_CHANGED: "处罚变更",
    EventKind.WITHDRAWAL: "撤回 停止公示",
    EventKind.COMMITMENT_GIVEN: "信用承诺 作出承诺",
    EventKind.COMMITMENT_KEPT: "履行承诺",
    EventKind.COMMITMENT_BROKEN: "违背承诺",
    EventKind.TRAINING: "培训 参加培训",
    EventKind.CREDIT_REPORT: "信用报告",
    EventKind.PUBLIC_SERVICE: "公益服务",
    EventKind.COUNSELLING: "咨询 辅导",
    EventKind.OBJECTION: "异议",
    EventKind.OBJECTION_OUTCOME: "异议结果",
    EventKind.REPAIR_APPLICATION: "修复申请",
    EventKind.REPAIR_ACCEPTANCE: "修复受理",
    EventKind.REMOVAL_APPLICATION: "移出申请",
    EventKind.REMOVAL: "移出",
    EventKind.REVOCATION: "撤销",
    EventKind.COURT_STAY: "停止执行",
    EventKind.CASE_REPORT: "案例上报",
}

# Every Chinese way to write a kind; English ones are the kinds themselves.
EVENT_WORDS: Mapping[str, EventKind] = {
    **{name.zh: kind for kind, name in EVENT_NAMES.items()},
    **{word: kind for kind, words in _SHORTER.items() for word in words.split()},
}
_KINDS: Mapping[str, EventKind] = {kind.value: kind for kind in EventKind} | dict(EVENT_WORDS)
KNOWN_WORDS: tuple[str, ...] = tuple(_KINDS)


def event_kind(word: object) -> EventKind | None:
    """Return the kind a word stands for, or None."""
    return _KINDS.get(word) if isinstance(word, str) else None
