"""The dossier source on a platform's own tables."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "examples" / "dossier-source-django" / "ask.py"


def test_the_gate_answers_from_the_tables_of_a_platform() -> None:
    """A listed firm is barred and an unlisted one clear, read from tables made for something else."""
    command = [sys.executable, str(SCRIPT)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    listed, other = ran.stdout.splitlines()
    assert listed.split()[1] == "barred"
    assert "government_procurement.supplier" in listed
    assert other.split()[1:] == ["clear"]
