"""Desk: deliver by webhook: a signed CloudEvent, posted; any answer in the 200s means that it has arrived."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlsplit

import httpx

from creditrules.desk.channels import Address, NotDelivered, signature
from creditrules.desk.messages import Message

TIMEOUT = 10.0
# What no repetition mends: the receiver has understood and refuses.
_FOR_GOOD = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422})
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Webhook:
    """Posts messages. It follows no redirect: what is signed for one receiver is for nobody else."""

    def __init__(self, timeout: float = TIMEOUT, transport: httpx.BaseTransport | None = None) -> None:
        self._timeout = timeout
        self._transport = transport

    @cached_property
    def _client(self) -> httpx.Client:
        # Made when it is needed: it reads the certificates of the machine, and to check addresses takes none.
        # No connection serves two messages: of a receiver that answers twice the second answer would stand
        # for that to the next message, which may never have been booked.
        return httpx.Client(
            timeout=self._timeout,
            transport=self._transport,
            follow_redirects=False,
            limits=httpx.Limits(max_keepalive_connections=0),
            headers={"connection": "close"},
        )

    def check(self, address: Address) -> str | None:
        """Say what is wrong with an address: messages name persons, so they go out encrypted and signed."""
        parts = urlsplit(address.target)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            return "a webhook is an https address"
        return None if address.secret else "a webhook needs a secret to sign with"

    def deliver(self, message: Message, address: Address) -> None:
        """Post a message.

        Raises:
            NotDelivered: it was refused, failed, or nobody answered in time.
        """
        body = message.body()
        headers = {
            "content-type": "application/cloudevents+json; charset=utf-8",
            "idempotency-key": message.key.encode("ascii", "xmlcharrefreplace").decode(),
            "x-creditrules-signature": signature(body, address.secret or ""),
        }
        try:
            # What the receiver writes below its status is not read, however long it is.
            with self._client.stream("POST", address.target, content=body, headers=headers) as reply:
                status, is_success = reply.status_code, reply.is_success
        except httpx.HTTPError as error:
            raise NotDelivered(f"{type(error).__name__}") from None
        if not is_success:
            raise NotDelivered(f"answered {status}", for_good=status in _FOR_GOOD)
