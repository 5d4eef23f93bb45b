"""Ctrl-C: whenever it comes, the program ends with 130 and says how far it came."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from tests.support.crowds import written

from .conftest import DAY, SOURCE

# Presses Ctrl-C at a point of the program: when a module is asked for, or a chunk is to be decided.
_PRESSING = """
import os, signal, sys

def press():
    os.kill(os.getpid(), signal.SIGINT)

class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == point:
            sys.meta_path.remove(self)
            press()

class Unheard:
    def __del__(self):
        press()
        for _ in range(1000):
            pass

point = sys.argv.pop(1)
sys.meta_path.insert(0, Pressing())
from creditrules.__main__ import main

if point.startswith("chunk"):
    from creditrules.population import run

    decide = run._Running.decide

    def decided(self, number):
        if number == 2:
            press() if point == "chunk" else Unheard()
        return decide(self, number)

    run._Running.decide = decided
main()
"""
_GIVEN = ("population", "in", "--on", DAY, "--out", "out", "--sample", "2")
_SAID = "interrupted: {} of 4 chunks are done; go on with --resume\n"


def _pressed(point: str, folder: Path, *more: str) -> tuple[int, str]:
    """Run the program with Ctrl-C at a point; return how a shell reports its end, and what it said."""
    ended = subprocess.run(
        [sys.executable, "-c", _PRESSING, point, *_GIVEN, *more],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": SOURCE, "LANG": "C", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return ended.returncode if ended.returncode >= 0 else 128 - ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("creditrules.cli._program", "interrupted · 已中断\n"),
        ("creditrules.cli.population", "interrupted\n"),
        ("polars.dataframe.frame", "interrupted before anything was written\n"),
        ("creditrules.population.run", "interrupted before anything was written\n"),
        ("chunk", _SAID.format(2)),
        ("creditrules.cli._population", _SAID.format(4)),
    ],
)
def test_the_program_ends_whenever_it_is_interrupted(point: str, said: str, folder: Path) -> None:
    """While it is loaded, while a package is, before the run, in it, and when all that is left is to tell."""
    written(folder / "in")

    assert _pressed(point, folder, "--chunks", "4") == (130, said)


def test_an_interruption_that_nobody_heard_stops_the_run_at_the_next_chunk(folder: Path) -> None:
    """Python drops what is raised while it cleans up; the run is stopped all the same."""
    written(folder / "in")
    code, said = _pressed("chunk unheard", folder, "--chunks", "4")

    assert (code, said.endswith(_SAID.format(3))) == (130, True), said


def test_an_interrupted_run_is_resumed(folder: Path) -> None:
    """What was done is kept, and the result is that of a run nobody interrupted."""
    written(folder / "in")
    code, _ = _pressed("chunk", folder, "--chunks", "4")
    done = sorted(folder.glob("out/actions/*.parquet"))
    again, said = _pressed("nowhere", folder, "--resume")
    whole, _ = _pressed("nowhere", folder, "--chunks", "4", "--out", "whole")

    assert (code, again, whole, said) == (130, 0, 0, "")
    assert len(done) == 2
    assert not list(folder.rglob(".*.part"))
    parts = [pl.read_parquet(folder / name / "actions" / "*.parquet") for name in ("out", "whole")]
    assert parts[0].equals(parts[1])
