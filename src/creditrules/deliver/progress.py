"""Deliver: a bar on a terminal: how far something is, how fast it goes, how long it still takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO

_PATIENCE = 0.7  # seconds after which a run is long enough for a bar
# How much of how much is done.
Told = Callable[[int, int], None]
# What a step is called, how much of how much is done, how many things that were, and how to say their rate.
Shown = Callable[[str, int, int | None, int, Callable[[float], str]], None]


@contextmanager
def steps(stream: IO[str]) -> Iterator[Shown]:
    """Show a bar while something goes on, and take it away afterwards."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as progress:
        task = progress.add_task("", total=None, rate="")
        since: list[tuple[str, float, int]] = []

        def show(step: str, done: int, total: int | None, things: int, said: Callable[[float], str]) -> None:
            if not since or since[-1][0] != step:
                since.append((step, monotonic(), things))
                progress.reset(task, total=total)
            begun, before = since[-1][1], since[-1][2]
            lasted = monotonic() - begun
            rate = said((things - before) / lasted) if things > before and lasted > 0 else ""
            progress.update(task, description=step, completed=done, total=total, rate=rate)

        yield show


@contextmanager
def counting(stream: IO[str], label: str) -> Iterator[Told]:
    """Give something to tell progress to; a bar appears on a terminal when it takes long."""
    if not stream.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Without a thread of its own: processes are started while it runs.
    bar = Progress(
        TextColumn(label),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(file=stream),
        transient=True,
        auto_refresh=False,
    )
    task, began = bar.add_task("", total=None), monotonic()

    def tell(done: int, of: int) -> None:
        if monotonic() - began < _PATIENCE:
            return
        if not bar.live.is_started:
            bar.start()
        bar.update(task, completed=done, total=of, refresh=True)

    try:
        yield tell
    finally:
        bar.stop()
