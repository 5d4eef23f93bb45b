"""Desk: take steps: write pushes, orders and events, and say which messages go out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen
from sqlalchemy import insert, select, update

from creditrules.desk.chart import PushEvent, PushState, after
from creditrules.desk.differences import Step
from creditrules.desk.ledger import Entry, append
from creditrules.desk.occasion import Matter, overtake
from creditrules.desk.outbox import Posted, key_of
from creditrules.desk.tables import orders, pushes

# Which message a step sends; withdrawing what a unit has declined needs none.
_SENDS = {
    None: "push",
    PushEvent.REISSUE: "push",
    PushEvent.ORDER_CHANGE: "change",
    PushEvent.ORDER_LIFT: "lift",
}
_ORDERS = {PushEvent.ORDER_CHANGE: "change", PushEvent.ORDER_LIFT: "lift"}

# Of everybody in the dossier, by his label: the region, and the index of his identifier.
Targets = Mapping[str, tuple[str | None, str]]


@frozen
class Taken:
    """What was done: the kind of each step, and the messages that go out."""

    kinds: list[str] = field(factory=list)
    messages: list[Posted] = field(factory=list)


def take(matter: Matter, found: Sequence[Step], targets: Targets) -> Taken:
    """Take the steps of one case.

    One message goes to each address about each target: it lists what is pushed, changed or lifted there.
    """
    taken, entries = Taken(), list[Entry]()
    ids = _insert(matter, [step for step in found if step.event is None], targets)
    envelopes: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for step in found:
        push_id, entry, item = _begin(matter, step, ids) if step.event is None else _take(matter, step)
        entries.append(entry)
        kind = _SENDS.get(step.event)
        taken.kinds.append(kind or "withdrawn")
        if kind is not None:
            envelopes.setdefault((kind, step.address, step.target), []).append({"push": push_id, **item})
    append(matter.connection, entries, matter.occasion.now)
    case = matter.case
    for (kind, address, target), items in envelopes.items():
        key = key_of(kind, case.id, matter.decision, address, target)
        # Whoever is let go may stand in the earlier dossier alone, and be called there what he is called.
        earlier = (case.dossier, case.listing, case.subject)
        dossier, listing, subject = earlier if kind == "lift" else (matter.dossier, *matter.listing)
        body = {
            "target": target,
            "subject": subject,
            "listing": listing,
            "list": case.list,
            "items": items,
            "dossier": dossier,
        }
        taken.messages.append(Posted(key, address, kind, case.id, body))
    return taken


def _insert(matter: Matter, new: Sequence[Step], targets: Targets) -> dict[str, int]:
    """Write new pushes at once; return the numbers of all that rest on the dossier, by their actions."""
    occasion = matter.occasion
    rows = [
        {
            "case_id": matter.case.id,
            "action": wanted.action,
            "dossier": matter.dossier,
            "unit": wanted.unit,
            "local": wanted.local,
            "region": targets[wanted.target][0],
            "target": wanted.target,
            "target_index": targets[wanted.target][1],
            "body": wanted.body,
            "state": PushState.INITIATED.value,
            "state_since": occasion.now,
            "round": 1,
            "initiated_at": occasion.now,
            "respond_by": occasion.respond_by,
        }
        for step in new
        if (wanted := step.wanted) is not None
    ]
    if not rows:
        return {}
    matter.connection.execute(insert(pushes), rows)
    query = select(pushes.c.action, pushes.c.id).where(
        pushes.c.case_id == matter.case.id, pushes.c.dossier == matter.dossier
    )
    return {row.action: row.id for row in matter.connection.execute(query)}


def _begin(matter: Matter, step: Step, ids: Mapping[str, int]) -> tuple[int, Entry, dict[str, Any]]:
    assert step.wanted is not None
    push_id = ids[step.wanted.action]
    said = {"round": 1, "action": step.wanted.action, **json.loads(step.wanted.body)}
    return push_id, matter.entry("push_initiated", push_id, action=step.wanted.action), said


def _take(matter: Matter, step: Step) -> tuple[int, Entry, dict[str, Any]]:
    """Take one step of a push there is; return its number, what is written down, and what is sent."""
    held, event, now = step.held, step.event, matter.occasion.now
    assert event is not None
    values: dict[str, Any] = {"state": after(PushState(held.state), event).value, "state_since": now}
    action = held.action if step.wanted is None else step.wanted.action
    said: dict[str, Any] = {"round": held.round, "action": action}
    if step.wanted is not None:
        values["body"] = step.wanted.body
        said |= json.loads(step.wanted.body)
    if event is PushEvent.REISSUE:
        said["round"] = values["round"] = held.round + 1
        values |= {"initiated_at": now, "respond_by": matter.occasion.respond_by}
        values |= {"responded_at": None, "feedback_at": None}
        overtake(matter.connection, held.id, now)
    if event is PushEvent.ORDER_LIFT:
        # Whoever has to lift need not confirm changes of what he lifts.
        overtake(matter.connection, held.id, now)
    if event in _ORDERS:
        said["because"] = matter.status
        said["order"] = _order(matter, held.id, _ORDERS[event], said)
    matter.connection.execute(update(pushes).where(pushes.c.id == held.id).values(**values))
    return held.id, matter.entry(f"push_{event.value}", held.id, action=action), said


def _order(matter: Matter, push_id: int, kind: str, said: Mapping[str, Any]) -> int:
    made = matter.connection.execute(
        insert(orders)
        .values(
            push_id=push_id,
            kind=kind,
            because=matter.status,
            body=json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
            ordered_at=matter.occasion.now,
        )
        .returning(orders.c.id)
    )
    return int(made.scalar_one())
