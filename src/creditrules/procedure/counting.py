"""Procedure: count terms. Each day that is reached carries the rule it was counted by.

Sources: 民法典 200-203 (before 2021 the same articles of 民法总则): the starting day is not counted, months
and years end on the corresponding day, and a last day that is a holiday moves on to the next working day. In
the law on administrative penalties short terms are working days (行政处罚法 85, since 2021-07-15).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from creditrules.model.basis import Basis, plain_title
from creditrules.model.procedure import Counted, Term
from creditrules.model.text import Text
from creditrules.procedure.calendar import WorkingCalendar

_DAY = timedelta(days=1)
_CIVIL_CODE = date(2021, 1, 1)
_PENALTIES = date(2021, 7, 15)


def count(
    start: date,
    term: Term,
    calendar: WorkingCalendar,
    parameters: Mapping[str, Term | None],
    *,
    rolls: bool = True,
    basis: Basis | None = None,
) -> Counted | None:
    """Return the last day of a term that begins on a day, or None when nobody has set its parameter.

    Args:
        start: the day of what sets the term off; it is not counted itself.
        term: the length.
        calendar: says which days are worked.
        parameters: the terms that stand behind names; None or absent: nobody has set it.
        rolls: whether a last day that is free moves on; periods of publication do not.
        basis: the provision that sets the term, when the term names none of its own.
    """
    meant = parameters.get(term.parameter) if term.parameter is not None else term
    if meant is None:
        return None
    law = plain_title((meant.basis or term.basis or basis or _NO_BASIS).law)
    if meant.working_days is not None:
        day, provisional = _worked(start, meant.working_days, calendar)
        penalties = law == "行政处罚法" and start >= _PENALTIES
        return Counted(day, _working_rule(start >= _CIVIL_CODE, penalties), provisional)
    if meant.period is None:
        return None
    day = meant.period.after(start)
    provisional = False
    if rolls:
        day, provisional = _rolled(day, calendar)
    return Counted(day, _period_rule(start >= _CIVIL_CODE, rolls), provisional)


_NO_BASIS = Basis("")


def _worked(start: date, length: int, calendar: WorkingCalendar) -> tuple[date, bool]:
    day, provisional = start, False
    while length:
        day += _DAY
        if calendar.is_working_day(day):
            length -= 1
        provisional = provisional or not calendar.knows(day.year)
    return day, provisional


def _rolled(day: date, calendar: WorkingCalendar) -> tuple[date, bool]:
    provisional = not calendar.knows(day.year)
    while not calendar.is_working_day(day):
        day += _DAY
        provisional = provisional or not calendar.knows(day.year)
    return day, provisional


@cache
def _working_rule(civil_code: bool, penalties: bool) -> Text:
    law = _civil(civil_code)
    rule = Text(
        "自次日起计工作日：法定节假日及调休放假日不计，调休上班日计入（{law}第二百零一条）",
        "counted in working days from the next day on, holidays left out and worked weekends counted"
        " ({law}, art. 201)",
    ).filled(law=law)
    if not penalties:
        return rule
    return Text(
        f"{rule.zh}；该法所称二日、三日、五日、七日指工作日（行政处罚法第八十五条）",
        f"{rule.en}; two, three, five and seven days in that law are working days"
        " (Administrative Penalties Law, art. 85)",
    )


@cache
def _period_rule(civil_code: bool, rolls: bool) -> Text:
    law = _civil(civil_code)
    rule = Text(
        "自次日起计，年、月期间止于对应日，没有对应日的止于月末（{law}第二百零一条、第二百零二条）",
        "counted from the next day on; months and years end on the corresponding day, or on the last of the"
        " month where there is none ({law}, arts. 201 and 202)",
    )
    last = Text(
        "；末日为休息日的顺延至次一工作日（{law}第二百零三条）",
        "; a last day that is free moves on to the next working day ({law}, art. 203)",
    )
    if not rolls:
        last = Text("；公示期的末日不顺延", "; the last day of a publication does not move")
    return Text(rule.zh + last.zh, rule.en + last.en).filled(law=law)


def _civil(code: bool) -> Text:
    if code:
        return Text("民法典", "Civil Code")
    return Text("民法总则", "General Provisions of the Civil Law")
