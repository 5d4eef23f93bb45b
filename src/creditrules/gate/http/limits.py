"""Gate: how many requests a caller may send: a bucket that fills at a steady rate and takes one for each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic

from attrs import define


@define
class _Bucket:
    tokens: float
    at: float


class Limit:
    """A rate for each caller. The clock of the machine may jump; this one counts on.

    Args:
        rate: requests a second.
        burst: how many may come at once after a rest; twice the rate when nothing is said.
        most: how many callers are remembered; who was quiet longest is forgotten, and starts afresh.
    """

    def __init__(
        self,
        rate: float,
        burst: float | None = None,
        *,
        most: int = 10_000,
        time: Callable[[], float] = monotonic,
    ) -> None:
        self.rate = rate
        self.burst = max(1.0, 2 * rate if burst is None else burst)
        self._most = most
        self._time = time
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, caller: str) -> float:
        """Take one for a caller and return 0, or return how many seconds he has to wait for the next."""
        now = self._time()
        with self._lock:
            bucket = self._buckets.setdefault(caller, _Bucket(self.burst, now))
            self._buckets.move_to_end(caller)
            while len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
            bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.at) * self.rate)
            bucket.at = now
            if bucket.tokens < 1:
                return (1 - bucket.tokens) / self.rate
            bucket.tokens -= 1
            return 0.0
