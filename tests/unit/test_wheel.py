"""What is installed is complete: the wheel holds the catalogue, its examples, the texts and the schemas."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.tree import PACKAGE, ROOT, modules

FOLDERS = {"memoranda": "catalogue/memoranda", "rules": "catalogue/rules", "examples": "catalogue/examples"}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside the wheel."""
    pytest.importorskip("hatchling", reason="the wheel is built by hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def names(everything: set[str]) -> set[str]:
    """The names inside the wheel, below `creditrules/`."""
    prefix = "creditrules/"
    return {name.removeprefix(prefix) for name in everything if name.startswith(prefix)}


def _below(folder: Path) -> set[str]:
    return {
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }


@pytest.mark.parametrize(("here", "there"), FOLDERS.items(), ids=FOLDERS)
def test_the_wheel_holds_the_whole_catalogue(names: set[str], here: str, there: str) -> None:
    """An installed library has the same documents as a checkout."""
    expected = {f"{there}/{name}" for name in _below(ROOT / here)}

    assert expected
    assert expected - names == set()


def test_the_wheel_holds_the_manifest_and_the_marker_of_types(names: set[str]) -> None:
    """The manifest makes the folder a catalogue; `py.typed` makes the annotations count."""
    assert {"catalogue/catalogue.yaml", "py.typed"} <= names


def test_the_wheel_holds_every_module_and_text(names: set[str]) -> None:
    """No module and no page of a finding is left behind."""
    expected = {p.relative_to(PACKAGE).as_posix() for p in modules()}
    expected |= {f"texts/{name}" for name in _below(PACKAGE / "texts")}

    assert expected - names == set()


def test_the_wheel_holds_the_schemas(names: set[str]) -> None:
    """Whoever checks a decision from elsewhere finds the form it has."""
    assert {f"schemas/{name}" for name in _below(ROOT / "schemas")} - names == set()


def test_the_wheel_holds_no_other_package(everything: set[str]) -> None:
    """What lies under `plugins/` is installed by itself, or not at all."""
    assert [n for n in everything if not n.startswith(("creditrules/", "creditrules-"))] == []
