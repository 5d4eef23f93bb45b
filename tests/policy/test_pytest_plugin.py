"""The plug-in for pytest: an item for each case, failures in words of the catalogue, no cost for others."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.policy.test_examples import FILE
from tests.support.tree import PACKAGE, ROOT

PLUGIN = "creditrules.policy.pytest_plugin"
# An installed library offers its plug-in by itself, and pytest takes no plug-in twice.
_OFFERED = any(entry.value == PLUGIN for entry in entry_points(group="pytest11"))
_LOADED = () if _OFFERED else ("-p", PLUGIN)


def pytest_in(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run pytest with the plug-in in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", *_LOADED, "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(PACKAGE.parent),
            "LANG": "C",
            "LC_ALL": "C.UTF-8",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a case that passes and one that does not."""
    cases = FILE.replace("EXPECT", '{not: [{measure: "9", against: jia}], untouched: [{against: nobody}]}')
    differing = cases.replace(", untouched: [{against: nobody}]", "").replace("the case", "differs")
    good = "  - {name: passes, on: 2018-12-20, expect: {status: {L1: active}}}\n"
    strange = "  - {name: strange, on: 2018-12-20, expect: {untouched: [{against: nobody}]}}\n"
    (tmp_path / "one.examples.yaml").write_text(differing + good + strange, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def test_every_case_is_an_item(folder: Path) -> None:
    """Named as the case is, in its file."""
    said = pytest_in(folder, "--collect-only", "-q").stdout

    assert said.splitlines()[:3] == [
        "one.examples.yaml::differs",
        "one.examples.yaml::passes",
        "one.examples.yaml::strange",
    ]


def test_a_failure_tells_the_differences_with_their_places(folder: Path) -> None:
    """Without a traceback; what could not be run is told as a finding."""
    run = pytest_in(folder, "-v")

    assert run.returncode == 1
    assert "1 passed" in run.stdout
    assert "2 failed" in run.stdout
    assert "one.examples.yaml:13:20: decided but must not be: measure 9" in run.stdout
    assert "because: coverage: enterprise – the party itself" in run.stdout
    assert "CR464 there is no subject `nobody`" in run.stdout
    assert "Traceback" not in run.stdout
    assert "pytest_plugin.py" not in run.stdout


def test_the_words_are_those_of_the_language_of_the_run(folder: Path) -> None:
    """As for the program itself."""
    run = pytest_in(folder, LC_ALL="zh_CN.UTF-8")

    assert "one.examples.yaml:13:20: 不应有而作出：第9项" in run.stdout


def test_items_are_chosen_by_k_and_report_their_line(folder: Path) -> None:
    """As other items are."""
    run = pytest_in(folder, "-q", "-k", "passes", "--junitxml", "out.xml", "-o", "junit_family=xunit1")

    assert run.returncode == 0, run.stdout
    assert 'file="one.examples.yaml" line="13"' in (folder / "out.xml").read_text("utf-8")


def test_the_catalogue_is_set_in_the_ini_file(folder: Path) -> None:
    """A folder is named from the root of the tests; what cannot be loaded is told."""
    (folder / "pytest.ini").write_text("[pytest]\ncreditrules_catalogue = here\n", encoding="utf-8")
    missing = pytest_in(folder, "-q", "-k", "passes")
    (folder / "here").symlink_to(ROOT)
    there = pytest_in(folder, "-q", "-k", "passes", "--ignore", "here")

    assert missing.returncode == 1
    assert "CR557" in missing.stdout
    assert there.returncode == 0, there.stdout


def test_a_file_that_cannot_be_read_is_an_error_of_collection(folder: Path) -> None:
    """With its findings, and no traceback."""
    (folder / "bad.examples.yaml").write_text("examples: x\ncases: [{nam: a}]\n", encoding="utf-8")

    run = pytest_in(folder, "-q", "bad.examples.yaml")

    assert run.returncode == 2
    assert "CR461 unknown key `nam`" in run.stdout
    assert "Traceback" not in run.stdout


def test_other_runs_of_pytest_load_nothing_of_the_library(tmp_path: Path) -> None:
    """What decides examples is imported when a file of examples is met."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n"
        "def test_it():\n"
        "    ours = {n.partition('.')[2] for n in sys.modules if n.startswith('creditrules.')}\n"
        "    assert ours <= {'_public', 'policy', 'policy.pytest_plugin'}\n"
        "    assert 'pydantic' not in sys.modules and 'attr' not in sys.modules\n",
        encoding="utf-8",
    )

    run = pytest_in(tmp_path, "-q")

    assert run.returncode == 0, run.stdout


def test_the_plug_in_is_an_entry_point_of_the_package() -> None:
    """So that pytest finds it wherever the library is installed."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    assert f'[project.entry-points.pytest11]\ncreditrules = "{PLUGIN}"' in project
