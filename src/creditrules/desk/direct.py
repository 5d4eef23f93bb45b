"""Desk: the few statements that every look-up needs, given to the driver of PostgreSQL as they are.

What SQLAlchemy adds to a statement costs more than the statement, and to whoever answers hundreds of them in
a second that is most of his time. The statements are those of the other modules, compiled once. SQLite takes
the usual way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import Executable, bindparam, insert, update

from creditrules.desk.ledger import Anchor, Entry, append, chained
from creditrules.desk.store import Store
from creditrules.desk.tables import ledger, ledger_head
from creditrules.errors import EngineError, Finding, Span

_IDLE = 0.5  # seconds after which a connection is tried before it is relied on
# Holds the end of the chain, as `ledger.hold` does, and says where it is.
_HELD = (
    update(ledger_head)
    .values(seq=ledger_head.c.seq)
    .returning(ledger_head.c.seq, ledger_head.c.at, ledger_head.c.hash)
)
_ROW = insert(ledger).values({column.name: bindparam(column.name) for column in ledger.c})
_END = update(ledger_head).values({name: bindparam(name) for name in ("seq", "at", "hash")})


class Direct:
    """Statements on connections of its own; safe to use from many threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._free: list[tuple[Any, float]] = []
        self._lock = Lock()
        self._texts: dict[Executable, str] = {}

    def rows(self, query: Executable, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a query that reads, their columns in its order.

        Raises:
            EngineError: CR625, the database failed.
        """
        if self.store.is_sqlite:
            with self.store.reading() as connection:
                return connection.execute(query, dict(values)).all()
        with self._connection() as direct:
            found: list[Any] = direct.execute(self._text(query), values, prepare=True).fetchall()
        return found

    def append(self, entries: Sequence[Entry]) -> list[int]:
        """Write entries at the end of the ledger, all of them or none; see `ledger.append`.

        Raises:
            EngineError: CR625, the database failed; nothing was kept.
        """
        if self.store.is_sqlite:
            with self.store.writing() as connection:
                return append(connection, entries, self.store.clock())
        # Whatever fails on the way, the connection is given up and its transaction with it.
        with self._connection() as direct, direct.pipeline():
            direct.execute("BEGIN", prepare=True)
            seq, at, before = direct.execute(self._text(_HELD), prepare=True).fetchone()
            rows = chained(entries, Anchor(seq, before), max(self.store.clock(), at))
            with direct.cursor() as cursor:
                for row in rows:
                    cursor.execute(self._text(_ROW), row, prepare=True)
                last = {name: rows[-1][name] for name in ("seq", "at", "hash")}
                cursor.execute(self._text(_END), last, prepare=True)
                cursor.execute("COMMIT", prepare=True)
        return [row["seq"] for row in rows]

    def close(self) -> None:
        """Give back every connection that nobody uses."""
        with self._lock:
            free, self._free = self._free, []
        for direct, _ in free:
            direct.close()

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        driver: Any = self.store.engine.dialect.loaded_dbapi
        direct = None
        try:
            direct = self._taken(driver)
            yield direct
        except driver.Error as error:
            # The others were connected to the same server.
            self.close()
            words = {"reason": str(error).partition("\n")[0]}
            raise EngineError([Finding("CR625", Span(""), words)]) from error
        else:
            with self._lock:
                self._free.append((direct, monotonic()))
            direct = None
        finally:
            if direct is not None:
                direct.close()

    def _taken(self, driver: Any) -> Any:
        with self._lock:
            direct, since = self._free.pop() if self._free else (None, 0.0)
        if direct is not None and monotonic() - since > _IDLE:
            try:
                direct.execute("SELECT 1")
            except driver.Error:
                direct.close()
                direct = None
        return direct or self._connected()

    def _connected(self) -> Any:
        dialect = self.store.engine.dialect
        arguments, options = dialect.create_connect_args(self.store.engine.url)
        direct: Any = dialect.connect(*arguments, **options)
        direct.autocommit = True
        return direct

    def _text(self, statement: Executable) -> str:
        text = self._texts.get(statement)
        if text is None:
            compiled: Any = statement.compile(dialect=self.store.engine.dialect)  # type: ignore[attr-defined]
            text = self._texts[statement] = str(compiled)
        return text
