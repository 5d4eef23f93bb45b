"""The workload and the shipped catalogue beside other rule engines: the ratios that are promised.

`creditrules bench` prints the whole tables; a population has a benchmark of its own.
"""

from __future__ import annotations

from benchmarks.measuring import Result
from creditrules import load_catalogue
from creditrules.testing.bench import Section
from creditrules.testing.bench_shipped import bench_shipped
from creditrules.testing.bench_workload import LOOP, bench_workload
from creditrules.testing.peers.known import PEERS

SUBJECTS = 1000
ZEN = "zen-engine"


def results() -> list[Result]:
    """Measure both catalogues with the peers that are installed."""
    work = bench_workload(SUBJECTS, PEERS)
    shipped = bench_shipped(load_catalogue(), SUBJECTS // 4, PEERS)
    rows = [Result(f"workload, `{n}`", work.line(n).times.median) for n in ("indexed", "durable", "checked")]
    rows.append(Result("workload, `indexed` by a loop by hand", _times(work, "indexed", LOOP), 2.0, "×"))
    spread = work.line("indexed").times
    rows.append(Result("workload, p99 of `indexed` by its median", spread.p99 / spread.median, 8.0, "×"))
    for name, times in work.extra.items():
        rows.append(Result(f"ten times the lists, `{name}`", times, 1.5, "×"))
    for section in (work, shipped):
        if ZEN not in section.absent:
            for name, least in (("indexed", 1 / 80), ("checked", 1 / 5)):
                part = _times(section, name, ZEN)
                rows.append(Result(f"{section.key}, `{name}` by {ZEN}", part, least, "×"))
    return rows


def _times(section: Section, name: str, than: str) -> float:
    return section.line(name).times.median / section.line(than).times.median
