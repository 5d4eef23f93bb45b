"""`creditrules serve` as a program: it starts without set-up, stops gracefully, comes back after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from creditrules.desk import ledger, tokens
from creditrules.desk.desk import Desk
from creditrules.desk.store import Store, open_store
from creditrules.desk.tables import outbox
from creditrules.errors import UsageError
from creditrules.gate.http.server import Served, address_of, listen
from tests.support.databases import Databases
from tests.support.service import FIRM, Program, here, running, until
from tests.unit.desk.flow import ON

ASKED = {"matter": "government_procurement.supplier", "applicant": FIRM, "on": "2018-12-20", "purpose": "x"}


class Office:
    """A store with one case, and the tokens of a clerk and a unit."""

    def __init__(self, url: str, key: Path) -> None:
        self.url, self.key = url, key
        self.store: Store = open_store(url, key=key)
        Desk(self.store).initiate(here(), by="市信用办", on=ON)
        with self.store.writing() as connection:
            now = self.store.clock()
            self.clerk, _ = tokens.create(connection, "clerk", "clerk", now, "t")
            self.unit, _ = tokens.create(connection, "unit", "unit", now, "t", unit="丹东市财政局")

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """Return the entries of a kind; the ledger must be whole."""
        with self.store.reading() as connection:
            assert list(ledger.breaks(connection)) == []
            return [row for row in ledger.rows(connection) if row["kind"] == kind]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(databases: Databases, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """An office on each database."""
    made = Office(databases.url(request.param), tmp_path / "secret.key")
    yield made
    made.store.close()


def test_it_starts_without_any_set_up_and_stops_when_told(tmp_path: Path) -> None:
    """In an empty folder: a database, its secret, an address, the way to a token; the page is there."""
    program = Program(folder=tmp_path)
    address = program.start()
    with urllib.request.urlopen(address) as page:
        assert "联合惩戒核查" in page.read().decode()
    assert address.startswith("http://127.0.0.1:")
    rest = program.stop()

    assert "creditrules desk token create" in rest
    assert "the service has stopped" in rest
    assert {"desk.db", "desk.db.key"} <= {path.name for path in tmp_path.iterdir()}


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    """With its code, and nothing is started."""
    taken = listen("127.0.0.1", 0)
    port = address_of(taken).rpartition(":")[2]
    program = "from creditrules.cli import main; main()"
    options = ["--store", str(tmp_path / "desk.db"), "--port", port]
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", *options], capture_output=True, text=True, timeout=60
    )
    taken.close()

    assert (done.returncode, "CR658" in done.stderr) == (2, True)


def test_an_address_that_is_none_is_told() -> None:
    """Instead of a traceback."""
    with pytest.raises(UsageError, match="CR658"):
        listen("no.such.host.invalid", 0)


def test_an_address_of_the_sixth_version_is_written_as_one() -> None:
    """In brackets, as a browser takes it."""
    try:
        made = listen("::1", 0)
    except UsageError:
        pytest.skip("this machine has no such address")

    assert address_of(made).startswith("http://[::1]:")
    made.close()


def test_several_processes_share_the_rate() -> None:
    """What a token may send does not grow with the number of processes."""
    assert Served("desk.db", rate=100).settings(4).rate == 25


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_a_process_that_dies_is_replaced(office: Office) -> None:
    """Two processes; one is killed, and every question is answered all the same."""
    with running(office.url, office.key, "--workers", "2", "--no-work") as program:
        assert program.process is not None
        children = _children(program.process.pid)
        os.kill(children[-1], signal.SIGKILL)
        until(lambda: _asked(program, office), 30)
        until(lambda: len(set(_children(program.process.pid)) - set(children)) >= 1, 30)
        answers = [program.ask("/v1/checks", office.clerk, ASKED)[0] for _ in range(10)]

    assert answers == [200] * 10


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_processes_whose_parent_was_killed_give_back_the_port(office: Office) -> None:
    """Kill -9 of the first process leaves nobody behind who would keep the next one from starting."""
    program = Program(office.url, office.key, "--workers", "2", "--no-work")
    try:
        program.start()
        program.process.kill()  # type: ignore[union-attr]
        program.process.wait()  # type: ignore[union-attr]
        until(lambda: program.ask("/health")[0] == 0, 30)
        program.start(program.port)
        status, _ = program.ask("/v1/checks", office.clerk, ASKED)
    finally:
        program.stop()

    assert status == 200


def _asked(program: Program, office: Office) -> bool:
    return program.ask("/v1/checks", office.clerk, ASKED)[0] == 200


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if fields[1] == str(pid) and b"spawn_main" in command:
            found.append(int(stat.parent.name))
    return sorted(found)


def test_nothing_answered_is_lost_when_it_is_killed(office: Office) -> None:
    """Kill -9 under load, three times: every answer that was given stands in a whole ledger."""
    program = Program(office.url, office.key, "--no-work")
    given: list[int] = []
    try:
        for _ in range(3):
            program.start(program.port if program.address else 0)
            with ThreadPoolExecutor(4) as pool:
                asked = [pool.submit(program.ask, "/v1/checks", office.clerk, ASKED) for _ in range(40)]
                until(lambda asked=asked: sum(each.done() for each in asked) >= 10, 30)
                program.process.kill()  # type: ignore[union-attr]
                replies = [each.result() for each in asked]
            program.process.wait()  # type: ignore[union-attr]
            assert {status for status, _ in replies} <= {200, 0}
            given += [body["receipt"]["number"] for status, body in replies if status == 200]
    finally:
        program.stop(signal.SIGKILL)

    kept = {row["seq"] for row in office.entries("asked")}
    assert len(given) >= 30
    assert set(given) <= kept


def test_an_answer_sent_again_after_a_kill_is_booked_once(office: Office) -> None:
    """The sender does not know whether it was booked, and need not."""
    program = Program(office.url, office.key, "--no-work")
    key = {"idempotency_key": "k1"}
    try:
        program.start()
        push = program.ask("/v1/pushes?limit=1", office.unit)[1]["pushes"][0]["id"]
        body = {"event": "accept", "details": {}}
        with ThreadPoolExecutor(4) as pool:
            sent = [
                pool.submit(program.ask, f"/v1/pushes/{push}/answers", office.unit, body, **key)
                for _ in range(8)
            ]
            until(lambda: any(each.done() for each in sent), 30)
            program.process.kill()  # type: ignore[union-attr]
            [each.result() for each in sent]
        program.process.wait()  # type: ignore[union-attr]
        program.start(program.port)
        status, said = program.ask(f"/v1/pushes/{push}/answers", office.unit, body, **key)
    finally:
        program.stop()

    assert (status, said["state"]) == (200, "accepted")
    assert len(office.entries("push_accept")) == 1


def test_the_worker_delivers_while_the_service_runs(databases: Databases, tmp_path: Path) -> None:
    """Messages to an address with a channel leave by themselves; told not to, they stay."""
    from creditrules.desk.channels import Address, register

    office = Office(databases.url("sqlite"), tmp_path / "secret.key")
    with office.store.writing() as connection:
        # Nobody listens there: that it was tried shows that somebody works.
        address = Address("丹东市财政局", "webhook", "http://127.0.0.1:9/", "secret")
        register(connection, address, office.store.keys, office.store.clock())

    def tried() -> int:
        query = outbox.select().where(outbox.c.address == "丹东市财政局")
        with office.store.reading() as connection:
            return sum(row.attempts for row in connection.execute(query))

    with running(office.url, office.key, "--no-work"):
        assert tried() == 0
    with running(office.url, office.key):
        until(lambda: tried() > 0, 30)


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_what_is_under_way_is_finished_when_it_stops(office: Office) -> None:
    """A graceful stop answers what has begun."""
    program = Program(office.url, office.key, "--no-work")
    program.start()
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(program.ask, "/v1/checks", office.clerk, ASKED) for _ in range(24)]
        until(lambda: any(each.done() for each in asked), 30)
        rest = program.stop()
        replies = [each.result() for each in asked]

    assert {status for status, _ in replies} <= {200, 0}
    assert "has stopped" in rest
    kept = {row["seq"] for row in office.entries("asked")}
    assert {body["receipt"]["number"] for status, body in replies if status == 200} <= kept
