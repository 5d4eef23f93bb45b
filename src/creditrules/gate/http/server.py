"""Gate: run the service under uvicorn: one process, or several that share a socket."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import uvicorn
from attrs import asdict, frozen
from fastapi import FastAPI

from creditrules.desk.desk import Desk
from creditrules.desk.store import open_store
from creditrules.errors import Finding, Span, UsageError
from creditrules.gate.http.app import create_app
from creditrules.gate.http.metrics import SHARED
from creditrules.gate.http.service import Service
from creditrules.gate.http.settings import Settings
from creditrules.model.dossier import Dossier

# How the processes are told what they serve; a word of it may be a password, so it is in no command line.
VARIABLE = "CREDITRULES_SERVICE"
_STOP_WITHIN = 10  # seconds for what is under way when the service is told to stop
_WAITING = 2048  # connections that may wait to be taken
# Seconds a thread may go on while others wait; a question takes two thousandths.
_TURN = 0.001
# How many new objects before the youngest are looked through; measured, see benchmarks/bench_gate.py.
_COLLECT = (5_000, 10, 10)
_OPTIONS: Mapping[str, Any] = {
    "access_log": False,  # the service writes its own line for each request
    "log_level": "warning",
    "server_header": False,
    "timeout_graceful_shutdown": _STOP_WITHIN,
    # Longer than proxies keep a connection idle (mostly 60 s): who closes first must be the one that asks.
    "timeout_keep_alive": 75,
    "backlog": _WAITING,
}


@frozen
class Served:
    """What a process serves, how fast each token may ask, and which matters are granted by commitment."""

    store: str
    key: str | None = None
    catalogues: tuple[str, ...] = ()
    rate: float = 100.0
    commitments: tuple[str, ...] = ()

    def settings(self, processes: int = 1) -> Settings:
        """Return the settings of one of so many processes; each lets through its part of the rate."""
        usual = Settings()
        return Settings(
            rate=self.rate / processes, wrong=usual.wrong / processes, commitments=self.commitments
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that connections may come to at once; they wait until the service is there.

    Raises:
        UsageError: CR658, the address is taken or not this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Connections inherit it: an answer does not wait for company on its way.
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.bind((host, port))
        made.listen(_WAITING)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        words = {"reason": f"{host}:{port}: {reason.lower()}"}
        raise UsageError([Finding("CR658", Span("serve"), words)]) from None
    made.set_inheritable(True)
    return made


def address_of(made: socket.socket) -> str:
    """Return the address of the service as a browser takes it."""
    host, port = made.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(desk: Desk, served: Served, made: socket.socket, processes: int = 1) -> None:
    """Serve until told to stop; what is under way is finished first.

    One process serves the desk that is there; several open the same store themselves, and one that dies is
    replaced.
    """
    if processes == 1:
        config = uvicorn.Config(_ready(desk, served.settings()), **_OPTIONS)
        # When it has stopped it raises the signal again that stopped it.
        with _ignoring(signal.SIGINT, signal.SIGTERM):
            uvicorn.Server(config).run(sockets=[made])
        return
    with _shared(served, processes):
        name = "creditrules.gate.http.server:made"
        uvicorn.run(name, factory=True, workers=processes, fd=made.fileno(), **_OPTIONS)


def made() -> FastAPI:
    """Return the service that the surroundings name: how each of several processes makes its own."""
    said: dict[str, Any] = json.loads(os.environ[VARIABLE])
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    processes = said.pop("processes")
    lists = {name: tuple(said[name]) for name in ("catalogues", "commitments")}
    served = Served(**{**said, **lists})
    store = open_store(served.store, key=Path(served.key) if served.key else None)
    return _ready(Desk(store, *sources(served.catalogues)), served.settings(processes))


def _ready(desk: Desk, settings: Settings) -> FastAPI:
    """Return the service with what every question needs made already, and out of the way of the collector.

    Python looks through everything it holds for what nobody uses any more. A catalogue is never that, and to
    look through it takes longer than many questions.
    """
    app = create_app(desk, settings)
    service: Service = app.state.service
    book = desk.catalogue.rulebook(on=service.today())
    service.decides(book, Dossier({}))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    sys.setswitchinterval(_TURN)
    return app


def _end_with(parent: int) -> None:
    """Stop when the process that started this one is gone: nobody would stop it, and it holds the port."""
    while os.getppid() == parent:
        sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def sources(paths: Sequence[str]) -> list[Any]:
    """Return catalogues by their paths and names, the shipped one below what is only named."""
    from creditrules.load.plugins import installed_sources
    from creditrules.load.shipped import default_source

    found: list[Any] = []
    for path in paths:
        if Path(path).exists():
            found.append(path)
        elif path == "default":
            found.append(default_source())
        else:
            found += [default_source()] * (not found) + [installed_sources(path)[0]]
    return found


@contextmanager
def _ignoring(*signals: signal.Signals) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, lambda *_: None) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _shared(served: Served, processes: int) -> Iterator[None]:
    """Tell the processes what they serve, and let them add up what they count."""
    folder = tempfile.mkdtemp(prefix="creditrules-metrics-")
    before = {name: os.environ.get(name) for name in (VARIABLE, SHARED)}
    os.environ[VARIABLE] = json.dumps({**asdict(served), "processes": processes})
    os.environ[SHARED] = folder
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(folder, ignore_errors=True)
