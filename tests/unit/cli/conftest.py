"""A folder with dossiers, and the program run in it, as a function and as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import creditrules
from creditrules.cli import main

SMALL = str(Path(__file__).parent / "world")
SOURCE = str(Path(creditrules.__file__).parents[1])
DAY = "2018-12-20"
KNOWN = """\
subjects:
  - id: fengyuan
    kind: enterprise
    name: 丹东丰源虚构贸易有限公司
    region: "210600"
    facts: {tax.arrears_unsecured: true}
    listings:
      - {id: L1, list: tax-major, authority: 虚构税务局, doc_no: 虚税〔2018〕1号, conduct: 2017-05-01,
         determined: 2018-02-01, served: 2018-02-10, aggregated: 2018-03-01, published: 2018-03-01}
  - id: wang
    kind: natural_person
    name: 王虚构
    roles:
      - {in: fengyuan, role: legal_representative, since: 2015-01-01}
"""
OPEN = KNOWN.replace("    facts: {tax.arrears_unsecured: true}\n", "")
LINE = (
    '{"subjects": [{"id": "a", "kind": "enterprise", "name": "虚构公司", "facts": {"tax.arrears_unsecured":'
    ' true}, "listings": [{"id": "L1", "list": "tax-major", "determined": "2018-02-01", "served":'
    ' "2018-02-10", "aggregated": "2018-03-01", "published": "2018-03-01"}]}]}'
)
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, with a dossier that is known and one that leaves a fact open."""
    (tmp_path / "known.yaml").write_text(KNOWN, "utf-8")
    (tmp_path / "open.yaml").write_text(OPEN, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "CREDITRULES_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Return a function that runs the program on the small catalogue and gives what it said."""

    def _run(*arguments: str, stdin: str | bytes | None = None, small: bool = True) -> Result:
        given = list(arguments)
        if small and given and given[0] in ("decide", "why", "why-not", "show"):
            given += ["--catalogue", SMALL]
        result = CliRunner().invoke(main, given, input=stdin)
        assert "Traceback" not in result.output
        return result

    return _run


def process(
    *arguments: str, folder: Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a process of its own."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "COLUMNS")}
    return subprocess.run(
        [sys.executable, "-m", "creditrules", *arguments],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env={**inherited, "PYTHONPATH": SOURCE, **environment},
        timeout=60,
        check=False,
    )
