"""Faults: what the processes do: initiate, decide again, answer, deliver, serve, as the commands do it."""

from __future__ import annotations

import os
import random
import resource
import signal
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen
from sqlalchemy import event, func, make_url, select

from creditrules import load_catalogue
from creditrules.desk.answers import Answer, answer
from creditrules.desk.channels import Address, Channel, channels
from creditrules.desk.chart import PushEvent
from creditrules.desk.clock import later, system_clock
from creditrules.desk.desk import Desk
from creditrules.desk.messages import Message
from creditrules.desk.outbox import WAITING, Retry
from creditrules.desk.store import Store, open_store
from creditrules.desk.tables import outbox
from creditrules.desk.tokens import Principal
from creditrules.desk.webhook import Webhook
from creditrules.desk.worker import Worker
from creditrules.errors import CreditRulesError
from creditrules.model.catalogue import Catalogue


@frozen
class Given:
    """What every child has from the beginning: where the catalogue is, and what it says."""

    folder: Path
    catalogue: Catalogue


def prepare(folder: Path) -> Given:
    """Load everything a child may need, so that it need not; nothing stays open."""
    from tests.faults.world import ON, dossier

    given = Given(folder, load_catalogue(folder))
    make_url("postgresql+psycopg://").get_dialect().import_dbapi()
    channels()
    with TemporaryDirectory() as empty:
        store, _ = opened(f"sqlite:///{empty}/desk.db", f"{empty}/secret")
        Desk(store, folder).initiate(dossier(), by="市信用办", on=ON)
        Worker(store, given.catalogue).round()
        store.close()
    return given


def prepare_service() -> None:
    """Load what a service needs besides."""
    import creditrules.gate.http.server  # noqa: F401
    from creditrules.deliver.words import word_table

    word_table()


class Fate:
    """Lets a process die at a step: before or after a statement, a commit, a delivery."""

    def __init__(self, at: int | None) -> None:
        self.left = at

    def step(self, *_: Any, **__: Any) -> None:
        """Come one step nearer to the end."""
        if self.left is None:
            return
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self, store: Store) -> None:
        """Count what happens on a store."""
        event.listen(store.engine, "before_cursor_execute", self.step)
        commit = store.engine.dialect.do_commit

        def do_commit(connection: Any) -> None:
            self.step()
            commit(connection)
            self.step()

        store.engine.dialect.do_commit = do_commit  # type: ignore[method-assign]


class Fateful:
    """A channel that counts as well."""

    def __init__(self, channel: Channel, fate: Fate) -> None:
        self.channel = channel
        self.fate = fate

    def check(self, address: Address) -> str | None:
        """Ask the channel."""
        return self.channel.check(address)

    def deliver(self, message: Message, address: Address) -> None:
        """Deliver, with a step before and one after."""
        self.fate.step()
        self.channel.deliver(message, address)
        self.fate.step()


def opened(
    url: str, key: str, die: int | None = None, clock: str | None = None, largest: int | None = None
) -> tuple[Store, Fate]:
    """Open a store.

    Args:
        url: where it is.
        key: the file of its secret.
        die: at which step the process dies.
        clock: a file that holds by how many seconds the clock is wrong.
        largest: how large a file may be that the process writes.
    """
    fate = Fate(die)
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    def wrong_clock() -> str:
        assert clock is not None
        return later(system_clock(), float(Path(clock).read_text() or 0))

    store = open_store(url, key=Path(key), clock=system_clock if clock is None else wrong_clock)
    fate.watch(store)
    return store, fate


def open_only(given: Given, **where: Any) -> None:
    """Open a store and nothing else."""
    opened(**where)[0].close()


def initiate(given: Given, *, dossier: dict[str, Any], on: str, **where: Any) -> None:
    """Initiate a dossier."""
    store, _ = opened(**where)
    Desk(store, given.folder).initiate(dossier, by="市信用办", on=date.fromisoformat(on))


def redecide(given: Given, *, on: str, **where: Any) -> None:
    """Decide every open case again."""
    store, _ = opened(**where)
    Desk(store, given.folder).redecide(by="夜间", on=date.fromisoformat(on))


def answers(given: Given, *, said: list[dict[str, Any]], **where: Any) -> None:
    """Answer pushes as their units, one after the other; what the chart refuses is left."""
    store, _ = opened(**where)
    for each in said:
        unit = Principal("1", each["unit"], "unit", each["unit"])
        one = Answer(each["push"], PushEvent(each["event"]), each["key"], each.get("details", {}))
        try:
            answer(store, one, unit)
        except CreditRulesError as error:
            if error.findings[0].code != "CR621":
                raise


def work(
    given: Given,
    *,
    retry: dict[str, float],
    timeout: float = 5.0,
    seconds: float = 30.0,
    jitter: int | None = None,
    **where: Any,
) -> None:
    """Deliver until nothing waits, or for so long; a database that is gone is waited for."""
    store, fate = opened(**where)
    ways = {**channels(), "webhook": Webhook(timeout)}
    some = {name: Fateful(channel, fate) for name, channel in ways.items()}
    worker = Worker(store, given.catalogue, retry=Retry(**retry), ways=some)  # type: ignore[arg-type]
    chance, until = random.Random(jitter), time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            is_idle = worker.round().is_idle
            if is_idle and not _waiting(store):
                return
        except CreditRulesError:
            is_idle = True
        time.sleep(chance.uniform(0.03, 0.09) if is_idle else 0)
    raise TimeoutError("messages still wait")


def _waiting(store: Store) -> int:
    with store.reading() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(WAITING))
        return int(connection.execute(query).scalar_one())


def serve(given: Given, *, port: int, url: str, key: str, delivers: bool = False) -> None:
    """Serve, as `creditrules serve` does."""
    from creditrules.cli import main

    main(
        [
            *("serve", "--store", url, "--key", key, "--port", str(port)),
            *([] if delivers else ["--no-work"]),
            *("--catalogue", str(given.folder)),
        ]
    )
