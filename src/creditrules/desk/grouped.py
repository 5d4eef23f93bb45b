"""Desk: entries of the ledger that come at the same moment are written in one transaction.

Every entry waits for the one before it, so a busy gate would be as slow as its disk. Whoever comes while a
transaction is under way joins the next one; all of them go on when it is kept.
"""

from __future__ import annotations

from concurrent.futures import Future
from threading import Lock

from creditrules.desk.direct import Direct
from creditrules.desk.ledger import Entry

MOST = 500  # entries in one transaction


class GroupedLedger:
    """Writes entries for many threads at once; no thread of its own is needed for it."""

    def __init__(self, direct: Direct) -> None:
        self._direct = direct
        self._waiting: list[tuple[Entry, Future[int]]] = []
        self._mutex = Lock()
        self._turn = Lock()

    def write(self, entry: Entry) -> int:
        """Write an entry; return its number when it is kept.

        Raises:
            EngineError: CR625, the database failed; the entry was not kept.
        """
        mine: Future[int] = Future()
        with self._mutex:
            self._waiting.append((entry, mine))
        # Whoever has the turn writes for all who wait, then finds that his own entry is among them or was
        # written by the one before.
        while not mine.done():
            with self._turn:
                if not mine.done():
                    self._write_all()
        return mine.result()

    def _write_all(self) -> None:
        with self._mutex:
            group, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
        try:
            numbers = self._direct.append([entry for entry, _ in group])
        except BaseException as error:  # whatever it was, nobody may wait for ever
            for _, future in group:
                future.set_exception(error)
            return
        for (_, future), number in zip(group, numbers, strict=True):
            future.set_result(number)
