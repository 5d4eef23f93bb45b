"""CLI: `creditrules desk work`: deliver what waits, once or until stopped."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING

import click

from creditrules.cli._command import catalogue_option
from creditrules.cli.desk._desk import desk_at, desk_command, say

if TYPE_CHECKING:
    from creditrules.desk.worker import Round


def _work(once: bool, catalogues: tuple[str, ...], url: str, key: str | None, by: str | None) -> None:
    from creditrules.desk.worker import Worker

    desk = desk_at(url, key, catalogues)
    worker = Worker(desk.store, desk.catalogue)
    if once:
        sent = failed = 0
        while not (done := worker.round()).is_idle:
            sent, failed = sent + done.sent, failed + done.failed
        say("work.done", sent=sent, failed=failed)
        return
    stop = threading.Event()

    def stopped(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stopped)
    say("work.running", name=worker.name)
    worker.run(stop, told=_told)


def _told(done: Round) -> None:
    say("work.done", sent=done.sent, failed=done.failed)


command = desk_command("work", _work, [click.Option(["--once"], is_flag=True), catalogue_option()])
