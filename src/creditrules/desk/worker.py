"""Desk: the worker: takes what is due from the outbox, delivers it, and notes what became of it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import frozen

from creditrules.desk import outbox
from creditrules.desk.channels import Address, Channel, NotDelivered, channels, registered
from creditrules.desk.messages import Composer
from creditrules.desk.outbox import Retry
from creditrules.desk.patience import wait_for
from creditrules.desk.store import Store
from creditrules.errors import CreditRulesError
from creditrules.model.catalogue import Catalogue

_NOTE_AFTER = 1.0  # seconds


@frozen
class Round:
    """What one round came to: how many messages were delivered, and how many were not."""

    sent: int = 0
    failed: int = 0

    @property
    def is_idle(self) -> bool:
        """Whether there was nothing to do."""
        return self.sent == self.failed == 0


class Worker:
    """Delivers messages. Any number of workers may run at once, in any number of processes.

    Args:
        store: where the messages are.
        catalogue: in whose words they are said.
        retry: how often and how patiently a message is tried again.
        ways: the channels; those of the library and of installed packages when nothing is said.
        name: what it is called in the ledger.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        *,
        retry: Retry | None = None,
        ways: Mapping[str, Channel] | None = None,
        name: str | None = None,
    ) -> None:
        self.store = store
        self.retry = retry or Retry()
        self.name = name or f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"
        self._ways = ways if ways is not None else channels()
        self._composer = Composer(store, catalogue)

    def round(self, stopped: Callable[[], bool] = lambda: False) -> Round:
        """Deliver what is due now.

        Args:
            stopped: says whether to leave the rest for later.

        Raises:
            EngineError: CR625, the database failed; what was taken is due again when its lease has run out.
        """
        with self.store.reading() as connection:
            known = registered(connection, self.store.keys)
        rows = outbox.claim(self.store, self.name, sorted(known), self.retry)
        return _Batch(self, known, rows, stopped).delivered()

    def deliver(self, row: Any, address: Address) -> NotDelivered | None:
        """Deliver one message; return why it did not arrive, None when it did."""
        channel = self._ways.get(address.channel)
        if channel is None:
            return NotDelivered(f"the channel {address.channel} is not installed")
        try:
            message = self._composer.message(row)
            wait_for(lambda: channel.deliver(message, address), self.retry.patience)
        except NotDelivered as reason:
            return reason
        except CreditRulesError as error:
            return NotDelivered(str(error))
        except Exception as error:  # a channel of others may raise whatever it likes; the message stays
            return NotDelivered(type(error).__name__)
        return None

    def run(
        self, stop: threading.Event, pause: float = 1.0, told: Callable[[Round], None] | None = None
    ) -> None:
        """Deliver until *stop* is set; when there is nothing to do, look again after a pause.

        A database that is gone is waited for.
        """
        while not stop.is_set():
            try:
                done = self.round(stop.is_set)
            except CreditRulesError:
                done = Round()
            if told is not None and not done.is_idle:
                told(done)
            if done.is_idle:
                stop.wait(pause)


class _Batch:
    """The messages of one round, and what has become of them so far."""

    def __init__(
        self, worker: Worker, known: Mapping[str, Address], rows: Sequence[Any], stopped: Callable[[], bool]
    ) -> None:
        self.worker = worker
        self.known = known
        self.rows = rows
        self.stopped = stopped
        self.began = self.noted = time.monotonic()
        self.sent = self.failed = 0
        self.arrived: list[Any] = []
        # Addresses that did not answer, and how long they are left alone.
        self.down: dict[str, float] = {}
        self.left: list[tuple[Any, float]] = []

    def delivered(self) -> Round:
        for row in self.rows:
            if self.stopped() or time.monotonic() - self.began > self.worker.retry.patience:
                self.left.append((row, 0.0))
            elif row.address in self.down:
                self.left.append((row, self.down[row.address]))
            else:
                self._deliver(row)
            if time.monotonic() - self.noted > _NOTE_AFTER:
                self._note()
        self._note()
        outbox.put_back(self.worker.store, self.left, self.worker.name)
        return Round(self.sent, self.failed)

    def _deliver(self, row: Any) -> None:
        worker, retry = self.worker, self.worker.retry
        reason = worker.deliver(row, self.known[row.address])
        if reason is None:
            self.arrived.append(row)
            return
        if not reason.for_good:
            self.down[row.address] = retry.wait(row.attempts + 1)
        outbox.failed(worker.store, row, worker.name, str(reason), retry, for_good=reason.for_good)
        self.failed += 1

    def _note(self) -> None:
        """Every note costs a transaction, and whoever dies before it lets messages be sent twice."""
        outbox.sent(self.worker.store, self.arrived, self.worker.name)
        self.sent += len(self.arrived)
        self.arrived, self.noted = [], time.monotonic()
