"""Desk: what units answer: received, accepted, returned, not applicable, asked, carried out, lifted.

Every answer comes with a key of its own; the second with the same key changes nothing and gets that reply.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, insert, select, update

from creditrules.desk import outbox
from creditrules.desk.chart import OF_UNIT, OUTSTANDING, PushEvent, PushState, after
from creditrules.desk.ledger import Entry, append, head, hold
from creditrules.desk.occasion import Occasion, overtake
from creditrules.desk.settling import conclude
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, inbox, orders, pushes
from creditrules.desk.tokens import Principal
from creditrules.errors import Finding, Span, UsageError

# What an answer must say besides itself.
REQUIRED: Mapping[PushEvent, tuple[str, ...]] = {
    PushEvent.RETURN: ("reason",),
    PushEvent.NOT_APPLICABLE: ("reason",),
    PushEvent.ASK: ("facts",),
    PushEvent.IMPLEMENT: ("matter", "document", "date"),
    PushEvent.CONFIRM_LIFT: ("order",),
    PushEvent.CONFIRM_CHANGE: ("order",),
}
_CONFIRMS = {PushEvent.CONFIRM_LIFT: "lift", PushEvent.CONFIRM_CHANGE: "change"}
_FEEDBACK = frozenset({PushEvent.IMPLEMENT, PushEvent.NO_OCCASION})


@frozen
class Answer:
    """One answer of a unit to a push; `details` holds what `REQUIRED` asks for, and whatever else it says."""

    push: int
    event: PushEvent
    key: str
    details: Mapping[str, Any]


@frozen
class Booked:
    """What became of an answer: the state of the push after it, and whether it had been booked before."""

    push: int
    state: str
    again: bool = False


def may_see(principal: Principal, push: Any) -> bool:
    """Say whether a push is somebody's to see: his unit's, his district's, or he runs the desk."""
    if principal.role == "unit":
        return bool(principal.unit) and principal.unit in (push.unit, push.local)
    if principal.role == "district":
        return bool(push.region) and push.region == principal.region
    return principal.sees_everything


def answer(store: Store, given: Answer, principal: Principal) -> Booked:
    """Book an answer.

    Raises:
        UsageError: CR631, there is no such push for whoever answers; CR632, something is missing; CR633, the
            key was used for another answer; CR621, the chart knows no such step; CR634, no such order; CR640,
            the day of what was carried out is none.
    """
    _check(given)
    digest = _digest(given)
    with store.writing() as connection:
        hold(connection)
        push = _push(connection, given.push, principal)
        before = connection.execute(select(inbox).where(inbox.c.key == _key(given, principal))).first()
        if before is not None:
            if before.digest != digest:
                raise UsageError([Finding("CR633", Span("desk"), {"key": given.key})])
            return Booked(given.push, before.outcome, again=True)
        occasion = Occasion(principal.name, store.clock(), str(given.details.get("reason", "")))
        state = _book(connection, push, given, occasion)
        row = {"key": _key(given, principal), "push_id": given.push, "digest": digest, "at": occasion.now}
        connection.execute(insert(inbox).values(**row, outcome=state.value))
        conclude(connection, push.case_id, occasion)
        return Booked(given.push, state.value)


def reply(store: Store, push_id: int, text: str, by: Principal) -> Booked:
    """Answer what a unit asked; the push waits for the unit again.

    Raises:
        UsageError: CR631, there is no such push; CR621, nothing was asked.
    """
    with store.writing() as connection:
        hold(connection)
        push = _push(connection, push_id, by)
        occasion = Occasion(by.name, store.clock(), text)
        state = _move(connection, push, PushEvent.ANSWER, occasion, {"text": text})
        item = {"push": push.id, "action": push.action, "round": push.round, "text": text}
        case = connection.execute(select(cases).where(cases.c.id == push.case_id)).one()
        told = {"target": push.target, "listing": case.listing, "list": case.list, "items": [item]}
        body = {**told, "dossier": push.dossier}
        # By the number of its entry: two answers may fall on one moment of a clock that was put back.
        key = outbox.key_of("answer", push.id, head(connection).seq)
        posted = outbox.Posted(key, push.local or push.unit, "answer", push.case_id, body, push.id)
        outbox.post(connection, [posted], occasion.now)
        return Booked(push_id, state.value)


def _check(given: Answer) -> None:
    missing = [name for name in REQUIRED.get(given.event, ()) if given.details.get(name) in (None, "", [])]
    if given.event not in OF_UNIT or not given.key.strip():
        missing.append("key" if given.event in OF_UNIT else "event")
    if missing:
        words = {"event": given.event.value, "missing": ", ".join(missing)}
        raise UsageError([Finding("CR632", Span("desk"), words)])
    if given.event is PushEvent.IMPLEMENT and not _is_day(given.details["date"]):
        raise UsageError([Finding("CR640", Span("desk"), {"event": given.event.value})])


def _is_day(value: object) -> bool:
    try:
        return len(str(value)) == len("2019-01-05") and bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def _push(connection: Connection, number: int, principal: Principal) -> Any:
    query = select(pushes).where(pushes.c.id == number)
    push = connection.execute(query).first()
    # Somebody else's push is as if it were not there: nobody learns which numbers exist.
    if push is None or not may_see(principal, push):
        raise UsageError([Finding("CR631", Span("desk"), {"push": str(number)})])
    return push


def _book(connection: Connection, push: Any, given: Answer, occasion: Occasion) -> PushState:
    details = dict(given.details)
    if given.event in _CONFIRMS and _confirm(connection, push, given, occasion):
        # The listing came back before this was confirmed; that the unit had lifted is kept all the same.
        _note(connection, push, "late_confirmation", occasion, details)
        return PushState(push.state)
    return _move(connection, push, given.event, occasion, details)


def _confirm(connection: Connection, push: Any, given: Answer, occasion: Occasion) -> bool:
    """Note that an order is confirmed; say whether it had been overtaken."""
    query = select(orders).where(
        orders.c.id == given.details["order"],
        orders.c.push_id == push.id,
        orders.c.kind == _CONFIRMS[given.event],
    )
    order = connection.execute(query).first()
    if order is None:
        raise UsageError([Finding("CR634", Span("desk"), {"order": str(given.details["order"])})])
    if order.confirmed_at is None:
        confirmed = update(orders).where(orders.c.id == order.id).values(confirmed_at=occasion.now)
        connection.execute(confirmed)
    return order.overtaken_at is not None or order.confirmed_at is not None


def _move(
    connection: Connection, push: Any, event: PushEvent, occasion: Occasion, details: Mapping[str, Any]
) -> PushState:
    state = after(PushState(push.state), event)
    values: dict[str, Any] = {"state": state.value}
    if state.value != push.state:
        values["state_since"] = occasion.now
    if push.responded_at is None and event in OF_UNIT and event is not PushEvent.RECEIVE:
        values["responded_at"] = occasion.now
    if push.feedback_at is None and event in _FEEDBACK:
        values["feedback_at"] = occasion.now
    connection.execute(update(pushes).where(pushes.c.id == push.id).values(**values))
    if state not in OUTSTANDING:
        # Whoever declines or has lifted a push need not confirm what was changed about it.
        overtake(connection, push.id, occasion.now)
    _note(connection, push, f"push_{event.value}", occasion, details)
    return state


def _note(
    connection: Connection, push: Any, kind: str, occasion: Occasion, details: Mapping[str, Any]
) -> None:
    entry = Entry(kind, occasion.by, occasion.because, push.case_id, push.id, {"details": dict(details)})
    append(connection, [entry], occasion.now)


def _key(given: Answer, principal: Principal) -> str:
    # Keys of two units may be the same by chance; they are their own.
    whose = principal.unit or principal.region or principal.role
    return hashlib.sha256(f"{whose}|{given.key}".encode()).hexdigest()


def _digest(given: Answer) -> str:
    said = json.dumps(
        [given.push, given.event.value, dict(given.details)], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(said.encode()).hexdigest()
