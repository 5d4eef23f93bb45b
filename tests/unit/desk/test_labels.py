"""Who is who is told by numbers: dossiers may label the same persons otherwise, on both databases."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select

from creditrules.desk.messages import Composer, Message
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from tests.unit.desk.flow import ON, case, desk_on, dossier, held, open_orders


def _with_labels(given: dict[str, Any], **labels: str) -> dict[str, Any]:
    """Return a dossier in which labels are exchanged for others."""
    said = json.dumps(given, ensure_ascii=False)
    for old, new in labels.items():
        said = said.replace(f'"{old}"', f'"~{new}"')
    return dict(json.loads(said.replace("~", "")))


def _two(first: str = "wang", second: str = "li") -> dict[str, Any]:
    """Return a dossier with two representatives, one after the other, under these labels."""
    given = dossier()
    wang = given["subjects"][1]
    li = {**wang, "id": "li", "name": "李虚构", "id_number": "210681198001010013"}
    return _with_labels({"subjects": [*given["subjects"], li]}, wang=first, li=second)


def _rows(store: Store) -> list[Any]:
    with store.reading() as connection:
        return list(connection.execute(select(outbox).order_by(outbox.c.id)))


def _messages(store: Store, desk: Any, after: int = 0) -> list[Message]:
    composer = Composer(store, desk.catalogue)
    return [composer.message(row) for row in _rows(store) if row.id > after]


def _about(message: Message) -> str:
    people = {person["label"]: person["name"] for person in message.data["subjects"]}
    return str(people[message.data["target"]])


def test_other_labels_for_the_same_persons_push_and_lift_nothing(store: Store) -> None:
    """What is the same push is told by the person, and it is called as the dossier of today calls it."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    before = {push.id: push.target_index for push in held(store)}

    settled = desk.initiate(_with_labels(dossier(), firm="gongsi", wang="faren"), by="市信用办", on=ON)

    assert set(settled.counts) <= {"change"}  # of a message that names the organisation by its label
    assert {push.id: push.target_index for push in held(store)} == before
    assert {push.target for push in held(store)} == {"gongsi", "faren"}
    assert (case(store).subject, case(store).listing) == ("gongsi", "L1")
    assert _messages(store, desk)


def test_labels_that_were_exchanged_exchange_no_persons(store: Store) -> None:
    """Two who are called by each other's labels keep their own pushes."""
    desk = desk_on(store)
    desk.initiate(_two(), by="市信用办", on=ON)
    before = {push.id: push.target_index for push in held(store)}

    settled = desk.initiate(_two("li", "wang"), by="市信用办", on=ON)

    assert not settled.changed
    assert {push.id: push.target_index for push in held(store)} == before


def test_a_label_given_to_somebody_else_lifts_from_the_one_and_pushes_to_the_other(store: Store) -> None:
    """Nobody stays under a measure because another is called what he was called."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    other = dossier()
    other["subjects"][1] |= {"name": "李虚构", "id_number": "210681198001010013"}
    last = max(row.id for row in _rows(store))

    settled = desk.initiate(other, by="市信用办", on=ON)

    kinds = {(m.kind, _about(m)) for m in _messages(store, desk, last) if m.data["target"] == "wang"}
    assert settled.counts["lift"] == settled.counts["push"] > 0
    assert kinds == {("lift", "王虚构"), ("push", "李虚构")}
    assert len(open_orders(store)) == settled.counts["lift"]


def test_a_reminder_names_whoever_was_meant_when_it_was_pushed(store: Store) -> None:
    """A lift nobody has confirmed is about the one who was let go, whoever bears his label today."""
    desk = desk_on(store)
    desk.set_period("feedback-deadline", 7, "working_days", by="市信用办")
    desk.initiate(dossier(), by="市信用办", on=ON)
    other = dossier()
    other["subjects"][1] |= {"name": "李虚构", "id_number": "210681198001010013"}
    desk.initiate(other, by="市信用办", on=ON)

    desk.remind(by="市信用办", on=date(2019, 3, 1))

    reminders = [m for m in _messages(store, desk) if m.kind == "reminder" and m.data["target"] == "wang"]
    assert {_about(message) for message in reminders} == {"王虚构", "李虚构"}
