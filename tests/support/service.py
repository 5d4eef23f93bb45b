"""Support: the service of a desk, in the process of the test and as a program of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from creditrules.desk import tokens
from creditrules.desk.desk import Desk
from creditrules.desk.store import Store
from creditrules.gate.http import logs
from creditrules.gate.http.app import create_app
from creditrules.gate.http.settings import Settings
from tests.unit.desk.flow import ON, desk_on, dossier

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it names a successor that need not be there
    from starlette.testclient import TestClient

FIRM, WANG = "91210681MA0XUGUA2T", "21068119751103001X"
OTHER_FIRM, OTHER_WANG = "91210600MA0ABCDE18", "210600197001010010"
# Whoever has a token in these tests: two units, two districts, two clerks, the office.
HOLDERS: Mapping[str, tuple[str, dict[str, str]]] = {
    "finance": ("unit", {"unit": "丹东市财政局"}),
    "police": ("unit", {"unit": "丹东市公安局"}),
    "ministry": ("unit", {"unit": "财政部"}),
    "fengcheng": ("district", {"region": "210681"}),
    "zhongshan": ("district", {"region": "210202"}),
    "clerk": ("clerk", {}),
    "counter": ("clerk", {"unit": "丹东市财政局"}),
    "office": ("office", {}),
}


class Served:
    """A service with one case, and somebody of every role who may ask it."""

    def __init__(self, store: Store, **settings: Any) -> None:
        self.store = store
        self.desk: Desk = desk_on(store)
        self.desk.initiate(here(), by="市信用办", on=ON)
        self.log = io.StringIO()
        with store.writing() as connection:
            self.tokens = {
                name: tokens.create(connection, name, role, store.clock(), "test", **whose)
                for name, (role, whose) in HOLDERS.items()
            }
        self.app = create_app(self.desk, Settings(**{"rate": 1e6, **settings}), logs.logger(self.log))
        self.client = TestClient(self.app, raise_server_exceptions=False)

    def ask(self, who: str | None, method: str, path: str, **options: Any) -> Any:
        """Send a request as somebody; as nobody when None."""
        headers = dict(options.pop("headers", {}))
        if who is not None:
            headers["authorization"] = f"Bearer {self.tokens[who][0]}"
        return self.client.request(method, path, headers=headers, **options)

    def get(self, who: str | None, path: str) -> Any:
        """Get something that must be there, as data."""
        reply = self.ask(who, "GET", path)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def check(self, who: str = "clerk", **changed: Any) -> Any:
        """Ask the gate whether the firm may become a supplier."""
        asked = {
            "matter": "government_procurement.supplier",
            "applicant": FIRM,
            "on": "2018-12-20",
            "purpose": "供应商资格审查 2018-0034",
            **changed,
        }
        return self.ask(who, "POST", "/v1/checks", json={k: v for k, v in asked.items() if v is not None})

    def answer(self, who: str, push: int, event: str, key: str, **details: Any) -> Any:
        """Answer a push."""
        body = {"event": event, "details": details}
        return self.ask(
            who, "POST", f"/v1/pushes/{push}/answers", json=body, headers={"idempotency-key": key}
        )

    def logged(self) -> list[dict[str, Any]]:
        """Return what was written down of requests."""
        return [json.loads(line) for line in self.log.getvalue().splitlines()]


def here(**changed: Any) -> dict[str, Any]:
    """Return the invented firm where local bodies are known."""
    said = dossier(**changed)
    for subject in said["subjects"]:
        subject["region"] = "210681"
    return said


def elsewhere(**changed: Any) -> dict[str, Any]:
    """Return another invented firm, in another city, whose names and numbers are all its own."""
    said = dossier(doc_no="虚税稽罚〔2018〕77号", authority="别处市税务局稽查局", **changed)
    firm, person = said["subjects"]
    firm |= {"id": "orient", "name": "大连别处虚构商贸有限公司", "code": OTHER_FIRM, "region": "210202"}
    person |= {"id": "zhao", "name": "赵别处", "id_number": OTHER_WANG, "region": "210202"}
    person["roles"][0]["in"] = "orient"
    return said


class Program:
    """`creditrules serve` as a process of its own."""

    def __init__(
        self, url: str = "", key: Path | None = None, *options: str, folder: Path | None = None
    ) -> None:
        self.command = [sys.executable, "-c", "from creditrules.cli import main; main()", "serve", *options]
        self.command += ["--store", url] if url else []
        self.command += ["--key", str(key)] if key else []
        self.folder = folder
        self.out = tempfile.TemporaryFile()  # noqa: SIM115
        self.process: subprocess.Popen[bytes] | None = None
        self.address = ""

    def start(self, port: int = 0) -> str:
        """Start it and wait until it is ready; return its address."""
        self.out.seek(0)
        self.out.truncate()
        self.process = subprocess.Popen(
            [*self.command, "--port", str(port)],
            stdout=self.out,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            cwd=self.folder,
            start_new_session=True,
        )
        until(lambda: self.said().count("\n") >= 3, 60)
        self.address = self.said().splitlines()[0].split()[-1]
        until(lambda: self.ask("/ready")[0] == 200, 60)
        return self.address

    def said(self) -> str:
        """Return what it has said so far."""
        return os.pread(self.out.fileno(), 100_000, 0).decode()

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.address.rpartition(":")[2])

    def ask(self, path: str, token: str = "", body: Any = None, **headers: str) -> tuple[int, Any]:
        """Send a request; the status is 0 when nobody answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"content-type": "application/json"})
        for name, value in {"authorization": f"Bearer {token}", **headers}.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return reply.status, json.loads(reply.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())
        except OSError:
            return 0, None

    def stop(self, number: int = signal.SIGTERM) -> str:
        """Stop it and return what it said."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(timeout=60)
            self.process = None
        return self.said()


@contextmanager
def running(url: str, key: Path, *options: str) -> Iterator[Program]:
    """Run `creditrules serve` for as long as it is needed."""
    program = Program(url, key, *options)
    try:
        program.start()
        yield program
    finally:
        program.stop()


def until(holds: Any, seconds: float) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("it did not come true in time")
        time.sleep(0.05)
