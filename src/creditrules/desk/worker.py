"""Desk: the worker: takes what is due from the outbox, delivers it, and notes what became of it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Mapping

from attrs import frozen

from creditrules.desk import outbox
from creditrules.desk.channels import Address, Channel, NotDelivered, channels, registered
from creditrules.desk.messages import Composer
from creditrules.desk.outbox import Retry
from creditrules.desk.store import Store
from creditrules.errors import CreditRulesError
from creditrules.model.catalogue import Catalogue


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
    """Delivers messages. Any number of workers may run at once, in any number of processes."""

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

    def round(self) -> Round:
        """Deliver what is due now.

        Raises:
            EngineError: CR625, the database failed; what was taken is due again when its lease has run out.
        """
        with self.store.reading() as connection:
            known = registered(connection, self.store.keys)
        sent = failed = 0
        for row in outbox.claim(self.store, self.name, sorted(known), self.retry):
            reason = self._deliver(row, known[row.address])
            if reason is None:
                outbox.sent(self.store, row.id, self.name)
                sent += 1
            else:
                outbox.failed(
                    self.store, row.id, self.name, str(reason), self.retry, for_good=reason.for_good
                )
                failed += 1
        return Round(sent, failed)

    def _deliver(self, row: object, address: Address) -> NotDelivered | None:
        channel = self._ways.get(address.channel)
        if channel is None:
            return NotDelivered(f"the channel {address.channel} is not installed")
        try:
            channel.deliver(self._composer.message(row), address)
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
                done = self.round()
            except CreditRulesError:
                done = Round()
            if told is not None and not done.is_idle:
                told(done)
            if done.is_idle:
                stop.wait(pause)
