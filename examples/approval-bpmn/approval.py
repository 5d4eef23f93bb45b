"""An approval process in BPMN that asks the gate before it grants, and reports back when it refuses.

The subjects of the dossier it uses are invented.

Run it beside a desk:  python examples/approval-bpmn/approval.py
The process is `approval.bpmn`; any BPMN editor shows and changes it. Here stands only what its tasks do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import select

from creditrules.desk.answers import Answer, answer
from creditrules.desk.chart import PushEvent
from creditrules.desk.store import Store
from creditrules.desk.tables import pushes
from creditrules.desk.tokens import Principal
from creditrules.gate.gate import Gate, Question

PROCESS = Path(__file__).with_name("approval.bpmn")
MATTER, UNIT = "government_procurement.supplier", "财政部"


class Approval:
    """One application on its way through the process.

    Args:
        gate: what is asked.
        store: the desk that wants to hear what became of its pushes.
        application: `number`, `applicant` (his credit code) and `on`, the day it is decided.
        unit: who approves, as the desk knows it.
    """

    def __init__(self, gate: Gate, store: Store, application: dict[str, Any], unit: Principal) -> None:
        self.gate, self.store, self.unit = gate, store, unit
        tasks: dict[str, Callable[..., Any]] = {
            "ask": self._ask,
            "grant": self._grant,
            "refuse": self._refuse,
            "report_back": self._report_back,
        }
        parser = BpmnParser()
        parser.add_bpmn_file(str(PROCESS))
        engine = PythonScriptEngine(environment=TaskDataEnvironment(tasks))
        self.workflow = BpmnWorkflow(parser.get_spec("approval"), script_engine=engine)
        self.workflow.get_next_task(state=TaskState.READY).set_data(application=application)

    def run(self) -> str | None:
        """Go on until a person is needed or the process has ended; return the task of the person."""
        self.workflow.do_engine_steps()
        waiting = self.workflow.get_next_task(state=TaskState.READY, manual=True)
        return None if waiting is None else str(waiting.task_spec.name)

    def decide(self, **said: Any) -> str | None:
        """Do what the person was asked for, and go on."""
        task = self.workflow.get_next_task(state=TaskState.READY, manual=True)
        task.set_data(**said)
        task.run()
        return self.run()

    @property
    def outcome(self) -> dict[str, Any]:
        """What the process has come to."""
        data: dict[str, Any] = self.workflow.data
        return data

    def _ask(self, application: dict[str, Any]) -> dict[str, Any]:
        found = self.gate.check(
            Question(
                matter=MATTER,
                applicant=application["applicant"],
                on=date.fromisoformat(application["on"]),
                purpose=f"供应商资格审查 {application['number']}",
                by=self.unit.name,
                unit=UNIT,
            )
        )
        return {
            "verdict": found.verdict.value,
            "receipt": found.receipt.number,
            "actions": [ground.action.key for ground in found.checked.grounds],
            "asks": [ask.question.zh for ask in found.checked.asks],
        }

    def _grant(self, application: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        return {"granted": True, "number": application["number"], "receipt": answer["receipt"]}

    def _refuse(self, application: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
        return {"granted": False, "number": application["number"], "receipt": answer["receipt"]}

    def _report_back(
        self, application: dict[str, Any], found: dict[str, Any], outcome: dict[str, Any]
    ) -> list[int]:
        """Tell the desk that the measure was carried out: on which matter, by which document, and when."""
        said = {"matter": MATTER, "document": outcome["number"], "date": application["on"]}
        with self.store.reading() as connection:
            query = select(pushes).where(pushes.c.unit == self.unit.unit)
            held = [p for p in connection.execute(query) if p.action.partition("@")[0] in found["actions"]]
        return [
            answer(
                self.store,
                Answer(push.id, PushEvent.IMPLEMENT, f"{outcome['number']}:{push.id}", said),
                self.unit,
            ).push
            for push in held
        ]


def main() -> None:
    """Run two applications through the process: one of a listed firm, one of a firm nobody knows."""
    import tempfile

    from creditrules.desk.desk import Desk
    from creditrules.desk.store import open_store
    from creditrules.gate.desk_source import DeskSource
    from creditrules.gate.receipts import LedgerRecorder

    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(open_store(f"sqlite:///{folder}/desk.db"))
        dossier = Path(__file__).parents[1] / "dossiers" / "fengyuan.yaml"
        desk.initiate(dossier.read_bytes(), by="市信用办", on=date(2018, 12, 20))
        gate = Gate(desk.catalogue, DeskSource(desk.store), LedgerRecorder(desk.store))
        unit = Principal("1", "丹东市财政局", "unit", "mof")
        for code in ("91210681MA0XUGUA2T", "91210600MA0ABCDE18"):
            application = {"number": f"丹财采申〔2018〕{code[-2:]}号", "applicant": code, "on": "2018-12-20"}
            approval = Approval(gate, desk.store, application, unit)
            waits = approval.run()
            print(code, waits or approval.outcome["outcome"])
        desk.store.close()


if __name__ == "__main__":
    main()
