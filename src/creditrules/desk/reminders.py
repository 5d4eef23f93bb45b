"""Desk: what is overdue, and reminding whoever owes it: once a day to each addressee of each case.

The notice sets no period for feedback; without a period of the office's own nothing is ever overdue here.
What the procedure asks comes from its rules, counted from what the desk has seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen
from sqlalchemy import Connection, select

from creditrules.desk import outbox
from creditrules.desk.chart import WITHOUT_FEEDBACK, CaseState
from creditrules.desk.clock import day_of
from creditrules.desk.ledger import Entry, append, hold
from creditrules.desk.snapshots import kept_dossier
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, orders, pushes
from creditrules.desk.tables import outbox as messages
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.event import Event, EventKind, in_order
from creditrules.model.procedure import Duty, DutyState, Term
from creditrules.procedure.calendar import CHINA
from creditrules.procedure.counting import count
from creditrules.procedure.proceed import proceed

RESPOND = "feedback-deadline"


@frozen
class Late:
    """A push, or an order about it, that nobody has answered in time."""

    push: Any
    due: str
    order: int | None = None


def terms_of(catalogue: Catalogue, own: Mapping[str, Term]) -> dict[str, Term | None]:
    """Return the periods behind their names; the office's own go before those of the catalogue."""
    return {**{key: rule.term for key, rule in catalogue.procedure.parameters.items()}, **own}


def day_to_respond(start: date, terms: Mapping[str, Term | None]) -> str | None:
    """Return the last day to respond to what goes out on a day; None while nobody has set a period."""
    counted = count(start, Term(parameter=RESPOND), CHINA, terms)
    return None if counted is None else counted.day.isoformat()


def late(connection: Connection, on: date, terms: Mapping[str, Term | None]) -> list[Late]:
    """Return pushes without feedback past their day, and orders nobody confirmed in the same time."""
    states = [state.value for state in WITHOUT_FEEDBACK]
    query = select(pushes).where(pushes.c.state.in_(states), pushes.c.respond_by < on.isoformat())
    found = [Late(push, push.respond_by) for push in connection.execute(query.order_by(pushes.c.id))]
    waiting = (
        select(pushes, orders.c.id.label("order_id"), orders.c.ordered_at)
        .join(orders, orders.c.push_id == pushes.c.id)
        .where(orders.c.confirmed_at.is_(None), orders.c.overtaken_at.is_(None))
    )
    days: dict[date, str | None] = {}
    for push in connection.execute(waiting.order_by(orders.c.id)):
        day = day_of(push.ordered_at)
        due = days[day] if day in days else days.setdefault(day, day_to_respond(day, terms))
        if due is not None and due < on.isoformat():
            found.append(Late(push, due, push.order_id))
    return found


def remind(store: Store, on: date, by: str, terms: Mapping[str, Term | None]) -> int:
    """Remind every addressee who owes an answer; return how many reminders go out.

    Asked again on the same day it sends nothing more.
    """
    now = store.clock()
    with store.writing() as connection:
        hold(connection)
        owed: dict[tuple[int, str, str, str], list[Late]] = {}
        for each in late(connection, on, terms):
            push = each.push
            whom = (push.case_id, push.local or push.unit, push.target, push.target_index)
            owed.setdefault(whom, []).append(each)
        posted = []
        for (case_id, address, target, index), found in owed.items():
            # Two dossiers of a case may call two persons the same.
            mark = hashlib.sha256(index.encode()).hexdigest()[:8]
            key = outbox.key_of("reminder", case_id, on, address, target, mark)
            known = select(messages.c.id).where(messages.c.key == key)
            if connection.execute(known).first() is None:
                posted.append(_reminder(connection, key, case_id, address, target, found))
        outbox.post(connection, posted, now)
        entries = [Entry("reminded", by, case_id=m.case_id, body={"address": m.address}) for m in posted]
        append(connection, entries, now)
    return len(posted)


def _reminder(
    connection: Connection, key: str, case_id: int, address: str, target: str, found: list[Late]
) -> outbox.Posted:
    case = connection.execute(select(cases).where(cases.c.id == case_id)).one()
    items = [
        {"push": late.push.id, "action": late.push.action, "due": late.due, "order": late.order}
        for late in found
    ]
    told = {"target": target, "listing": case.listing, "list": case.list, "items": items}
    # Whoever has to be let go may stand in an earlier dossier alone.
    dossier = found[0].push.dossier
    return outbox.Posted(key, address, "reminder", case_id, {**told, "dossier": dossier})


def overdue_duties(
    store: Store, catalogue: Catalogue, on: date, own: Mapping[str, Term]
) -> list[tuple[int, Duty]]:
    """Return what the procedure asks of anybody and is past its day, by case.

    Pushes, answers and notices of the desk count as the events they are.
    """
    found: list[tuple[int, Duty]] = []
    book = catalogue.rulebook(on=on)
    with store.reading() as connection:
        query = select(cases).where(cases.c.state != CaseState.CLOSED.value).order_by(cases.c.id)
        for case in connection.execute(query).all():
            dossier = kept_dossier(connection, case.dossier, store.keys, catalogue)
            seen = _with_events(dossier, case.listing, _events(connection, case.id))
            duties = proceed(book, seen, parameters=own).duties
            found += [
                (case.id, duty)
                for duty in duties
                if duty.listing == case.listing and duty.state is DutyState.OVERDUE
            ]
    return found


def _events(connection: Connection, case_id: int) -> list[Event]:
    """Return what the desk has done and heard about a case, as events of the procedure."""
    held = connection.execute(select(pushes).where(pushes.c.case_id == case_id)).all()
    days = {(EventKind.PUSH, day_of(push.initiated_at)) for push in held}
    days |= {(EventKind.RESPONSE, day_of(push.feedback_at)) for push in held if push.feedback_at}
    told = select(messages).where(messages.c.case_id == case_id, messages.c.kind == "employer_notice")
    days |= {(EventKind.EMPLOYER_NOTICE, day_of(row.added_at)) for row in connection.execute(told)}
    return [Event(kind, day) for kind, day in days]


def _with_events(dossier: Dossier, listing: str, events: list[Event]) -> Dossier:
    return evolve(
        dossier,
        listings=tuple(
            evolve(each, events=in_order((*each.events, *events))) if each.id == listing else each
            for each in dossier.listings
        ),
    )
