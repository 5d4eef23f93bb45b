"""The service is killed while units answer and an office initiates: whoever asks again is heard, once."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from creditrules.desk import tokens
from tests.faults import invariants
from tests.faults.nursery import KILLED
from tests.faults.world import World, dossier
from tests.support.databases import BACKENDS, Databases


class Service:
    """`creditrules serve` in a process of its own, at one port, however often it is killed."""

    def __init__(self, world: World) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.world = world
        self.pid: int | None = None
        self.kills = 0
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=5.0)

    def start(self) -> None:
        """Start it; it listens before it is ready, so nobody has to wait."""
        self.pid = self.world.start("serve", port=self.port)

    def kill(self, after: float) -> None:
        """Kill it so many seconds from now, and start it again."""
        assert self.pid is not None
        assert self.world.nursery.wait(self.pid, after) is None, self.world.nursery.said()
        self.world.nursery.kill(self.pid)
        assert self.world.nursery.wait(self.pid) == KILLED
        self.kills += 1
        self.start()

    def post(self, path: str, body: dict[str, Any], **headers: str) -> httpx.Response | None:
        """Ask for something; None when nobody has answered."""
        try:
            return self._client.post(path, json=body, headers=headers)
        except httpx.HTTPError:
            return None

    def close(self) -> None:
        """End it."""
        self._client.close()
        if self.pid is not None:
            self.world.nursery.kill(self.pid)


def _token(world: World, role: str, unit: str | None = None) -> str:
    with world.store.writing() as connection:
        made, _ = tokens.create(connection, unit or role, role, world.store.clock(), "test", unit=unit)
    return f"Bearer {made}"


def _asked(service: Service, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    """Ask until somebody answers."""
    for _ in range(500):
        reply = service.post(path, body, **headers)
        if reply is not None:
            return reply
        time.sleep(0.02)
    raise AssertionError(f"nobody answers\n{service.world.nursery.said()}")


def _killed_services(world: World, times: int, chance: random.Random) -> None:
    """Let units answer and an office initiate while the service is killed, until it was so often."""
    world.initiated(dossier(1), dossier(2))
    names = {push.local or push.unit for push in world.held()}
    by_unit = {name: _token(world, "unit", name) for name in sorted(names)}
    office, service, number = _token(world, "office"), Service(world), 2
    service.start()
    failed: list[int] = []

    def ask() -> None:
        for each in world.possible(chance, 6):
            body = {"event": each["event"], "details": each["details"]}
            headers = {"authorization": by_unit[each["unit"]], "idempotency-key": each["key"]}
            reply = _asked(service, f"/v1/pushes/{each['push']}/answers", body, **headers)
            if reply.status_code not in (200, 409):
                failed.append(reply.status_code)
        given = {"dossier": dossier(number), "on": "2018-12-20"}
        reply = _asked(service, "/v1/dossiers", given, authorization=office)
        if reply.status_code != 200:
            failed.append(reply.status_code)

    try:
        while service.kills < times:
            number += 1
            asking = threading.Thread(target=ask)
            asking.start()
            while asking.is_alive() and service.kills < times:
                service.kill(chance.uniform(0.0, 0.5))
            asking.join()
            assert failed == []
            invariants.whole(world.store)
            invariants.settled(world.store, world.catalogue)
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


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_a_service_is_killed_a_hundred_times(
    databases: Databases, world_on: Callable[[str], World], backend: str
) -> None:
    """The same a hundred times, on each database."""
    print("seed 92")
    _killed_services(world_on(databases.url(backend)), 100, random.Random(92))
