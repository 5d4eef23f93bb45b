"""Messages that were given up, and what is left of them when they are sent again, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from creditrules.desk.dead_letters import dead, resend
from creditrules.desk.ledger import rows
from creditrules.desk.pulling import waiting
from creditrules.desk.store import Store
from creditrules.desk.tables import outbox
from creditrules.errors import UsageError
from tests.unit.desk.flow import OFFICE, ON, desk_on, dossier, open_orders


def _give_up(store: Store, *numbers: int, state: str = "dead") -> None:
    with store.writing() as connection:
        connection.execute(update(outbox).where(outbox.c.id.in_(numbers)).values(state=state))


def _about_wang(store: Store) -> list[tuple[int, str, str]]:
    """Return the messages to one address about one person: number, kind and state."""
    query = select(outbox).where(outbox.c.body.contains('"target":"wang"')).order_by(outbox.c.id)
    with store.reading() as connection:
        found = connection.execute(query).all()
    return [(m.id, m.kind, m.state) for m in found if m.address == found[0].address]


def test_a_push_that_was_lifted_meanwhile_is_not_sent_after_its_lift(store: Store) -> None:
    """The addressee may have booked the lift; a push that comes later would be booked as if it held."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    desk.initiate(dossier(removed="2019-01-10"), by="市信用办", on=date(2019, 1, 11))
    push, lift = _about_wang(store)
    _give_up(store, push[0])
    _give_up(store, lift[0], state="sent")

    done = resend(store, push[0], "市信用办", "再试")

    assert done.is_overtaken
    assert done.left_out
    assert _about_wang(store)[0][2] == "overtaken"
    with store.reading() as connection:
        assert dead(connection) == []
        assert [row["because"] for row in rows(connection, kinds=["overtaken"])] == ["再试"]
        assert push[0] not in [row.id for row in waiting(connection, OFFICE, limit=500).rows]


def test_an_addressee_who_pulls_gets_no_push_after_its_lift(store: Store) -> None:
    """What was given up waits to be pulled only while nothing later has arrived."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    desk.initiate(dossier(removed="2019-01-10"), by="市信用办", on=date(2019, 1, 11))
    push, lift = _about_wang(store)
    _give_up(store, push[0])
    with store.reading() as connection:
        assert push[0] in [row.id for row in waiting(connection, OFFICE, limit=500).rows]

    _give_up(store, lift[0], state="sent")

    with store.reading() as connection:
        assert push[0] not in [row.id for row in waiting(connection, OFFICE, limit=500).rows]


def test_what_still_holds_of_a_dead_message_is_sent(store: Store) -> None:
    """A later change of one push leaves the others of the message to be pushed."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    number = _about_wang(store)[0][0]
    _give_up(store, number)

    done = resend(store, number, "市信用办")

    assert (done.is_overtaken, done.left_out) == (False, ())
    assert done.still
    assert _about_wang(store)[0][2] == "pending"
    with pytest.raises(UsageError, match="CR630"):
        resend(store, number, "市信用办")


def test_nobody_waits_for_the_confirmation_of_a_change_that_never_arrived(store: Store) -> None:
    """A change that a later one overtook is not asked after."""
    desk = desk_on(store)
    desk.initiate(dossier(), by="市信用办", on=ON)
    for until in ("2021-06-20", "2022-06-20"):
        desk.initiate(dossier(until=until), by="市信用办", on=ON)
    first = next(message for message in _about_wang(store) if message[1] == "change")
    _give_up(store, first[0])
    before = len(open_orders(store))

    done = resend(store, first[0], "市信用办")

    assert done.is_overtaken
    assert len(open_orders(store)) == before - len(done.left_out)
