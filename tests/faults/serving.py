"""Faults: `creditrules serve` in a process of its own, and those who ask it until somebody answers."""

from __future__ import annotations

import socket
import time
from typing import Any

import httpx

from creditrules.desk import tokens
from tests.faults.nursery import KILLED
from tests.faults.world import World

_PATIENCE = 120.0  # seconds


class Service:
    """The service at one port, however often it is killed; `delivers` says whether it sends messages too."""

    def __init__(self, world: World, delivers: bool = False) -> None:
        self.delivers = delivers
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.world = world
        self.pid: int | None = None
        self.kills = 0
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=5.0)

    def start(self) -> None:
        """Start it; it listens before it is ready, so nobody has to wait."""
        self.pid = self.world.start("serve", port=self.port, delivers=self.delivers)

    def started(self) -> float:
        """Start it and wait until it answers; return how long that took."""
        begun = time.monotonic()
        self.start()
        while time.monotonic() < begun + _PATIENCE:
            try:
                if self.get("/health") == 200:
                    return time.monotonic() - begun
            except httpx.HTTPError:
                time.sleep(0.01)
        raise AssertionError(f"it does not start\n{self.world.nursery.said()}")

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

    def get(self, path: str) -> int:
        """Return the status of a page."""
        return self._client.get(path).status_code

    def close(self) -> None:
        """End it."""
        self._client.close()
        if self.pid is not None:
            self.world.nursery.kill(self.pid)


def token_of(world: World, role: str, unit: str | None = None) -> str:
    """Return what a token of a role says of itself."""
    with world.store.writing() as connection:
        made, _ = tokens.create(connection, unit or role, role, world.store.clock(), "test", unit=unit)
    return f"Bearer {made}"


def asked(service: Service, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    """Ask until somebody answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        reply = service.post(path, body, **headers)
        if reply is not None:
            return reply
        time.sleep(0.02)
    raise AssertionError(f"nobody answers\n{service.world.nursery.said()}")
