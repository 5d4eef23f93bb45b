"""Resident memory after fifty thousand decisions by the default engine, in a process of its own."""

from __future__ import annotations

import gc
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import DOSSIER, ON, ROOT, Result
from creditrules import decide, load_catalogue, read_dossier

DECISIONS = 50_000
WARM_UP = 2_000


def results() -> list[Result]:
    """Measure growth in a fresh process, so that nothing measured before counts."""
    command = [sys.executable, "-m", "benchmarks.bench_growth"]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [Result(f"growth over {DECISIONS} decisions", float(run.stdout), 5.0, unit="MB")]


def _resident() -> float:
    """Return the resident memory in megabytes; only Linux tells it without a package."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 / 1e6


def _grow() -> float:
    catalogue = load_catalogue()
    rulebook = catalogue.rulebook(on=ON)
    dossier = read_dossier(DOSSIER, catalogue)
    for _ in range(WARM_UP):
        decide(rulebook, dossier)
    before = _resident()
    for _ in range(DECISIONS):
        decide(rulebook, dossier)
    return _resident() - before


if __name__ == "__main__":
    print(_grow())
