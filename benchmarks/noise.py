"""What else the machine is doing, so that figures from a busy machine are not taken for those of a quiet one.

Two things are looked at: how late somebody wakes who has slept for a moment, before anything is measured; and
how many processors others use while something is measured.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.measuring import Result

_TICKS = os.sysconf("SC_CLK_TCK")
_NAP = 0.001


def lateness(seconds: float = 3.0) -> tuple[float, float]:
    """Sleep for a thousandth of a second again and again; return by how much it was too long, p50 and p99."""
    late, end = [], perf_counter() + seconds
    while perf_counter() < end:
        begun = perf_counter()
        sleep(_NAP)
        late.append(perf_counter() - begun - _NAP)
    late.sort()
    return late[len(late) // 2], late[len(late) * 99 // 100]


@dataclass
class Others:
    """How many processors others kept busy, in the mean, and for what part of the time the host took ours."""

    processors: float = 0.0
    stolen: float = 0.0


@contextmanager
def others(folder: Path | None = None) -> Iterator[Others]:
    """Measure what others do while a block runs.

    Args:
        folder: whoever works in it is ours, such as a database server; so are this process and its children.
    """
    found = Others()
    busy, stolen, began = *_whole(), perf_counter()
    mine = _ours(folder)
    yield found
    took = perf_counter() - began
    after, stolen_after = _whole()
    found.processors = max(0.0, (after - busy - (_ours(folder) - mine)) / took)
    found.stolen = (stolen_after - stolen) / took


def before() -> list[Result]:
    """Return how quiet the machine is before anything is measured."""
    with others() as seen:
        p50, p99 = lateness()
    return [
        Result("noise: a sleeper of 1 ms wakes too late by: p50", p50, note="before the run"),
        Result("noise: a sleeper of 1 ms wakes too late by: p99", p99, note="before the run"),
        Result("noise: processors others use", seen.processors, unit=f"of {os.cpu_count()}", note="before"),
    ]


def during(what: str, seen: Others) -> list[Result]:
    """Return what others did while something was measured."""
    used = Result(f"noise: processors others use, {what}", seen.processors, unit=f"of {os.cpu_count()}")
    return [used, *([Result("noise: taken by the host", seen.stolen, unit="of 1")] * (seen.stolen > 0.005))]


def _whole() -> tuple[float, float]:
    """Return the seconds all processors were busy, and those the host took."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    user, nice, system, _, _, irq, softirq, steal = fields[:8]
    return (user + nice + system + irq + softirq) / _TICKS, steal / _TICKS


def _ours(folder: Path | None) -> float:
    """Return the seconds this process, its children, and whoever works in a folder have used.

    What a child had used when it ended is its parent's; who ended unseen counts among the others.
    """
    parents: dict[int, int] = {}
    spent: dict[int, int] = {}
    inside: set[int] = {os.getpid()}
    for path in Path("/proc").glob("[0-9]*"):
        pid = int(path.name)
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            if folder is not None and Path(os.readlink(path / "cwd")).is_relative_to(folder):
                inside.add(pid)
        except OSError:
            continue
        parents[pid], spent[pid] = int(fields[1]), sum(map(int, fields[11:15]))
    grown = True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in inside} - inside
        inside |= more
        grown = bool(more)
    return sum(spent.get(pid, 0) for pid in inside) / _TICKS
