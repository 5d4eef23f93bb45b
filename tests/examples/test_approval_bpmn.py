"""The approval process in BPMN: it asks the gate, branches four ways, and reports back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from creditrules.desk.desk import Desk
from creditrules.desk.store import open_store
from creditrules.desk.tokens import Principal
from creditrules.gate.desk_source import DeskSource
from creditrules.gate.gate import Gate
from creditrules.gate.receipts import LedgerRecorder
from tests.unit.desk.flow import ON, dossier, held

SCRIPT = Path(__file__).parents[2] / "examples" / "approval-bpmn" / "approval.py"
LISTED, UNKNOWN = "91210681MA0XUGUA2T", "91210600MA0ABCDE18"
UNIT = Principal("1", "丹东市财政局", "unit", "mof")


@pytest.fixture(scope="module")
def example() -> ModuleType:
    """The example, imported from its folder."""
    spec = spec_from_file_location("approval_example", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    made = Desk(open_store(f"sqlite:///{tmp_path}/desk.db"))
    yield made
    made.store.close()


def _approval(example: ModuleType, desk: Desk, applicant: str = LISTED, **changed: Any) -> Any:
    if changed or applicant == LISTED:
        desk.initiate(dossier(**changed), by="市信用办", on=ON)
    gate = Gate(desk.catalogue, DeskSource(desk.store), LedgerRecorder(desk.store))
    application = {"number": "丹财采申〔2018〕7号", "applicant": applicant, "on": "2018-12-20"}
    return example.Approval(gate, desk.store, application, UNIT)


def test_whoever_is_barred_is_refused_and_the_desk_hears_of_it(example: ModuleType, desk: Desk) -> None:
    """The refusal is booked as feedback, with its matter, document and day."""
    approval = _approval(example, desk)

    assert approval.run() is None
    assert approval.outcome["outcome"]["granted"] is False
    booked = approval.outcome["booked"]
    assert booked
    states = {push.id: push.state for push in held(desk.store)}
    assert {states[number] for number in booked} == {"implemented"}


def test_whoever_is_clear_is_granted(example: ModuleType, desk: Desk) -> None:
    """Nothing held, nothing asked of anybody."""
    approval = _approval(example, desk, UNKNOWN)

    assert approval.run() is None
    assert approval.outcome["outcome"]["granted"] is True


def test_a_missing_fact_is_asked_for_and_then_decides(example: ModuleType, desk: Desk) -> None:
    """The process waits for the fact, and asks the gate anew when it is there."""
    approval = _approval(example, desk, aggregated=None)
    assert approval.run() == "find_out"
    desk.initiate(dossier(aggregated=False), by="市信用办", on=ON)

    assert approval.decide() is None
    assert approval.outcome["outcome"]["granted"] is True


@pytest.mark.parametrize("approved", [True, False])
def test_what_is_to_be_weighed_waits_for_a_person(
    example: ModuleType, desk: Desk, monkeypatch: pytest.MonkeyPatch, approved: bool
) -> None:
    """Where the unit has a choice a person decides, either way."""
    monkeypatch.setattr(example, "MATTER", "fiscal.project_fund")
    approval = _approval(example, desk)
    assert approval.run() == "weigh"

    assert approval.decide(approved=approved) is None
    assert approval.outcome["outcome"]["granted"] is approved


def test_the_example_runs_as_its_head_says() -> None:
    """The command in the file prints one refusal and one grant."""
    command = [sys.executable, str(SCRIPT)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)

    assert [("True" in line, "False" in line) for line in ran.stdout.splitlines()] == [
        (False, True),
        (True, False),
    ]
