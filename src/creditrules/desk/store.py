"""Desk: a store: a database that is brought up to date, and transactions on it.

SQLite needs no set-up: a file in write-ahead mode, one writer at a time. PostgreSQL is for real use.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, TimeoutError

from creditrules.desk.clock import Clock, system_clock
from creditrules.desk.keys import VARIABLE, Keys, keys_for
from creditrules.desk.tables import dossiers, secret
from creditrules.errors import EngineError, Finding, Span, UsageError

MIGRATIONS = Path(__file__).parent / "migrations"
_SQLITE = b"SQLite format 3\0"
_WAIT_MS = 30_000  # a writer waits for another this long before it gives up


class Store:
    """A database with the secret that belongs to it."""

    def __init__(self, engine: Engine, keys: Keys, clock: Clock = system_clock) -> None:
        self.engine = engine
        self.keys = keys
        self.clock = clock

    @property
    def is_sqlite(self) -> bool:
        """Whether there is one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection in a transaction that may write: all of it is kept, or nothing.

        Raises:
            EngineError: CR625, the database failed; nothing of the transaction was kept.
        """
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database.

        Raises:
            EngineError: CR625, the database failed.
        """
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        options: dict[str, Any] = {"writes": writes}
        if not writes and not self.is_sqlite:
            # Else every statement would see another state, and a ledger that grows would look cut off.
            options["isolation_level"] = "REPEATABLE READ"
        try:
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        # A connection that cannot be prepared fails in words of the driver, one that is waited for in vain in
        # those of the pool.
        except (DBAPIError, sqlite3.Error, TimeoutError) as error:
            # The statement and its values are left out: they may concern persons.
            said = error.orig if isinstance(error, DBAPIError) else error
            words = {"reason": str(said).partition("\n")[0]}
            raise EngineError([Finding("CR625", Span(""), words)]) from error

    def migrate(self) -> None:
        """Bring the tables up to date; a store that is so already is left as it is.

        Raises:
            EngineError: CR625, the database failed.
            UsageError: CR623, the store was written with another secret.
        """
        from alembic import command

        with self.writing() as connection:
            if not self.is_sqlite:
                # Two services that start at once: the second waits, and finds everything done.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7130423)")
            command.upgrade(_alembic(connection), "head")
            self._belongs(connection)

    def _belongs(self, connection: Connection) -> None:
        """Hold the store to one secret: with another, the same listing would open a second case."""
        mark = connection.execute(select(secret.c.mark)).scalar()
        if mark is None:
            is_ours = self._opens_what_is_kept(connection)
            connection.execute(insert(secret).values(id=1, mark=self.keys.mark))
        else:
            is_ours = mark == self.keys.mark
        if not is_ours:
            # Not the whole address, which may hold a password.
            words = {"about": Path(self.engine.url.database or "").name}
            raise UsageError([Finding("CR623", Span("desk"), words)])

    def _opens_what_is_kept(self, connection: Connection) -> bool:
        """Say whether the secret opens what a store without a mark holds; it opens an empty one."""
        kept = connection.execute(select(dossiers.c.digest, dossiers.c.body).limit(1)).first()
        try:
            return kept is None or bool(self.keys.decrypt(kept.body, kept.digest))
        except UsageError:
            return False

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def open_store(url: str, *, key: Path | None = None, clock: Clock = system_clock) -> Store:
    """Open a store and bring it up to date.

    Args:
        url: `sqlite:///desk.db`, `postgresql+psycopg://…`, or the path of an SQLite file.
        key: the file of the secret; beside an SQLite file it is `<file>.key` when nothing else is said.
        clock: what tells the time.

    Raises:
        UsageError: CR624, there is no such database or driver; CR622, no secret; CR623, it is not that of
            this store.
        EngineError: CR625, the database failed.
    """
    engine = _engine(url)
    if key is None and engine.dialect.name == "sqlite" and engine.url.database:
        key = Path(engine.url.database + ".key")
    if VARIABLE not in os.environ and key is not None and _lacks(key, engine):
        # One made now would open nothing of what is there.
        raise UsageError([Finding("CR622", Span(str(key)), {"where": str(key)})])
    store = Store(engine, keys_for(key), clock)
    store.migrate()
    return store


def _lacks(key: Path, engine: Engine) -> bool:
    """Say whether the secret of a store that has one is gone."""
    # Whoever opens a store first makes its secret before its mark: looked at again, it is there.
    return not key.exists() and _is_marked(engine) and not key.exists()


def _is_marked(engine: Engine) -> bool:
    """Say whether a store is there that belongs to a secret already."""
    try:
        with engine.connect() as connection:
            return inspect(connection).has_table(secret.name) and bool(connection.scalar(select(secret.c.id)))
    except (DBAPIError, sqlite3.Error):
        return False  # what is wrong is told when it is opened


def _engine(url: str) -> Engine:
    try:
        if not url.strip():
            raise ArgumentError("no database is named")
        parsed = make_url(url if "://" in url else f"sqlite:///{url}")
        if parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise ArgumentError(f"{parsed.get_backend_name()} is not supported")
        _check_file(parsed)
        options: dict[str, Any] = {} if parsed.get_backend_name() == "sqlite" else {"pool_pre_ping": True}
        engine = create_engine(parsed, **options)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        words = {"reason": str(error).partition("\n")[0]}
        raise UsageError([Finding("CR624", Span("desk"), words)]) from None
    if engine.dialect.name == "sqlite":
        _as_one_writer(engine)
    return engine


def _check_file(url: URL) -> None:
    """Refuse what cannot become an SQLite file, before anything is written beside it."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    file = Path(url.database)
    if file.is_dir():
        raise ArgumentError(f"{file} is a folder")
    if not file.parent.is_dir():
        raise ArgumentError(f"there is no folder {file.parent}")
    try:
        with file.open("rb") as stream:
            head = stream.read(len(_SQLITE))
    except FileNotFoundError:
        return
    except OSError as error:
        raise ArgumentError(f"{file}: {error.strerror}") from None
    if head and head != _SQLITE:
        raise ArgumentError(f"{file} holds something else than a database")


def _as_one_writer(engine: Engine) -> None:
    """Let SQLite take its lock when a transaction begins, so that reading first and writing later works."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for line in (f"busy_timeout={_WAIT_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {line}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alembic(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
