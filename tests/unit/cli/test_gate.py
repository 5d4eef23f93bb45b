"""The gate from the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from creditrules.cli import main
from tests.unit.desk.flow import dossier

FIRM = "91210681MA0XUGUA2T"
ASKED = ("--matter", "government_procurement.supplier", "--on", "2018-12-20", "--purpose", "资格审查 7 号")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with one dossier below `dossiers`."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "CREDITRULES_STORE", "CREDITRULES_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "dossiers").mkdir()
    said = json.dumps(dossier(), ensure_ascii=False)
    (tmp_path / "dossiers" / "firm.json").write_text(said, "utf-8")
    return tmp_path


def _gate(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["gate", *arguments])
    assert result.exit_code == code, result.output
    return result


def test_a_listed_applicant_is_barred_with_reasons_and_a_receipt() -> None:
    """The answer names the action, says that no word is taken, and gives the number of the receipt."""
    said = _gate(FIRM, *ASKED, "--dossiers", "dossiers").output

    assert said.startswith("Barred")
    assert "receipt 1" in said
    assert "by commitment" in said


def test_the_answer_is_data_when_asked_for() -> None:
    """The same answer as JSON, for another program."""
    data = json.loads(_gate(FIRM, *ASKED, "--dossiers", "dossiers", "--format", "json").output)

    assert data["verdict"] == "barred"
    assert data["by_commitment"]["is_open"] is False
    assert FIRM not in json.dumps(data["receipt"])


def test_whoever_is_not_held_is_clear() -> None:
    """The desk holds nothing, and says so."""
    assert _gate(FIRM, *ASKED, "--lang", "zh").output.startswith("无碍")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("丰源", *ASKED), "CR643"),
        ((FIRM, "--matter", "procurement", *ASKED[2:]), "CR641"),
        ((FIRM, *ASKED[:-1], " "), "CR644"),
        ((FIRM, *ASKED, "--dossiers", "nowhere"), "CR557"),
    ],
)
def test_a_question_that_cannot_be_answered_is_told(arguments: tuple[str, ...], code: str) -> None:
    """A wrong number, matter, purpose or folder is named; nothing is answered."""
    assert code in _gate(*arguments, code=2).output
