"""Population: how far a run is, and a bar that shows it with its rate and the time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from creditrules.deliver.words import Words


@frozen
class Progress:
    """How far a run is: `step` (`spreading` or `deciding`), `done` of `total` chunks, subjects decided."""

    step: str
    done: int
    total: int
    subjects: int = 0


Told = Callable[[Progress], None]


@contextmanager
def bar(words: Words, stream: IO[str]) -> Iterator[Told]:
    """Give something to tell progress to; nothing is shown where nobody watches."""
    if not stream.isatty():
        yield lambda progress: None
        return
    from creditrules.deliver.progress import steps

    with steps(stream) as shown:
        yield lambda progress: _show(shown, progress, words)


def _show(shown: Callable[..., Any], progress: Progress, words: Words) -> None:
    shown(
        words(f"population.{progress.step}"),
        progress.done,
        progress.total or None,
        progress.subjects,
        lambda rate: words("population.per_second", n=f"{rate:,.0f}"),
    )
