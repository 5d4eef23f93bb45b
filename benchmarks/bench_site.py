"""The pages of the shipped catalogue with its examples, in both languages: built, and from the shell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench_cli import PROGRAM
from benchmarks.measuring import ROOT, Result, median_of
from creditrules import load_catalogue
from creditrules.site.build import site_of
from creditrules.site.cases import cases_below

TARGET = 10.0


def results() -> list[Result]:
    """Measure the pages alone, and the command with loading, examples and files."""
    catalogue = load_catalogue()
    cases = cases_below([ROOT / "examples"])
    files = site_of(catalogue, cases)
    pages = sum(name.endswith(".html") for name in files)

    def whole() -> None:
        with TemporaryDirectory() as folder:
            command = [sys.executable, "-c", PROGRAM, "site", str(Path(folder) / "site")]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    built = median_of(lambda: site_of(catalogue, cases), seconds=0, least=3)
    note = f"{pages} pages, {sum(map(len, files.values())) / 2**20:.0f} MiB, {cases.number} examples"
    return [
        Result("build the site of the shipped catalogue", built, note=note),
        Result("`creditrules site` from the shell", median_of(whole, seconds=0, least=3), TARGET),
    ]
