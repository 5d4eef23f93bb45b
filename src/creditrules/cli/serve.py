"""CLI: `creditrules serve`: the service for approval systems, units and clerks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._command import Command, catalogue_option
from creditrules.cli._state import state_of
from creditrules.cli._usage import nearest, usage_error
from creditrules.cli.desk._desk import STORE, desk_at

if TYPE_CHECKING:
    from creditrules.desk.desk import Desk

PORT = 8700
_MOST = 64
_LOCAL = ("127.0.0.1", "localhost", "::1")


def _serve(
    url: str,
    key: str | None,
    host: str,
    port: int,
    workers: int,
    rate: float,
    commitments: tuple[str, ...],
    no_work: bool,
    catalogues: tuple[str, ...],
) -> None:
    for package in ("fastapi", "uvicorn", "prometheus_client"):
        if find_spec(package) is None:
            raise usage_error("CR638", package)
    _inputs.sources_of(catalogues)
    state = state_of()
    with state.timed("open the desk"):
        desk = desk_at(url, key, catalogues)
    from creditrules.gate.http.server import Served, address_of, listen, run

    for matter in commitments:
        if matter not in desk.catalogue.matters:
            raise usage_error("CR641", matter, matter=matter, **nearest(matter, desk.catalogue.matters))
    made = listen(host, port)
    served = Served(url, key, catalogues, rate, commitments)
    words = state.words
    click.echo(words("service.serve.address", address=address_of(made)))
    click.echo(words("service.serve.token", store="" if url == STORE else " --store …"))
    if host not in _LOCAL:
        click.echo(words("service.serve.open_to_all"))
    click.echo(words("service.serve.not_working" if no_work else "service.serve.working"))
    try:
        with _delivering(desk, not no_work):
            run(desk, served, made, workers)
    finally:
        made.close()
        desk.store.close()
    click.echo(words("service.serve.stopped"))


@contextmanager
def _delivering(desk: Desk, wanted: bool) -> Iterator[None]:
    """Deliver messages in a thread of this process, until the service has stopped."""
    if not wanted:
        yield
        return
    from creditrules.desk.worker import Worker

    worker, stop = Worker(desk.store, desk.catalogue), threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,), name="delivery", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=15)


command = Command(
    "serve",
    _serve,
    [
        click.Option(
            ["--store", "url"], default=STORE, envvar="CREDITRULES_STORE", metavar="URL", show_default=False
        ),
        click.Option(["--key"], envvar="CREDITRULES_KEY_FILE", metavar="FILE"),
        click.Option(["--host"], default="127.0.0.1", metavar="ADDRESS"),
        click.Option(["--port"], type=click.IntRange(0, 65535), default=PORT, metavar="PORT"),
        click.Option(["--workers"], type=click.IntRange(1, _MOST), default=1, metavar="N"),
        click.Option(["--rate"], type=click.FloatRange(0, min_open=True), default=100.0, metavar="N"),
        click.Option(["--commitment", "commitments"], multiple=True, metavar="MATTER"),
        click.Option(["--no-work"], is_flag=True),
        catalogue_option(),
    ],
)
