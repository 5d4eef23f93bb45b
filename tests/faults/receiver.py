"""Faults: a unit's own system at the other end of a webhook, which may fail in every way there is."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from attrs import frozen

from creditrules.desk.channels import signature

SECRET = "geheim"
# What it may do with a request that comes for the n-th time.
Plan = Callable[[str, int], str]


@frozen
class Arrival:
    """A request that was taken: its key, who it is for, and its bytes."""

    key: str
    address: str
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        """The CloudEvent in it."""
        return dict(json.loads(self.body))


class Receiver:
    """Books what arrives by its key: a key that it knows already it books no more.

    `plan` says of each request what becomes of it: `ok`, `500`, `hang` and `close` (it is not booked), `late`
    and `cut` (it is booked, and the answer comes too late or not at all), `twice` (answered twice).
    """

    def __init__(self, plan: Plan | None = None, hang: float = 0.6) -> None:
        self.plan = plan or (lambda key, n: "ok")
        self.hang = hang
        self.arrivals: list[Arrival] = []
        self.booked: dict[str, Arrival] = {}
        self.tried: dict[str, int] = {}
        self.forged = 0
        self.lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def url(self, address: str) -> str:
        """Return where messages for an address are taken."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/{address.encode().hex()}"

    def take(self, key: str, address: str, body: bytes, seal: str) -> str:
        """Take a request; return what to do with it."""
        with self.lock:
            if seal != signature(body, SECRET):
                self.forged += 1
                return "500"
            self.tried[key] = self.tried.get(key, 0) + 1
            fate = self.plan(key, self.tried[key])
            if fate not in ("500", "hang", "close"):
                arrival = Arrival(key, address, body)
                self.arrivals.append(arrival)
                self.booked.setdefault(key, arrival)
            return fate

    def close(self) -> None:
        """Take nothing more."""
        self._server.shutdown()
        self._server.server_close()


class _Quiet(ThreadingHTTPServer):
    """Says nothing of senders that are gone before they are answered: killing them is what tests do."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing."""


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            key = str(json.loads(body)["id"])
            address = bytes.fromhex(self.path[1:]).decode()
            fate = receiver.take(key, address, body, self.headers["x-creditrules-signature"])
            if fate in ("hang", "late"):
                time.sleep(receiver.hang)
            if fate in ("close", "cut"):
                self.close_connection = True
                return
            self._answer(500 if fate == "500" else 202)
            if fate == "twice":
                self._answer(202)

        def _answer(self, status: int) -> None:
            try:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()
            except OSError:
                self.close_connection = True  # nobody waits any more

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler
