"""Model: the names of events in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from creditrules.model.event import EventKind
from creditrules.model.text import Text

EVENT_NAMES: Mapping[EventKind, Text] = {
    EventKind.PRIOR_NOTICE: Text("事先告知", "prior notice"),
    EventKind.PARTY_STATEMENT: Text("陈述申辩", "statement of the party"),
    EventKind.DETERMINATION: Text("认定", "determination"),
    EventKind.SERVICE: Text("送达", "service"),
    EventKind.AGGREGATION: Text("归集", "aggregation"),
    EventKind.RECTIFICATION_ORDER: Text("限期整改", "rectification order"),
    EventKind.RECTIFICATION_EXTENSION: Text("整改延期", "extension of the rectification period"),
    EventKind.RECTIFICATION_REPORT: Text("整改报告", "rectification report"),
    EventKind.RECTIFICATION_CONFIRMATION: Text("整改确认", "confirmation of rectification"),
    EventKind.RECTIFICATION_FAILURE: Text("整改不到位", "failure to rectify"),
    EventKind.INTERVIEW_HELD: Text("约谈", "interview"),
    EventKind.INTERVIEW_REFUSED: Text("拒绝约谈", "refusal of the interview"),
    EventKind.PENALTY_DECISION: Text("行政处罚决定", "penalty decision"),
    EventKind.PENALTY_CHANGED: Text("行政处罚变更", "change of the penalty"),
    EventKind.PUBLICATION: Text("公示", "publication"),
    EventKind.WITHDRAWAL: Text("撤回公示", "withdrawal of the publication"),
    EventKind.PUSH: Text("推送", "push"),
    EventKind.RESPONSE: Text("响应", "response"),
    EventKind.EMPLOYER_NOTICE: Text("通报所在单位", "notice to the employer"),
    EventKind.RECORD_ENTRY: Text("记入信用记录", "entry in the credit record"),
    EventKind.ACCOUNTABILITY: Text("问责", "holding to account"),
    EventKind.COMMITMENT_GIVEN: Text("作出信用承诺", "commitment given"),
    EventKind.COMMITMENT_KEPT: Text("履行信用承诺", "commitment kept"),
    EventKind.COMMITMENT_BROKEN: Text("违背信用承诺", "commitment broken"),
    EventKind.TRAINING: Text("信用修复培训", "training"),
    EventKind.CREDIT_REPORT: Text("提交信用报告", "credit report"),
    EventKind.PUBLIC_SERVICE: Text("社会公益服务", "public service"),
    EventKind.COUNSELLING: Text("信用管理咨询", "counselling"),
    EventKind.OBJECTION: Text("提出异议", "objection"),
    EventKind.OBJECTION_OUTCOME: Text("异议处理结果", "outcome of the objection"),
    EventKind.REPAIR_APPLICATION: Text("申请信用修复", "application for repair"),
    EventKind.REPAIR_ACCEPTANCE: Text("受理修复申请", "acceptance of the application"),
    EventKind.REPAIR_DECISION: Text("修复决定", "decision on repair"),
    EventKind.REPAIR_REVOCATION: Text("撤销修复", "revocation of the repair"),
    EventKind.REMOVAL_APPLICATION: Text("申请移出", "application for removal"),
    EventKind.REMOVAL: Text("移出名单", "removal"),
    EventKind.REVOCATION: Text("撤销认定", "revocation of the determination"),
    EventKind.RELISTING: Text("重新列入", "relisting"),
    EventKind.COURT_STAY: Text("法院裁定停止执行", "court stay"),
    EventKind.CASE_REPORT: Text("上报案例", "case report"),
}
