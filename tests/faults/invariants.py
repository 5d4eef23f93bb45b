"""Faults: what holds after every fault, written once; a check that fails says where."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any, Protocol

from sqlalchemy import Connection, Table, select

from creditrules.decide.decide import decide
from creditrules.desk import ledger
from creditrules.desk.chart import OF_UNIT, OUTSTANDING, CaseState, PushEvent, PushState, after
from creditrules.desk.differences import identity
from creditrules.desk.outbox import SENT
from creditrules.desk.settling import ENDED
from creditrules.desk.snapshots import identifier_of, kept_dossier
from creditrules.desk.store import Store
from creditrules.desk.tables import cases, decisions, inbox, orders, outbox, pushes
from creditrules.desk.wanted import wanted_by_listing
from creditrules.model.catalogue import Catalogue
from tests.faults.receiver import Arrival

DECLINED = frozenset({PushState.RETURNED, PushState.NOT_APPLICABLE})
GONE = frozenset({PushState.LIFTING, PushState.LIFTED, PushState.WITHDRAWN})
STANDING = frozenset(OUTSTANDING - GONE)
_POSTED = {"push_initiated": "push", "push_reissue": "push"}
_ORDERED = {"push_order_change": "change", "push_order_lift": "lift"}


def whole(store: Store) -> None:
    """Hold the store to everything that is true of it at any moment."""
    with store.reading() as connection:
        assert list(ledger.breaks(connection)) == []
        written = list(ledger.rows(connection))
        held = _all(connection, pushes)
        ordered = _all(connection, orders)
        _follow_the_chart(written, held)
        _orders_stand_where_they_may(held, ordered)
        _everything_said_is_posted_once(connection, written, ordered)
        _answers_are_booked_once(connection, written)
        _cases_are_where_their_pushes_are(connection, held)
        made = {row.seq for row in _all(connection, decisions)}
        assert made == {row["seq"] for row in written if row["kind"] == "decided"}


def _all(connection: Connection, table: Table) -> list[Any]:
    [first] = table.primary_key.columns
    return list(connection.execute(select(table).order_by(first)))


def _follow_the_chart(written: list[dict[str, Any]], held: list[Any]) -> None:
    """The state of a push is what the events in the ledger lead to, step by step."""
    events: dict[int, list[str]] = {}
    for row in written:
        if row["push_id"] is not None and row["kind"].startswith("push_"):
            events.setdefault(row["push_id"], []).append(row["kind"].removeprefix("push_"))
    assert events.keys() == {push.id for push in held}
    for push in held:
        first, *others = events[push.id]
        assert first == "initiated", push
        state = PushState.INITIATED
        for name in others:
            state = after(state, PushEvent(name))
        assert state.value == push.state, (push.id, events[push.id])
        assert push.round == 1 + others.count(PushEvent.REISSUE.value), push


def _orders_stand_where_they_may(held: list[Any], ordered: list[Any]) -> None:
    """A push that is being lifted waits for one confirmation; one that nobody acts on waits for none."""
    waiting = Counter((o.push_id, o.kind) for o in ordered if not o.confirmed_at and not o.overtaken_at)
    for push in held:
        state = PushState(push.state)
        assert waiting[push.id, "lift"] == (state is PushState.LIFTING), push
        assert not waiting[push.id, "change"] or state in STANDING, push


def _everything_said_is_posted_once(
    connection: Connection, written: list[dict[str, Any]], ordered: list[Any]
) -> None:
    """What the ledger says was pushed, changed or lifted stands in one message, and in no other."""
    told, by_order = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for message in _all(connection, outbox):
        for item in json.loads(message.body).get("items", ()):
            if message.kind == "push":
                told["push", item["push"]] += 1
            elif message.kind in ("change", "lift"):
                by_order[message.kind, item["order"]] += 1
    for row in written:
        if row["kind"] == "resent":  # without what later messages had said anew
            of, left = json.loads(row["body"])["of"], json.loads(row["body"])["left_out"]
            told.update((of, number) for number in left if of == "push")
    said = Counter((_POSTED[r["kind"]], r["push_id"]) for r in written if r["kind"] in _POSTED)
    assert told == said
    assert set(by_order.values()) <= {1}
    for order in ordered:
        assert (order.kind, order.id) in by_order or order.overtaken_at, order
    assert Counter(order.kind for order in ordered) == Counter(
        _ORDERED[row["kind"]] for row in written if row["kind"] in _ORDERED
    )
    sent = Counter(json.loads(row["body"])["message"] for row in written if row["kind"] == "sent")
    assert sent == Counter(m.id for m in _all(connection, outbox) if m.state == SENT)


def _answers_are_booked_once(connection: Connection, written: list[dict[str, Any]]) -> None:
    """Each answer that came with a key stands in the ledger once."""
    of_units = {f"push_{event.value}" for event in OF_UNIT} | {"late_confirmation"}
    booked = Counter(row["push_id"] for row in written if row["kind"] in of_units)
    assert booked == Counter(row.push_id for row in _all(connection, inbox))


def _cases_are_where_their_pushes_are(connection: Connection, held: list[Any]) -> None:
    """A case is closed when its listing has ended and nothing of it is outstanding, and not before."""
    outstanding = {push.case_id for push in held if PushState(push.state) in OUTSTANDING}
    for case in _all(connection, cases):
        expected = CaseState.OPEN
        if case.status in ENDED:
            expected = CaseState.CLOSING if case.id in outstanding else CaseState.CLOSED
        assert case.state == expected.value, case


def settled(store: Store, catalogue: Catalogue) -> None:
    """What the last decision on each case asks for stands or was declined, and nothing else stands."""
    with store.reading() as connection:
        held = _all(connection, pushes)
        for case in _all(connection, cases):
            dossier = kept_dossier(connection, case.dossier, store.keys, catalogue)
            book = catalogue.rulebook(on=date.fromisoformat(case.decided_on))
            wanted = {
                identity(each.action, store.keys.index(identifier_of(dossier.subjects[each.target]))): each
                for each in wanted_by_listing(decide(book, dossier)).get(case.listing, {}).values()
            }
            mine = {identity(p.action, p.target_index): p for p in held if p.case_id == case.id}
            assert wanted.keys() <= mine.keys(), case
            for key, push in mine.items():
                state = PushState(push.state)
                if key in wanted:
                    assert state in STANDING | DECLINED, push
                    assert push.body == wanted[key].body, push
                else:
                    assert state in GONE, push


def delivered(store: Store) -> None:
    """Everything that was posted has arrived."""
    with store.reading() as connection:
        assert Counter(m.state for m in _all(connection, outbox) if m.state != SENT) == Counter()


class Booking(Protocol):
    """What a receiver has to show: what arrived, and what of it was booked by its key."""

    forged: int
    arrivals: list[Arrival]
    booked: dict[str, Arrival]


def arrived(store: Store, receiver: Booking) -> None:
    """What is noted as sent was booked by the receiver, in order, the same each time; nothing else was."""
    assert receiver.forged == 0
    with store.reading() as connection:
        posted = _all(connection, outbox)
        died = {json.loads(r["body"])["message"] for r in ledger.rows(connection, kinds=["dead_letter"])}
    by_key = {message.key: message for message in posted}
    # Looked at after the store, for somebody may deliver meanwhile.
    arrivals, booked = list(receiver.arrivals), dict(receiver.booked)
    assert booked.keys() <= by_key.keys()
    assert {m.key for m in posted if m.state == SENT} <= booked.keys()
    last: dict[tuple[str, int], int] = {}
    told: dict[int, int] = {}
    for arrival in booked.values():
        message = by_key[arrival.key]
        assert arrival.address == message.address
        line = (message.address, message.case_id)
        # What was given up may come behind what was posted after it, and only about something else.
        assert last.get(line, 0) < message.id or message.id in died, f"{arrival.key} was overtaken"
        last[line] = max(message.id, last.get(line, 0))
        if message.kind in ("push", "change", "lift"):
            for item in arrival.event["data"]["items"]:
                assert told.get(item["push"], 0) < message.id, f"{arrival.key} came too late"
                told[item["push"]] = message.id
    for arrival in arrivals:
        assert arrival.body == booked[arrival.key].body or by_key[arrival.key].id in died


def known_to_units(store: Store, receiver: Booking) -> None:
    """What units have booked is what stands with them for the desk, and every lift order has arrived."""
    active: set[int] = set()
    lifts: set[int] = set()
    for arrival in receiver.booked.values():
        event = arrival.event
        for item in event["data"].get("items", ()):
            if ".lift." in event["type"]:
                active.discard(item["push"])
                lifts.add(item["order"])
            elif ".push." in event["type"] or ".change." in event["type"]:
                active.add(item["push"])
    with store.reading() as connection:
        states = {push.id: PushState(push.state) for push in _all(connection, pushes)}
        ordered = {order.id for order in _all(connection, orders) if order.kind == "lift"}
    # A push that was declined and is not wanted any more is withdrawn without a word.
    withdrawn = {number for number, state in states.items() if state is PushState.WITHDRAWN}
    assert active - withdrawn == {n for n, state in states.items() if state in STANDING | DECLINED}
    assert lifts == ordered


def all_well(store: Store, catalogue: Catalogue, receiver: Booking | None = None) -> None:
    """Hold everything, when nothing is on its way any more."""
    whole(store)
    settled(store, catalogue)
    delivered(store)
    if receiver is not None:
        arrived(store, receiver)
        known_to_units(store, receiver)
