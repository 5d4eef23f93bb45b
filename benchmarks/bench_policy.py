"""The policy writer's bench: all shipped examples, from the shell, on the clock and in processor time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.measuring import ROOT, Result, median_of
from creditrules.policy.running import processors

PROGRAM = "from creditrules.cli import main; main()"


def results() -> list[Result]:
    """Measure `creditrules test` as a writer runs it: start-up, reading, deciding and the table included."""
    script = Path(sys.executable).with_name("creditrules")
    program = [str(script)] if script.exists() else [sys.executable, "-c", PROGRAM]

    def run(*arguments: str) -> None:
        command = [*program, "test", *arguments]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=dict(os.environ))

    run()
    used = processors()
    return [
        Result(f"all shipped examples, on the clock, {used} processors", _on_the_clock(run), 3.0),
        Result("all shipped examples, processor time", median_of(run, seconds=6, least=3)),
        Result("the same, one process", median_of(lambda: run("--jobs", "1"), seconds=6, least=3)),
        Result("one file of examples", median_of(lambda: run("examples/patents.examples.yaml"), seconds=2)),
    ]


def _on_the_clock(run: Callable[[], None], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        began = perf_counter()
        run()
        taken.append(perf_counter() - began)
    return median(taken)
