"""Faults: processes that can be killed: one that has everything loaded, and makes children when it is told.

`python -m tests.faults.nursery FOLDER NOTES` loads the catalogue of a folder and reads a job a line; each job
is done by a child of its own. A child is a real process: nothing it holds in memory outlives it.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from tests.support.tree import ROOT

KILLED = -signal.SIGKILL


class Nursery:
    """The side of the tests: starts jobs, waits for them, kills them."""

    def __init__(self, catalogue: Path, notes: Path) -> None:
        self.notes = notes
        around = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", str(catalogue), str(notes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=around,
            cwd=ROOT,
            text=True,
        )

    def start(self, what: str, **job: Any) -> int:
        """Begin a job; return the number of its process."""
        return int(self._ask(do=what, **job))

    def wait(self, pid: int, seconds: float = 60.0) -> int | None:
        """Return how a job ended: 0 when it is done, `KILLED`, 1 when it failed; None when it still runs."""
        status = self._ask(wait=pid, seconds=seconds)
        return None if status is None else int(status)

    def done(self, what: str, **job: Any) -> int:
        """Do a job and return how it ended."""
        status = self.wait(self.start(what, **job))
        assert status is not None, f"{what} does not end"
        return status

    def kill(self, pid: int) -> None:
        """Kill a job, without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def said(self) -> str:
        """Return what jobs that failed had to say."""
        return self.notes.read_text("utf-8") if self.notes.exists() else ""

    def close(self) -> None:
        """End it, and every job that still runs."""
        assert self._program.stdin is not None
        self._program.stdin.close()
        self._program.wait(20)
        assert self._program.stdout is not None
        self._program.stdout.close()

    def _ask(self, **question: Any) -> Any:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(question) + "\n")
        self._program.stdin.flush()
        line = self._program.stdout.readline()
        assert line, f"the nursery is gone\n{self.said()}"
        return json.loads(line)


def _main(folder: str, notes: str) -> None:
    """The side of the processes."""
    from tests.faults import jobs

    given = jobs.prepare(Path(folder))
    children: set[int] = set()
    while line := sys.stdin.readline():
        question = json.loads(line)
        if "wait" in question:
            answer: Any = _waited(question["wait"], question["seconds"], children)
        else:
            if question["do"] == "serve":
                jobs.prepare_service()  # once, and not in every child
            answer = _child(question, given, Path(notes))
            children.add(answer)
        print(json.dumps(answer), flush=True)
    for pid in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _waited(pid: int, seconds: float, children: set[int]) -> int | None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            children.discard(pid)
            return os.waitstatus_to_exitcode(status)
        select.select([], [], [], 0.002)
    return None


def _child(question: dict[str, Any], given: Any, notes: Path) -> int:
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        from tests.faults import jobs

        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        # What a child prints is not an answer of its parent.
        os.dup2(os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        os.dup2(1, 2)
        getattr(jobs, question.pop("do"))(given, **question)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _main(*sys.argv[1:])
