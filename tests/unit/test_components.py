"""A test that needs what is not there is left out aloud, or fails where everything must be there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import ROOT

NEEDS = '''
import pytest
from tests.support.components import needed

@pytest.fixture
def engine():
    return needed("steam engine", None)

def test_one(engine):
    """It moves."""

def test_other():
    """It waits."""
    needed("steam engine", None)

def test_there():
    """What is there is given."""
    assert needed("wheel", 4) == 4
'''


def _run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_needs.py").write_text(NEEDS, "utf-8")
    (folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
        str(folder),
    ]
    around = {k: v for k, v in os.environ.items() if not k.startswith(("CREDITRULES_", "PYTEST_"))}
    around |= {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]), **environment}
    return subprocess.run(command, capture_output=True, text=True, env=around, cwd=folder, timeout=120)


def test_what_was_left_out_is_named_with_the_number_of_tests(tmp_path: Path) -> None:
    """The run passes, and its summary says for want of what how many tests did not run."""
    said = _run(tmp_path)

    assert said.returncode == 0, said.stdout
    assert "steam engine: 2 tests left out" in said.stdout
    assert "1 passed, 2 skipped" in said.stdout


def test_where_every_component_must_be_there_a_missing_one_fails(tmp_path: Path) -> None:
    """Continuous integration may not take for tested what it did not run."""
    said = _run(tmp_path, CREDITRULES_ALL_COMPONENTS="1")

    assert said.returncode == 1
    assert "component missing: steam engine" in said.stdout
    assert "1 passed" in said.stdout


@pytest.mark.parametrize("script", [".ci/run"])
def test_the_integration_script_asks_for_every_component(script: str) -> None:
    """It is a shell script without mistakes of form, and leaves nothing out."""
    checked = subprocess.run(["bash", "-n", script], cwd=ROOT, capture_output=True, text=True)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert "CREDITRULES_ALL_COMPONENTS=1" in (ROOT / script).read_text("utf-8")
