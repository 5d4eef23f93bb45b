"""Desk: what the desk reports: feedback by unit, what is overdue, what was lifted, cases to pass upwards.

Everything is counted from pushes, orders and cases; nobody is rated, units are counted and named.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, select

from creditrules.desk.chart import WITHOUT_FEEDBACK, PushState
from creditrules.desk.clock import day_of, seconds_between
from creditrules.desk.reminders import late
from creditrules.desk.tables import cases, ledger, orders, pushes
from creditrules.model.procedure import Term

_DAY = 86_400
_WAITING = frozenset(state.value for state in WITHOUT_FEEDBACK)
_DONE = frozenset(state.value for state in (PushState.IMPLEMENTED, PushState.NO_OCCASION))


@frozen
class UnitLine:
    """How one unit answers: how many pushes it has, answered and with feedback, and how long that took.

    `asked` are the pushes that call for feedback at all: one returned, withdrawn or taken back before anybody
    acted does not. Times are medians in days, None while there is none.
    """

    unit: str
    pushes: int
    answered: int
    asked: int
    feedback: int
    days_to_answer: float | None
    days_to_feedback: float | None
    overdue: int

    @property
    def rate(self) -> float | None:
        """The share of pushes with feedback among those that call for it."""
        return self.feedback / self.asked if self.asked else None


@frozen
class Lifted:
    """One case whose listing ended: when it was ordered, and how many lifts are confirmed and not."""

    case: int
    list: str
    because: str
    ordered_on: date
    confirmed: int
    waiting: int
    days: float | None


@frozen
class Implemented:
    """One measure that a unit carried out: what goes to the upper platform as a case (七)."""

    case: int
    list: str
    unit: str
    action: str
    matter: str
    document: str
    on: str


@frozen
class Report:
    """Everything the desk reports on a day."""

    on: date
    states: Mapping[str, int]
    units: tuple[UnitLine, ...]
    overdue: tuple[tuple[int, str, str, str, int | None], ...]
    lifted: tuple[Lifted, ...]
    implemented: tuple[Implemented, ...]

    @property
    def typical(self) -> tuple[Implemented, ...]:
        """One implemented measure for each kind of action on each list: candidates for typical cases (十九).

        Which of them is typical a person decides; the first that was carried out stands for its kind.
        """
        first: dict[tuple[str, ...], Implemented] = {}
        for each in sorted(self.implemented, key=lambda i: (i.on, i.case, i.action)):
            _, _, effect, matter = each.action.partition("@")[0].split(":", 3)
            first.setdefault((each.list, effect, matter), each)
        return tuple(first.values())


def report(connection: Connection, on: date, terms: Mapping[str, Term | None]) -> Report:
    """Return what the desk reports on a day."""
    held = connection.execute(select(pushes).order_by(pushes.c.id)).all()
    owed = late(connection, on, terms)
    names = {case.id: case.list for case in connection.execute(select(cases))}
    owing = Counter(_unit(each.push) for each in owed)
    by_unit: dict[str, list[Any]] = {}
    for push in held:
        by_unit.setdefault(_unit(push), []).append(push)
    return Report(
        on=on,
        states=dict(sorted(Counter(push.state for push in held).items())),
        units=tuple(_line(unit, by_unit[unit], owing[unit]) for unit in sorted(by_unit)),
        overdue=tuple((e.push.id, _unit(e.push), e.push.action, e.due, e.order) for e in owed),
        lifted=tuple(_lifted(connection, names)),
        implemented=tuple(_implemented(connection, {push.id: push for push in held}, names)),
    )


def _unit(push: Any) -> str:
    return str(push.local or push.unit)


def _line(unit: str, held: list[Any], overdue: int) -> UnitLine:
    with_feedback = [push for push in held if push.feedback_at]
    return UnitLine(
        unit=unit,
        pushes=len(held),
        answered=sum(1 for push in held if push.responded_at),
        asked=sum(1 for push in held if push.feedback_at or push.state in _WAITING | _DONE),
        feedback=len(with_feedback),
        days_to_answer=_days(held, "responded_at"),
        days_to_feedback=_days(held, "feedback_at"),
        overdue=overdue,
    )


def _days(held: list[Any], column: str) -> float | None:
    """Return the median of the days from the push to an answer."""
    taken = [
        seconds_between(push.initiated_at, getattr(push, column)) / _DAY
        for push in held
        if getattr(push, column)
    ]
    return round(median(taken), 1) if taken else None


def _lifted(connection: Connection, names: Mapping[int, str]) -> list[Lifted]:
    query = (
        select(orders, pushes.c.case_id)
        .join(pushes, pushes.c.id == orders.c.push_id)
        .where(orders.c.kind == "lift", orders.c.overtaken_at.is_(None))
        .order_by(orders.c.id)
    )
    by_case: dict[tuple[int, str], list[Any]] = {}
    for order in connection.execute(query):
        by_case.setdefault((order.case_id, order.because), []).append(order)
    return [_lift(case, names[case], because, found) for (case, because), found in by_case.items()]


def _lift(case: int, list_key: str, because: str, found: list[Any]) -> Lifted:
    confirmed = [order for order in found if order.confirmed_at]
    last = max((order.confirmed_at for order in confirmed), default=None)
    ordered = min(order.ordered_at for order in found)
    done = len(confirmed) == len(found) and last is not None
    return Lifted(
        case=case,
        list=list_key,
        because=because,
        ordered_on=day_of(ordered),
        confirmed=len(confirmed),
        waiting=len(found) - len(confirmed),
        days=round(seconds_between(ordered, last) / _DAY, 1) if done and last is not None else None,
    )


def _implemented(
    connection: Connection, held: Mapping[int, Any], names: Mapping[int, str]
) -> list[Implemented]:
    query = select(ledger).where(ledger.c.kind == "push_implement").order_by(ledger.c.seq)
    found = []
    for row in connection.execute(query):
        details, push = json.loads(row.body)["details"], held[row.push_id]
        said = (str(details.get(name, "")) for name in ("matter", "document", "date"))
        found.append(Implemented(row.case_id, names[row.case_id], _unit(push), push.action, *said))
    return found
