"""`creditrules decide` from the shell, from the key press to the last line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import DOSSIER, ON, ROOT, Result, median_of

PROGRAM = "from creditrules.cli import main; main()"


def results() -> list[Result]:
    """Measure the program as a user runs it."""
    script = Path(sys.executable).with_name("creditrules")
    program = [str(script)] if script.exists() else [sys.executable, "-c", PROGRAM]

    def run(*arguments: str) -> None:
        subprocess.run([*program, *arguments], cwd=ROOT, check=True, capture_output=True)

    decide = median_of(lambda: run("decide", str(DOSSIER), "--on", str(ON)), seconds=4)
    help_ = median_of(lambda: run("--help"), seconds=2)
    return [
        Result("`creditrules decide` from the shell", decide, 0.6),
        Result("`creditrules --help` from the shell", help_),
    ]
