"""What every benchmark uses: the shipped example, medians, and rows that say whether a target is met."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
DOSSIER = ROOT / "examples" / "dossiers" / "fengyuan-two-listings.yaml"
ON = date(2018, 12, 20)


@dataclass(frozen=True)
class Result:
    """One measured thing: seconds (or megabytes, when `unit` says so), and the target when there is one."""

    what: str
    value: float
    target: float | None = None
    unit: str = "s"
    note: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the value stays below its target."""
        return self.target is None or self.value < self.target

    def shown(self, value: float | None) -> str:
        """Write a value in the unit people read best."""
        if value is None:
            return "–"
        if self.unit != "s":
            return f"{value:.3g} {self.unit}" if abs(value) < 1 else f"{value:.1f} {self.unit}"
        for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
            if value * factor >= 1 or unit == "µs":
                return f"{value * factor:.3g} {unit}"
        raise AssertionError("unreachable")


def median_of(run: Callable[[], object], *, seconds: float = 2.0, least: int = 5) -> float:
    """Return the median processor time of a call, over as many calls as fit into a span (at least a few).

    Unlike the time on the clock it does not depend on what else the machine is doing; the programs that a
    call waits for are counted.
    """
    run()
    times: list[float] = []
    with _quiet():
        end = perf_counter() + seconds
        while len(times) < least or perf_counter() < end:
            start = _used()
            run()
            times.append(_used() - start)
    return median(times)


def _used() -> float:
    children = getrusage(RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the collector of cycles out of single calls; what it costs is in the growth benchmark."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def table(results: list[Result]) -> str:
    """Return results as a Markdown table."""
    lines = ["| what | median | target | met |", "|---|---|---|---|"]
    for r in results:
        met = "" if r.target is None else "yes" if r.is_met else "**no**"
        target = "" if r.target is None else f"< {r.shown(r.target)}"
        lines.append(
            f"| {r.what}{f' ({r.note})' if r.note else ''} | {r.shown(r.value)} | {target} | {met} |"
        )
    return "\n".join(lines)
