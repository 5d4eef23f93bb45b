"""The desk: initiate ten thousand pushes, deliver them by several workers, look through the ledger.

Nothing is measured that went wrong: every push is there once, every message arrived once and in its order,
and the ledger is whole. Times are on the clock, for most of it is waiting for the disk. Workers are processes
of their own; the receiver is a file to which each appends what it delivers.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic_ns, perf_counter
from typing import Any

from sqlalchemy import func, select
from stdnum.cn import ric, uscc

from benchmarks import noise
from benchmarks.measuring import ON, Result
from creditrules import load_catalogue
from creditrules.desk import ledger
from creditrules.desk.channels import Address, register
from creditrules.desk.desk import Desk
from creditrules.desk.messages import Message
from creditrules.desk.outbox import WAITING
from creditrules.desk.store import Store, open_store
from creditrules.desk.tables import addresses, outbox, pushes
from creditrules.desk.worker import Worker

DOSSIERS = 100
LEAST = 10_000
WORKERS = (1, 2, 8)
REMOVED = "2019-01-10"


def results() -> list[Result]:
    """Measure initiating, doing it again, taking everything back, delivering, and verifying."""
    found = noise.before()
    with TemporaryDirectory(prefix="creditrules-desk-") as folder, noise.others() as seen:
        found += _measured(Path(folder))
    return found + noise.during("while the desk was measured", seen)


def _measured(folder: Path) -> Iterator[Result]:
    store = open_store(f"sqlite:///{folder}/desk.db", key=folder / "key")
    desk = Desk(store)
    desk.catalogue.rulebook(on=ON)
    with _clock() as took:
        for number in range(DOSSIERS):
            desk.initiate(_dossier(number), by="bench", on=ON)
    count, messages = _checked(store)
    about = f"{count:,} pushes, {DOSSIERS} dossiers, {messages:,} messages"
    yield Result("initiate on SQLite", took[0], note=about)
    with _clock() as took:
        for number in range(DOSSIERS):
            assert not desk.initiate(_dossier(number), by="bench", on=ON).changed
    yield Result("initiate the same again", took[0], note="nothing changes")
    with _clock() as took:
        assert desk.redecide(by="bench", on=ON) == {}
    yield Result("decide every case again", took[0], note="nothing changes")
    _reach(store)
    store.close()
    yield from _delivered(folder, messages)
    store = open_store(f"sqlite:///{folder}/desk.db", key=folder / "key")
    yield from _verified(store)
    desk = Desk(store)
    with _clock() as took:
        for number in range(DOSSIERS):
            desk.initiate(_dossier(number, removed=REMOVED), by="bench", on=ON.replace(year=2019, day=31))
    _checked(store, lifts=True)
    yield Result("order every lift", took[0], note=about)
    store.close()


def _delivered(folder: Path, messages: int) -> Iterator[Result]:
    for workers in WORKERS:
        copy = folder / f"{workers}.db"
        with sqlite3.connect(folder / "desk.db") as kept, sqlite3.connect(copy) as fresh:
            kept.backup(fresh)
        took = _deliver(f"sqlite:///{copy}", folder, workers, messages)
        rate = f"{messages / took:,.0f} messages a second"
        yield Result(f"deliver by {workers} worker{'s' * (workers > 1)}", took, note=rate)


def _verified(store: Store) -> Iterator[Result]:
    with _clock() as took, store.reading() as connection:
        assert list(ledger.breaks(connection)) == []
        entries = ledger.head(connection).seq
    yield Result("verify the ledger", took[0], note=f"{entries:,} entries")


def _deliver(url: str, folder: Path, workers: int, messages: int) -> float:
    """Let processes deliver everything; return how long it took from when all were ready."""
    context = get_context("spawn")
    ready, go = context.Semaphore(0), context.Event()
    journals = [folder / f"{workers}-{n}.journal" for n in range(workers)]
    processes = [
        context.Process(target=_work, args=(url, folder / "key", journal, ready, go)) for journal in journals
    ]
    for process in processes:
        process.start()
    for _ in processes:
        ready.acquire()
    with _clock() as took:
        go.set()
        for process in processes:
            process.join()
            assert process.exitcode == 0
    store = open_store(url, key=folder / "key")
    _in_order(store, journals, messages)
    store.close()
    return took[0]


class _Journal:
    """A receiver: a file of what arrived and when."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def check(self, address: Address) -> str | None:
        return None

    def deliver(self, message: Message, address: Address) -> None:
        message.body()
        self._file.write(f"{monotonic_ns()} {message.key}\n")


def _work(url: str, key: Path, journal: Path, ready: Any, go: Any) -> None:
    store = open_store(url, key=key)
    worker = Worker(store, load_catalogue(), ways={"journal": _Journal(journal)}, name=str(os.getpid()))
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state.in_(WAITING))
    ready.release()
    go.wait()
    while True:
        if worker.round().is_idle:
            with store.reading() as connection:
                if not connection.execute(waiting).scalar_one():
                    return


def _in_order(store: Store, journals: list[Path], messages: int) -> None:
    """Nothing was lost or doubled, and nothing overtook what went before it to the same address."""
    lines = [line.split(" ", 1) for path in journals for line in path.read_text("utf-8").splitlines()]
    arrived = [key for _, key in sorted(lines, key=lambda line: int(line[0]))]
    assert len(arrived) == len(set(arrived)) == messages
    with store.reading() as connection:
        by_key = {row.key: row for row in connection.execute(select(outbox))}
        assert {row.state for row in by_key.values()} == {"sent"}
        assert list(ledger.breaks(connection)) == []
    last: dict[tuple[str, int], int] = {}
    for key in arrived:
        row = by_key[key]
        assert last.get((row.address, row.case_id), 0) < row.id
        last[row.address, row.case_id] = row.id


def _checked(store: Store, *, lifts: bool = False) -> tuple[int, int]:
    """Return how many pushes and messages there are; each push stands in one message of its kind."""
    with store.reading() as connection:
        held = list(connection.execute(select(pushes.c.id)).scalars())
        rows = connection.execute(select(outbox).order_by(outbox.c.id)).all()
        assert list(ledger.breaks(connection)) == []
    for kind in ("push", "lift")[: 1 + lifts]:
        items = (item for row in rows if row.kind == kind for item in json.loads(row.body)["items"])
        assert Counter(item["push"] for item in items) == Counter(held)
    assert len(held) >= LEAST
    return len(held), len(rows)


def _reach(store: Store) -> None:
    with store.writing() as connection:
        for name in set(connection.execute(select(outbox.c.address)).scalars()):
            register(connection, Address(name, "pull"), store.keys, store.clock())
        connection.execute(addresses.update().values(channel="journal"))


@contextmanager
def _clock() -> Iterator[list[float]]:
    took = [0.0]
    start = perf_counter()
    yield took
    took[0] = perf_counter() - start


def _dossier(number: int, **changed: Any) -> dict[str, Any]:
    """Return an invented firm with its representative and its financial officer, as in the examples."""
    body = f"91210681MA{number:07d}"
    firm = {"id": "firm", "kind": "enterprise", "code": body + uscc.calc_check_digit(body)}
    document = f"虚税稽罚〔2018〕{number}号"
    listing = {
        "id": "L1",
        "list": "tax-major-violations",
        "authority": "虚构市税务局稽查局",
        "doc_no": document,
        "conduct": {"since": "2016-03-01", "until": "2016-12-31"},
        "determined": "2018-06-12",
        "served": "2018-06-15",
        "aggregated": "2018-06-20",
        "published": "2018-06-20",
        "until": "2020-06-20",
        "findings": [{"person": "officer", "finds": "directly_responsible", "on": "2018-06-12"}],
        "findings_complete": True,
        **changed,
    }
    facts = {"tax.arrears_unsecured": True}
    return {
        "subjects": [
            {**firm, "name": f"丹东虚构{number}有限公司", "facts": facts, "listings": [listing]},
            _person("head", f"王虚构{number}", "1961", number, "legal_representative"),
            _person("officer", f"李虚构{number}", "1982", number, "financial_officer"),
        ]
    }


def _person(label: str, name: str, year: str, number: int, role: str) -> dict[str, Any]:
    body = f"210681{year}0101{number % 1000:03d}"
    held = {"in": "firm", "role": role, "since": "2015-01-01"}
    id_number = body + ric.calc_check_digit(body + "0")
    return {"id": label, "kind": "natural_person", "name": name, "id_number": id_number, "roles": [held]}
