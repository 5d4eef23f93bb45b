"""Desk: how messages reach an address: by webhook, by a folder, or as an installed package does it.

Whoever has no address of his own pulls: his messages wait for him, and the worker leaves them alone.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Protocol

from attrs import field, frozen
from sqlalchemy import Connection, insert, select, update

from creditrules.desk.keys import Keys
from creditrules.desk.messages import Message
from creditrules.desk.tables import addresses
from creditrules.errors import Finding, Span, UsageError
from creditrules.load.findings import near

PULL = "pull"


class NotDelivered(Exception):
    """A message did not arrive; `for_good` when trying again is of no use."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


@frozen
class Address:
    """How somebody is reached: the channel, its target (a URL, a folder), and a secret to sign with."""

    name: str
    channel: str
    target: str = ""
    secret: str | None = field(default=None, repr=False)


class Channel(Protocol):
    """A way to deliver messages. A plug-in offers one in the entry-point group `creditrules.channels`."""

    def check(self, address: Address) -> str | None:
        """Say what is wrong with an address, None when nothing is."""
        ...

    def deliver(self, message: Message, address: Address) -> None:
        """Deliver a message; to return means that it has arrived.

        Raises:
            NotDelivered: it has not.
        """
        ...


def channels() -> Mapping[str, Channel]:
    """Return the channels of the library and those that installed packages offer."""
    from creditrules.desk.folder import LetterFolder, SpreadsheetFolder
    from creditrules.desk.plugged import installed_channels
    from creditrules.desk.webhook import Webhook

    own: dict[str, Channel] = {
        "webhook": Webhook(),
        "spreadsheet": SpreadsheetFolder(),
        "letter": LetterFolder(),
    }
    return {**installed_channels(), **own}


def register(connection: Connection, address: Address, keys: Keys, now: str) -> None:
    """Say how somebody is reached from now on.

    Raises:
        UsageError: CR636, there is no such channel; CR637, the address does not fit it.
    """
    known = channels()
    if address.channel != PULL:
        channel = known.get(address.channel)
        if channel is None:
            words = {"channel": address.channel, **near(address.channel, [PULL, *known])}
            raise UsageError([Finding("CR636", Span("desk"), words)])
        fault = channel.check(address)
        if fault is not None:
            raise UsageError([Finding("CR637", Span("desk"), {"address": address.name, "reason": fault})])
    sealed = keys.encrypt(address.secret.encode(), f"address {address.name}") if address.secret else None
    row = {"channel": address.channel, "target": address.target, "secret": sealed, "changed_at": now}
    if not connection.execute(
        update(addresses).where(addresses.c.name == address.name).values(**row)
    ).rowcount:
        connection.execute(insert(addresses).values(name=address.name, **row))


def registered(connection: Connection, keys: Keys) -> Mapping[str, Address]:
    """Return everybody who is reached in another way than by pulling."""
    found = {}
    for row in connection.execute(select(addresses).where(addresses.c.channel != PULL)):
        secret = keys.decrypt(row.secret, f"address {row.name}").decode() if row.secret else None
        found[row.name] = Address(row.name, row.channel, row.target, secret)
    return found


def signature(body: bytes, secret: str) -> str:
    """Return what a receiver checks a message by: HMAC-SHA-256 of its bytes."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
