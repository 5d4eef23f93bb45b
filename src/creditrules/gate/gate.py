"""Gate: one question of an approval system, one answer: found, decided, weighed, and written down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from threading import Lock
from typing import Protocol

from attrs import frozen

from creditrules.decide.decide import decide
from creditrules.errors import Finding, Span, UsageError
from creditrules.gate.check import Checked, check
from creditrules.gate.commitment import ByCommitment, by_commitment
from creditrules.gate.merging import label_of
from creditrules.gate.receipts import Receipt, receipt_of
from creditrules.gate.sources import DossierSource, everything_about
from creditrules.gate.verdict import Verdict
from creditrules.load.dossier import read_dossier
from creditrules.load.identifiers import code_fault, compact, id_number_fault, looks_like_id_number
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook

UNKNOWN = "applicant"
Decides = Callable[[Rulebook, Dossier], Decision]


@frozen
class Question:
    """What is asked: the matter, whose number, by which unit, on which day, for what purpose, by whom."""

    matter: str
    applicant: str
    on: date
    purpose: str
    by: str
    unit: str | None = None


@frozen
class GateAnswer:
    """What was found, whether anything is held on the applicant at all, and the receipt for having asked.

    `by_commitment` says whether the approval may be given on his word.
    """

    checked: Checked
    is_held: bool
    receipt: Receipt
    by_commitment: ByCommitment = ByCommitment(None)

    @property
    def verdict(self) -> Verdict:
        """`clear`, `barred`, `conditional`, `weigh` or `ask`."""
        return self.checked.verdict


class Recorder(Protocol):
    """What writes a question and its answer down before the answer is given, and seals the receipt."""

    def record(self, question: Question, receipt: Receipt) -> Receipt:
        """Write a receipt down and return it sealed."""
        ...


class Gate:
    """Answers questions. It may be shared by threads.

    Args:
        catalogue: what is decided by.
        source: where dossiers come from.
        recorder: writes every question down; nothing is answered that was not written down.
        engine: what decides; `checked` lets two engines agree first.
        decides: makes a decision of a rulebook and a dossier; a service gives one that remembers.
        commitments: the matters that the approving bodies run by commitment (告知承诺).
    """

    def __init__(
        self,
        catalogue: Catalogue,
        source: DossierSource,
        recorder: Recorder,
        engine: str = "checked",
        decides: Decides | None = None,
        commitments: Collection[str] = (),
    ) -> None:
        self.catalogue = catalogue
        self.source = source
        self.recorder = recorder
        self.engine = engine
        self.commitments = frozenset(commitments)
        self.decides: Decides = decides or partial(decide, engine=engine)
        self._lock = Lock()

    def check(self, question: Question) -> GateAnswer:
        """Say whether an approval may be given, and write down that it was asked.

        Raises:
            UsageError: CR641, no such matter; CR643, the number is none; CR644, no purpose.
            FactsError: what is held has findings; there is no answer.
            EngineError: two engines do not agree, or the question could not be written down.
        """
        if not question.purpose.strip():
            raise UsageError([Finding("CR644", Span("gate"))])
        number = compact(question.applicant)
        if (id_number_fault if looks_like_id_number(number) else code_fault)(number) is not None:
            raise UsageError([Finding("CR643", Span("gate"))])
        found = everything_about(number, self.source, self.catalogue)
        dossier = found or self._nobody(number)
        label = label_of(dossier, number) or UNKNOWN
        with self._lock:
            # Of many that ask first in the morning one makes the rulebook of the day.
            book = self.catalogue.rulebook(on=question.on)
        decision = self.decides(book, dossier)
        checked = check(decision, self.catalogue, matter=question.matter, applicant=label, unit=question.unit)
        receipt = self.recorder.record(question, receipt_of(question, checked))
        word = by_commitment(decision, dossier, label, question.matter, checked.verdict, self.commitments)
        return GateAnswer(checked, found is not None, receipt, word)

    @contextmanager
    def asking(self, question: Question) -> Iterator[GateAnswer]:
        """Ask, and let a block run only when the applicant is not barred and no fact is missing.

        Raises:
            NotGranted: the answer is `barred` or `ask`.
        """
        answer = self.check(question)
        if answer.verdict in (Verdict.BARRED, Verdict.ASK):
            raise NotGranted(answer)
        yield answer

    def _nobody(self, number: str) -> Dossier:
        natural = looks_like_id_number(number)
        told = {"id_number": number} if natural else {"code": number}
        kind = "natural_person" if natural else "enterprise"
        subject = {"id": UNKNOWN, "kind": kind, "name": "—", **told}
        return read_dossier({"subjects": [subject]}, self.catalogue)


class NotGranted(Exception):
    """An approval may not be given on this answer."""

    def __init__(self, answer: GateAnswer) -> None:
        super().__init__(answer.verdict.value)
        self.answer = answer
