"""The service is killed while units answer and an office initiates: whoever asks again is heard, once."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import invariants
from tests.faults.serving import Service, asked, token_of
from tests.faults.world import World, dossier
from tests.support.databases import BACKENDS, Databases


def _loaded(world: World) -> None:
    """Let what every service loads be loaded: the first one takes longer than all others."""
    first = Service(world)
    try:
        first.started()
    finally:
        first.close()


def _killed_services(world: World, times: int, chance: random.Random, delivers: bool = False) -> None:
    """Let units answer and an office initiate while the service is killed, until it was so often."""
    world.initiated(dossier(1), dossier(2))
    names = {push.local or push.unit for push in world.held()}
    by_unit = {name: token_of(world, "unit", name) for name in sorted(names)}
    office, service, number = token_of(world, "office"), Service(world, delivers), 2
    _loaded(world)
    # Sometimes it has time to answer, and sometimes it dies before it listens, however slow the machine is.
    longest = 0.2 + 2 * service.started()
    failed: list[int] = []

    def ask() -> None:
        for each in world.possible(chance, 6):
            body = {"event": each["event"], "details": each["details"]}
            headers = {"authorization": by_unit[each["unit"]], "idempotency-key": each["key"]}
            reply = asked(service, f"/v1/pushes/{each['push']}/answers", body, **headers)
            if reply.status_code not in (200, 409):
                failed.append(reply.status_code)
        given = {"dossier": dossier(number), "on": "2018-12-20"}
        reply = asked(service, "/v1/dossiers", given, authorization=office)
        if reply.status_code != 200:
            failed.append(reply.status_code)

    try:
        while service.kills < times:
            number += 1
            with ThreadPoolExecutor(1) as pool:
                asking = pool.submit(ask)
                while not asking.done() and service.kills < times:
                    service.kill(chance.uniform(0.0, longest))
                asking.result()
            assert failed == []
            invariants.whole(world.store)
            invariants.settled(world.store, world.catalogue)
            invariants.arrived(world.store, world.receiver)
    finally:
        service.close()
    world.reach()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_service_that_is_killed_books_every_answer_once(
    databases: Databases, world_on: Callable[[str], World]
) -> None:
    """The service is killed five times while it is asked."""
    print("seed 91")
    _killed_services(world_on(databases.url("sqlite")), 5, random.Random(91))


def test_a_service_that_delivers_is_killed(databases: Databases, world_on: Callable[[str], World]) -> None:
    """The same with its own worker at work: what it had taken goes out, and is booked once."""
    print("seed 93")
    world = world_on(databases.url("postgresql"))
    _killed_services(world, 3, random.Random(93), delivers=True)


@pytest.mark.slow
@pytest.mark.parametrize("delivers", [False, True])
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_service_is_killed_a_hundred_times(
    databases: Databases, world_on: Callable[[str], World], backend: str, delivers: bool
) -> None:
    """The same a hundred times, on each database, with and without its own worker."""
    print("seed 92")
    _killed_services(world_on(databases.url(backend)), 100, random.Random(92), delivers)


def test_the_same_initiate_five_times_at_once_by_http_pushes_once(
    databases: Databases, world_on: Callable[[str], World]
) -> None:
    """Five offices that send one dossier at one moment: one pushes, four hear that nothing is new."""
    world = world_on(databases.url("postgresql"))
    office, service = token_of(world, "office"), Service(world)
    service.start()
    given = {"dossier": dossier(), "on": "2018-12-20"}
    try:
        with ThreadPoolExecutor(5) as pool:
            replies = list(
                pool.map(lambda _: asked(service, "/v1/dossiers", given, authorization=office), range(5))
            )
    finally:
        service.close()

    assert {reply.status_code for reply in replies} == {200}
    assert sorted(reply.json()["changed"] for reply in replies) == [False] * 4 + [True]
    invariants.whole(world.store)
    invariants.settled(world.store, world.catalogue)
    assert {push.round for push in world.held()} == {1}
