"""Population: let memory that one step has left serve the next, instead of asking for it again.

The C library of Linux asks the system for every large array anew, and each page of it is then brought in
one by one; on the way through a population that takes longer than the work.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_MAX = -1, -2, -4
_KEPT, _AHEAD = 2**31 - 1, 64 * 2**20
# What the library begins with.
_USUAL = ((_MMAP_MAX, 65536), (_TRIM_THRESHOLD, 128 * 1024), (_TOP_PAD, 128 * 1024))


_lock = Lock()
_depth = 0


@contextmanager
def kept_memory() -> Iterator[None]:
    """Keep memory for reuse until the end of the outermost of these, where the C library knows how."""
    global _depth
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    if library is None or not hasattr(library, "mallopt") or not hasattr(library, "malloc_trim"):
        yield
        return
    with _lock:
        _depth += 1
        if _depth == 1:
            for option, value in ((_MMAP_MAX, 0), (_TRIM_THRESHOLD, _KEPT), (_TOP_PAD, _AHEAD)):
                library.mallopt(option, value)
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if not _depth:
                for option, value in _USUAL:
                    library.mallopt(option, value)
                library.malloc_trim(0)
