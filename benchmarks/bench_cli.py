"""`creditrules decide` from the shell, from the key press to the last line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import DOSSIER, ON, ROOT, Result, median_of

PROGRAM = "from creditrules.cli import main; main()"


def results() -> list[Result]:
    """Measure the program as a user runs it."""
    script = Path(sys.executable).with_name("creditrules")
    program = [str(script)] if script.exists() else [sys.executable, "-c", PROGRAM]

    def run(*arguments: str, **environment: str) -> None:
        around = os.environ | environment
        subprocess.run([*program, *arguments], cwd=ROOT, check=True, capture_output=True, env=around)

    question = ("decide", str(DOSSIER), "--on", str(ON))
    decide = median_of(lambda: run(*question), seconds=4)
    fresh = median_of(lambda: run(*question, CREDITRULES_NO_CACHE="1"), seconds=4)
    help_ = median_of(lambda: run("--help"), seconds=2)
    return [
        Result("`creditrules decide` from the shell", decide, 0.6),
        Result("the same, the catalogue read from YAML", fresh),
        Result("`creditrules --help` from the shell", help_),
    ]
