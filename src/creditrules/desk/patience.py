"""Desk: wait for a delivery, and not longer than a worker has a message.

A receiver that sends a byte every few seconds, or a channel of others that never returns, holds a thread of
its own and not the worker. Should it come to an end after all, the key of the message says that it came
twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future

from creditrules.desk.channels import NotDelivered


def wait_for(call: Callable[[], None], seconds: float) -> None:
    """Make a call, and return when it returns.

    Raises:
        NotDelivered: it took too long.
        Exception: whatever it raised.
    """
    done: Future[None] = Future()
    threading.Thread(target=_make, args=(call, done), name="delivery of one message", daemon=True).start()
    try:
        done.result(seconds)
    except TimeoutError:
        if done.done():
            raise
        raise NotDelivered(f"no end after {seconds:g} seconds") from None


def _make(call: Callable[[], None], done: Future[None]) -> None:
    try:
        call()
    except BaseException as error:
        done.set_exception(error)
    else:
        done.set_result(None)
