"""Testing: how fast a decision is, beside other rule engines: equal answers first, then times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

from attrs import field, frozen

from creditrules.errors import EngineError, Finding, Span
from creditrules.testing.peers.known import PEERS, is_installed
from creditrules.testing.timing import Times, measure

# What a contestant answers for an input, in a form that can be compared; None: nothing to compare.
Answer = Callable[[Any], object]
Told = Callable[[int, int], None]


@frozen
class Contestant:
    """Something that is timed: its name, what it does, its inputs, and its answers for comparing.

    `does` is `all` or `conditions`: a peer that decides conditions only has its joins made for it. `load` is
    how long making it ready took, in seconds.
    """

    name: str
    ask: Callable[[Any], object]
    inputs: Sequence[Any]
    answer: Answer | None = None
    does: str = "all"
    version: str = ""
    load: float = 0.0


@frozen
class Line:
    """One contestant with its times; `checked` is how many of its answers were compared."""

    contestant: Contestant
    times: Times
    checked: int


@frozen
class Section:
    """What was measured on one kind of work. `than` is the line that ratios are taken against."""

    key: str
    size: dict[str, int]
    lines: tuple[Line, ...]
    than: str
    absent: tuple[str, ...] = ()
    extra: dict[str, float] = field(factory=dict)

    def line(self, name: str) -> Line:
        """Return a line by the name of its contestant."""
        return next(line for line in self.lines if line.contestant.name == name)


def contest(
    key: str,
    contestants: Sequence[Contestant],
    right: Answer,
    inputs: Sequence[Any],
    *,
    than: str,
    size: dict[str, int],
    passes: int = 5,
    seconds: float = 2.0,
    told: Told = lambda done, of: None,
    absent: Iterable[str] = (),
) -> Section:
    """Compare the answers of contestants with the right ones, and then time them.

    Raises:
        EngineError: CR598, an answer is wrong; nothing is timed.
    """
    checked = [_check(each, right, inputs, seconds) for each in contestants]
    pairs = [(each.ask, each.inputs) for each in contestants]
    times = measure(pairs, passes=passes, seconds=seconds, told=told)
    lines = tuple(Line(c, t, n) for c, t, n in zip(contestants, times, checked, strict=True))
    return Section(key, size, lines, than, tuple(absent))


def _check(contestant: Contestant, right: Answer, inputs: Sequence[Any], seconds: float) -> int:
    if contestant.answer is None:
        return 0
    end = perf_counter() + max(seconds, 1.0) * 4
    for n, (mine, given) in enumerate(zip(contestant.inputs, inputs, strict=True)):
        if contestant.answer(mine) != right(given):
            words = {"name": contestant.name, "number": str(n)}
            raise EngineError([Finding("CR598", Span(contestant.name), words)])
        if perf_counter() > end:
            return n + 1
    return len(contestant.inputs)


def made(make: Callable[[], Any]) -> tuple[Any, float]:
    """Make something, and say how long it took."""
    start = perf_counter()
    return make(), perf_counter() - start


def present(peers: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split peers into those that are installed and those that are not."""
    named = [name for name in PEERS if name in set(peers)]
    return [n for n in named if is_installed(n)], [n for n in named if not is_installed(n)]
