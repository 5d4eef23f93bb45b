"""A procedure by hand, for what shows duties, ways out and timelines."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier, Listing, Subject
from creditrules.model.event import Event, EventKind
from creditrules.model.procedure import (
    Counted,
    Duty,
    DutyState,
    Exit,
    Force,
    Met,
    Parameter,
    Procedure,
    Proceedings,
)
from creditrules.model.text import Text

NOTICE = Basis("虚构通知", cited="虚发〔2018〕2号第二部分")
LISTING = Listing(
    "L1",
    "fengyuan",
    "fiction-list",
    authority="虚构局",
    doc_no="虚字〔2018〕1号",
    determined=date(2018, 2, 1),
    served=date(2018, 2, 10),
    aggregated=date(2018, 3, 1),
    published=date(2018, 3, 1),
    until=date(2020, 2, 29),
    events=(
        Event(EventKind.RECTIFICATION_ORDER, date(2018, 4, 2), by="虚构局", until=date(2018, 6, 30)),
        Event(EventKind.INTERVIEW_REFUSED, date(2018, 9, 3)),
    ),
)
DOSSIER = Dossier(
    {
        "fengyuan": Subject("fengyuan", "enterprise", "丹东丰源虚构贸易有限公司", "91210600MA0FAKE00X"),
        "wang": Subject("wang", "natural_person", "王虚构"),
    },
    (LISTING,),
)


def counted(day: date, *, provisional: bool = False) -> Counted:
    """Return a day with the rule it was counted by."""
    return Counted(day, Text("自次日起算", "from the next day on"), provisional)


def duty(state: DutyState, rule: str = "", **fields: object) -> Duty:
    """Return a duty of the authority."""
    text = Text(f"任务{rule or state}", f"task {rule or state}")
    plain = Duty(
        rule or f"d-{state}", "L1", "authority", text, Force.SHALL, state, basis=NOTICE, section="二"
    )
    return evolve(plain, **fields)


def way(**fields: object) -> Exit:
    """Return a way out of which one thing is met, one is not, and one is not known."""
    asked = (
        Met("corrected", Text("已纠正", "corrected"), True, Text("2018-10-01 确认", "confirmed 2018-10-01")),
        Met("commitment", Text("信用承诺", "commitment"), False),
        Met("report", Text("信用报告", "report"), None),
    )
    plain = Exit(
        "out",
        "L1",
        Text("信用修复", "repair"),
        False,
        asked,
        Text("认定部门", "the authority"),
        earliest=counted(date(2019, 2, 1)),
        publicity_ends=counted(date(2019, 9, 1)),
        ends=("measures",),
        missing=("tax.paid",),
        basis=NOTICE,
        false_papers=Text("三年内不得申请", "no application for three years"),
    )
    return evolve(plain, **fields)


PROCEEDINGS = Proceedings(
    (
        duty(DutyState.DONE, met_on=date(2018, 3, 5), late=True, deadline=counted(date(2018, 3, 2))),
        duty(DutyState.PENDING),
        duty(DutyState.OPEN, arose=date(2018, 3, 1), missing=("push-period", "tax.paid")),
        duty(DutyState.EXCUSED, excuse=Text("特殊原因", "special reason")),
        duty(DutyState.DUE, arose=date(2018, 3, 1), deadline=counted(date(2019, 1, 18), provisional=True)),
        duty(DutyState.OVERDUE, arose=date(2018, 3, 1), deadline=counted(date(2018, 12, 3))),
    ),
    (way(),),
    (Text("节假日只知道到当年", "the calendar ends this year"),),
)


def with_procedure(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue that names the bodies and a period nobody set."""
    procedure = Procedure(
        bodies={"authority": Text("认定部门（单位）", "authority"), "subject": Text("主体", "subject")},
        parameters={"push-period": Parameter("push-period", Text("推送期限", "period of the push"))},
    )
    return evolve(catalogue, procedure=procedure)
