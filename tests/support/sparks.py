"""Spark for tests: a session in this process, and a cluster of two workers as processes of their own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest

from tests.support.components import needed
from tests.support.parcels import plain
from tests.support.tree import PACKAGE

_HOME = "127.0.0.1"
# A short run is over before a better compiler would pay.
_JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss4m"
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "1g",
    "spark.driver.host": _HOME,
    "spark.driver.bindAddress": _HOME,
    "spark.driver.extraJavaOptions": _JAVA,
    "spark.executor.memory": "512m",
    "spark.executor.extraJavaOptions": _JAVA,
    "spark.sql.shuffle.partitions": "3",
}
_SECONDS = 180


def environment() -> dict[str, str]:
    """Return what programs of Spark need to find Java, Python and this library."""
    needed("java", shutil.which("java"))
    return {
        **os.environ,
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": str(PACKAGE.parent),
        "SPARK_LOCAL_IP": _HOME,
        "SPARK_HOME": str(_folder()),
        "POLARS_MAX_THREADS": "1",
    }


def _folder() -> Path:
    return Path(str(pytest.importorskip("pyspark").__file__)).parent


@contextmanager
def local_session(folder: Path) -> Iterator[Any]:
    """Give a session that works in this process, with two threads."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]")
        for name, value in {**_SETTINGS, "spark.sql.warehouse.dir": str(folder)}.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        try:
            yield session
        finally:
            session.stop()


def frames(session: Any, tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    """Return tables as frames of Spark."""
    return {name: session.createDataFrame(plain(table)) for name, table in tables.items()}


class Cluster(NamedTuple):
    """A master and its workers: the URL, the processes, and the folder in which executors work."""

    url: str
    workers: list[subprocess.Popen[bytes]]
    work: Path

    def submit(self, script: Path, *arguments: object) -> subprocess.Popen[str]:
        """Start a script on the cluster, as `spark-submit` does."""
        settings = [part for pair in _SETTINGS.items() for part in ("--conf", "=".join(pair))]
        command = [str(_folder() / "bin" / "spark-submit"), "--master", self.url, *settings]
        with self._log.open("w", encoding="utf-8") as log:
            return subprocess.Popen(
                [*command, str(script), *map(str, arguments)],
                env=environment(),
                cwd=self.work,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
            )

    @property
    def _log(self) -> Path:
        return self.work / "driver.log"

    def log(self) -> str:
        """Return what the driver of the last script complained of."""
        return self._log.read_text("utf-8", "replace")[-4000:]

    def executors(self) -> list[int]:
        """Return the processes that work for somebody now, on the first worker."""
        return _children(self.workers[0].pid)

    def begun(self) -> int:
        """Return how many executors were ever started."""
        return len(list(self.work.glob("worker*/app-*/*")))


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a standalone cluster: a master and two workers with one core each."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        address = ["--host", _HOME, "--webui-port", "0"]
        log = folder / "master.log"
        started.append(_started("master.Master", log, *address, "--port", "0"))
        url = _found(r"Starting Spark master at (spark://\S+)", log)
        for n in (1, 2):
            log = folder / f"worker{n}.log"
            own = ["--cores", "1", "--memory", "700m", "--work-dir", str(folder / f"worker{n}")]
            started.append(_started("worker.Worker", log, *address, *own, url))
        for n in (1, 2):
            _found("Successfully registered with master", folder / f"worker{n}.log")
        yield Cluster(url, started[1:], folder)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()


def _started(name: str, log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    program = str(_folder() / "bin" / "spark-class")
    env = {**environment(), "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": _JAVA}
    with log.open("wb") as file:
        return subprocess.Popen(
            [program, f"org.apache.spark.deploy.{name}", *arguments],
            env=env,
            cwd=log.parent,
            stdout=file,
            stderr=subprocess.STDOUT,
        )


def _found(pattern: str, log: Path) -> str:
    """Wait until a log says something, and return what is sought in it."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        match = re.search(pattern, log.read_text("utf-8", "replace"))
        if match:
            return match[match.lastindex or 0]
        time.sleep(0.1)
    raise TimeoutError(f"{log.name} does not say {pattern!r}: {log.read_text('utf-8', 'replace')[-2000:]}")


def _children(process: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (entry / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == process:
                found.append(int(entry.name))
    return found
