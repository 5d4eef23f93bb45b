"""The two commands set everything up by themselves, whatever `.venv` they find."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.tree import ROOT

# Stands in for Python: makes an environment that holds itself, and notes what it is asked to install.
INTERPRETER = """#!/bin/sh
case "$1" in
    -c) test ! -e "$(dirname "$0")/foreign" ;;
    -V) echo "Python 3.11.0" ;;
    -m) case "$2" in
            venv) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo venv >> log ;;
            pip) echo "$@" >> log ;;
        esac ;;
esac
"""


class Project:
    """A folder with the set-up script and an interpreter that only notes what it is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stamp = folder / ".venv" / "creditrules-ready"
        (folder / "scripts").mkdir()
        (folder / "path").mkdir()
        shutil.copy(ROOT / "scripts" / "setup.sh", folder / "scripts")
        (folder / "pyproject.toml").write_text("[project]\n", "utf-8")
        interpreter = folder / "path" / "python3.11"
        interpreter.write_text(INTERPRETER, "utf-8")
        interpreter.chmod(0o755)

    def set_up(self) -> list[str]:
        """Run the script and return what was asked of the interpreter, in order."""
        log = self.folder / "log"
        log.write_text("", "utf-8")
        path = os.pathsep.join([str(self.folder / "path"), "/usr/bin", "/bin"])
        command = ["sh", str(self.folder / "scripts" / "setup.sh")]
        subprocess.run(command, check=True, env={"PATH": path}, cwd=self.folder, capture_output=True)
        return log.read_text("utf-8").splitlines()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A fresh project."""
    return Project(tmp_path)


def test_a_fresh_clone_gets_an_environment(project: Project) -> None:
    """The environment is made, what builds durable-rules is put into it, then the project and its tools."""
    asked = project.set_up()

    assert asked[0] == "venv"
    assert asked[1].endswith("setuptools wheel")
    assert asked[2].endswith("--editable .[dev]")
    assert project.stamp.exists()


def test_a_second_run_does_nothing(project: Project) -> None:
    """What is ready is left alone."""
    project.set_up()

    assert project.set_up() == []


def test_changed_requirements_are_installed_into_the_same_environment(project: Project) -> None:
    """A new dependency costs an installation, not a new environment."""
    project.set_up()
    (project.folder / "pyproject.toml").write_text("[project]\nname = 'other'\n", "utf-8")

    asked = project.set_up()

    assert [line.split()[-1] for line in asked] == [".[dev]"]


def test_an_interpreter_that_does_not_run_is_replaced(project: Project) -> None:
    """An environment whose interpreter cannot be run is made anew."""
    project.set_up()
    (project.folder / ".venv" / "bin" / "python").chmod(0o644)

    assert project.set_up()[0] == "venv"


def test_an_environment_of_another_folder_is_replaced(project: Project) -> None:
    """An environment that was made elsewhere, or by an older Python, is made anew."""
    project.set_up()
    (project.folder / ".venv" / "bin" / "foreign").touch()

    assert project.set_up()[0] == "venv"


def test_an_environment_that_was_never_finished_is_replaced(project: Project) -> None:
    """Half an installation is no installation."""
    project.set_up()
    project.stamp.unlink()

    assert project.set_up()[0] == "venv"


def test_the_readme_shows_only_targets_that_are_there() -> None:
    """The commands a reader copies exist."""
    shown = set(re.findall(r"^\$ make ([\w-]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert shown == {"demo", "test"}
    assert shown <= targets


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    """What is checked elsewhere is what is checked here, in a clean clone."""
    script = ROOT / ".ci" / "run"
    text = script.read_text("utf-8")

    assert os.access(script, os.X_OK)
    assert "set -euo pipefail" in text
    assert "git clone" in text
    assert text.rstrip().endswith("make test")
