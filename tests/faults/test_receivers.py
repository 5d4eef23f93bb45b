"""Receivers that fail in every way there is: in the end each has booked everything, once and in order."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from creditrules.desk.tables import outbox
from tests.faults import invariants
from tests.faults.world import RETRY, World, dossier, until

FATES = ("ok", "ok", "500", "hang", "late", "close", "cut", "twice")


def test_a_receiver_that_fails_in_every_way_books_everything_once(world: World) -> None:
    """It times out, answers 500, answers late, twice or not at all, having booked it or not."""
    print("seed 81")
    chance = random.Random(81)
    world.receiver.plan = lambda key, n: chance.choice(FATES) if n < 3 else "ok"
    world.receiver.hang = 0.2
    world.initiated(dossier(1))
    pids = [world.start("work", retry=RETRY, timeout=0.15, jitter=n) for n in range(2)]
    world.initiated(dossier(1, removed="2019-01-10"), on=date(2019, 1, 11))

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    world.worked(timeout=1.0)
    invariants.all_well(world.store, world.catalogue, world.receiver)


@pytest.mark.parametrize("fate", ["cut", "late"])
def test_what_was_booked_without_a_word_is_sent_again_and_booked_once(one_world: World, fate: str) -> None:
    """The receiver books each message and the worker does not hear of it; the second time it is known."""
    one_world.receiver.plan = lambda key, n: fate if n == 1 else "ok"
    one_world.receiver.hang = 0.15
    one_world.initiated(dossier())
    one_world.worked(timeout=0.1)

    invariants.all_well(one_world.store, one_world.catalogue, one_world.receiver)
    assert len(one_world.receiver.arrivals) > len(one_world.receiver.booked)


def test_the_second_of_two_answers_stands_for_no_other_message(one_world: World) -> None:
    """A receiver answers one message twice and takes none after it: those are not noted as arrived."""
    one_world.initiated(dossier())
    one_world.receiver.plan = lambda key, n: "twice" if not one_world.receiver.booked else "500"
    pid = one_world.start("work", retry={**RETRY, "attempts": 2}, seconds=20)

    assert one_world.nursery.wait(pid) == 0, one_world.nursery.said()
    with one_world.store.reading() as connection:
        states = Counter(connection.execute(select(outbox.c.state)).scalars())
    assert (len(one_world.receiver.booked), states["sent"]) == (1, 1)


def test_one_unit_that_is_down_holds_up_no_other(one_world: World) -> None:
    """While one address never answers, all others have had their messages after one round of it."""
    one_world.initiated(dossier(1), dossier(2))
    down = one_world.held()[0].local or one_world.held()[0].unit
    with one_world.store.reading() as connection:
        others = set(connection.execute(select(outbox.c.key).where(outbox.c.address != down)).scalars())
    one_world.receiver.plan = lambda key, n: "ok" if key in others else "hang"
    one_world.receiver.hang = 0.3
    pid = one_world.start("work", retry=RETRY, timeout=0.1, seconds=20)
    until(lambda: others <= one_world.receiver.booked.keys(), one_world, pid)
    assert others == one_world.receiver.booked.keys()
    one_world.receiver.plan = lambda key, n: "ok"

    assert one_world.nursery.wait(pid) == 0, one_world.nursery.said()
    invariants.all_well(one_world.store, one_world.catalogue, one_world.receiver)
