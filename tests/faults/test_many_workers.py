"""Workers in processes of their own share the work: nothing twice, nothing out of order, nothing left."""

from __future__ import annotations

from datetime import date

import pytest

from tests.faults import invariants
from tests.faults.world import World, dossier
from tests.support.databases import Databases


@pytest.mark.parametrize("workers", [2, 8])
def test_workers_that_run_at_once_deliver_everything_once(world: World, workers: int) -> None:
    """While none of them dies, not even the wire sees a message twice."""
    world.initiated(*(dossier(number) for number in range(1, 4)))
    pids = [world.start("work", retry={"lease": 60.0, "first": 0.05}, jitter=n) for n in range(workers)]
    world.initiated(*(dossier(n, removed="2019-01-10") for n in (1, 2)), on=date(2019, 1, 11))

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)
    assert len(world.receiver.arrivals) == len(world.receiver.booked)


def test_the_same_initiate_five_times_at_once_pushes_once(world: World) -> None:
    """Five processes that initiate one dossier at one moment make one case, and five decisions on it."""
    pids = [world.start("initiate", dossier=dossier(), on="2018-12-20") for _ in range(5)]

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    world.reach()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)
    assert {push.round for push in world.held()} == {1}
    assert len({push.case_id for push in world.held()}) == 1


def test_a_store_that_five_open_for_the_first_time_is_made_once(databases: Databases, world: World) -> None:
    """Whoever comes first makes the tables and the secret, and the others use them."""
    url = databases.url("sqlite" if world.store.is_sqlite else "postgresql")
    where = {"key": world.where["key"] + "-2", "url": url}
    pids = [world.nursery.start("initiate", dossier=dossier(n), on="2018-12-20", **where) for n in range(5)]

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()


def test_one_answer_sent_five_times_at_once_is_booked_once(world: World) -> None:
    """A unit whose system sends an answer again before it has heard anything books it once."""
    world.initiated(dossier())
    push = world.held()[0]
    said = [{"push": push.id, "unit": push.local or push.unit, "event": "accept", "key": "k1"}]
    pids = [world.start("answers", said=said) for _ in range(5)]

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    invariants.whole(world.store)
    assert world.held()[0].state == "accepted"
