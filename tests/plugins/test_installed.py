"""The packages as somebody installs them: with pip, into an environment of their own, found by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.support.tree import ROOT

PLUGINS = {"national-basis": "creditrules_national_basis", "dandong": "creditrules_dandong"}
DOSSIER = """\
subjects:
  - id: beichen
    kind: enterprise
    name: 虚构北辰食品公司
    region: "210602"
    listings:
      - {id: D, list: administrative-decisions, determined: 2025-03-10, served: 2025-03-12,
         facts: {decision.ground: food_licence_revoked}}
"""


def _python(environment: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "LANG", "LC_ALL")}
    return subprocess.run(
        [str(environment / "bin" / "python"), *arguments],
        cwd=cwd,
        env={**inherited, "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(environment / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the library and both packages, installed by pip without a network."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    # What the library depends on comes from the environment that runs the tests.
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    for package in (ROOT, *(ROOT / "plugins" / name for name in PLUGINS)):
        install = ("-m", "pip", "install", "--no-index", "--no-deps", "--no-build-isolation", str(package))
        done = _python(folder, *install, cwd=folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_an_installed_catalogue_is_named_on_the_command_line(environment: Path) -> None:
    """`--catalogue national-basis` stands on the shipped catalogue and decides by present law."""
    (environment / "dossier.yaml").write_text(DOSSIER, "utf-8")
    ask = ("-m", "creditrules", "decide", "dossier.yaml", "--on", "2026-06-01", "--format", "json")

    done = _python(environment, *ask, "--catalogue", "national-basis", cwd=environment)

    assert done.returncode == 0, done.stderr
    decided = json.loads(done.stdout)
    measures = {part["measure"] for action in decided["actions"] for part in action["parts"]}
    assert "statute-food-safety-law#135-1" in measures or "135-1" in measures


@pytest.mark.slow
def test_both_packages_stack_and_the_notice_is_shown(environment: Path) -> None:
    """A city stands on a national catalogue that stands on the shipped one."""
    ask = ("-m", "creditrules", "show", "丹信办发[2018]14号", "--lang", "zh")
    stack = ("--catalogue", "national-basis", "--catalogue", "dandong")

    done = _python(environment, *ask, *stack, cwd=environment)

    assert done.returncode == 0, done.stderr
    assert "各部分（19）" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("name", "package"), PLUGINS.items())
def test_the_wheel_of_a_package_holds_its_documents(name: str, package: str, tmp_path: Path) -> None:
    """Every file of the catalogue is installed, and nothing of the library."""
    pytest.importorskip("hatchling", reason="the wheel is built by hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT / "plugins" / name, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {n for n in archive.namelist() if ".dist-info/" not in n}

    here = ROOT / "plugins" / name / "src"
    files = (p for p in here.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    assert names == {p.relative_to(here).as_posix() for p in files}
    assert all(n.startswith(f"{package}/") for n in names)
