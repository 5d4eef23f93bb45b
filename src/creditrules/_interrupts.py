"""Ctrl-C: whenever it comes, the program ends with the code of an interrupted one, and says so once.

A second Ctrl-C ends the process at once, whatever it is doing.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_came = threading.Event()


def listen() -> None:
    """Hear Ctrl-C from now on, unless it is to be left alone, as in the background of a shell."""
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _hear)


def _hear(number: int, frame: FrameType | None) -> None:
    """Interrupt what is going on.

    Raises:
        KeyboardInterrupt: always.
    """
    _came.set()
    let_go()
    raise KeyboardInterrupt


def let_go() -> None:
    """Leave Ctrl-C to the system, which ends the process: there is nothing more to say."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def came() -> bool:
    """Say whether Ctrl-C came: whatever went wrong after that is its doing."""
    return _came.is_set()


def stop_if_it_came() -> None:
    """Stop where Ctrl-C came while nobody could be told, as when Python cleans up.

    Raises:
        KeyboardInterrupt: it came.
    """
    if came():
        raise KeyboardInterrupt


@contextmanager
def held() -> Iterator[None]:
    """Let Ctrl-C wait until something is done that must not be torn apart, such as loading a package.

    A package that is torn apart while it is loaded fails in ways of its own, and one that takes Ctrl-C for
    itself forgets it when it is busy: whoever heard it before hears it again afterwards.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
