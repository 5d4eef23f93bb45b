"""Testing: how long one call takes for each of many inputs, for several contestants in turn."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter
from typing import Any

from attrs import frozen


@frozen
class Times:
    """The times of a contestant in seconds, sorted: for each input the least of several passes."""

    each: tuple[float, ...]

    def at(self, share: float) -> float:
        """Return the time below which a share of the inputs stays."""
        return self.each[min(int(len(self.each) * share), len(self.each) - 1)]

    @property
    def median(self) -> float:
        """The time that half of the inputs stay below."""
        return self.at(0.5)

    @property
    def p99(self) -> float:
        """The time that ninety-nine in a hundred stay below."""
        return self.at(0.99)

    @property
    def mean(self) -> float:
        """The time of an input on average."""
        return sum(self.each) / len(self.each)


def measure(
    contestants: Sequence[tuple[Callable[[Any], object], Sequence[Any]]],
    *,
    passes: int = 5,
    seconds: float = 2.0,
    told: Callable[[int, int], None] = lambda done, of: None,
) -> list[Times]:
    """Time every contestant on its inputs, all of them in every pass, so that they meet the same machine.

    The least of the passes is kept for each input: it is what the work takes when nothing else disturbs it. A
    slow contestant gets as many of its inputs as fit into the *seconds* of a pass.
    """
    kept = [_warm(ask, inputs, seconds) for ask, inputs in contestants]
    least = [[float("inf")] * len(inputs) for inputs in kept]
    with _quiet():
        for done in range(passes):
            for (ask, _), inputs, best in zip(contestants, kept, least, strict=True):
                for n, given in enumerate(inputs):
                    start = perf_counter()
                    ask(given)
                    took = perf_counter() - start
                    if took < best[n]:
                        best[n] = took
            told(done + 1, passes)
    overhead = min(_empty())
    return [Times(tuple(sorted(max(t - overhead, 0.0) for t in best))) for best in least]


def _warm(ask: Callable[[Any], object], inputs: Sequence[Any], seconds: float) -> Sequence[Any]:
    """Ask about every input once, or as far as time allows, and return those."""
    end = perf_counter() + seconds
    for n, given in enumerate(inputs, 1):
        ask(given)
        if perf_counter() > end:
            return inputs[:n]
    return inputs


def _empty() -> Iterable[float]:
    """Yield what two looks at the clock take."""
    for _ in range(200):
        start = perf_counter()
        yield perf_counter() - start


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the collector of cycles out of single calls."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
