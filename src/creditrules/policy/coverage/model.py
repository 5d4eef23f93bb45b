"""Policy, coverage: what examples can exercise, and what they do."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.ready import CaseRef


class Mark(StrEnum):
    """How far something is exercised. `IDLE`: there is nothing in it that a case could exercise."""

    COVERED = "covered"
    PARTLY = "partly"
    UNCOVERED = "uncovered"
    IDLE = "idle"


@frozen
class Branch:
    """One way in which something can come out, the cases that look at it, and those in which it only happens.

    What merely happens protects nothing: the case would pass whatever the rules said.
    """

    name: str
    cases: tuple[CaseRef, ...] = ()
    seen: tuple[CaseRef, ...] = ()

    @property
    def is_covered(self) -> bool:
        """Whether some case looks at it."""
        return bool(self.cases)


@frozen
class Item:
    """One thing in a document that examples can exercise; `branches` are the ways in which it can come out.

    `kind` is `measure`, `unit`, `reach`, `test`, `exception`, `regime`, `duty` or `way_out`; `measure` is the
    key of the measure it belongs to, None for what several share. `note` says why some branch is missing.
    """

    kind: str
    key: str
    text: Text
    branches: tuple[Branch, ...]
    span: Span | None = None
    measure: str | None = None
    note: Text = Text()

    @property
    def mark(self) -> Mark:
        """How far it is exercised."""
        covered = sum(branch.is_covered for branch in self.branches)
        if not self.branches:
            return Mark.IDLE
        if covered == len(self.branches):
            return Mark.COVERED
        return Mark.PARTLY if covered else Mark.UNCOVERED

    def branch(self, name: str) -> Branch | None:
        """Return one of its branches; None when it cannot come out that way."""
        return next((branch for branch in self.branches if branch.name == name), None)

    @property
    def cases(self) -> tuple[CaseRef, ...]:
        """Every case that looks at it."""
        return tuple(dict.fromkeys(case for branch in self.branches for case in branch.cases))


@frozen
class Document:
    """What examples exercise of one memorandum."""

    key: str
    doc_no: str
    title: Text
    items: tuple[Item, ...]
    cases: int
    span: Span | None = None

    def of(self, kind: str) -> tuple[Item, ...]:
        """Return the items of one kind."""
        return tuple(item for item in self.items if item.kind == kind)

    def having(self, branch: str) -> int:
        """Return how many measures have a case on a branch: `positive` or `negative`."""
        found = (item.branch(branch) for item in self.of("measure"))
        return sum(each is not None and each.is_covered for each in found)

    @property
    def bare(self) -> tuple[Item, ...]:
        """The measures that no case looks at in any way."""
        return tuple(item for item in self.of("measure") if item.mark is Mark.UNCOVERED)


@frozen
class Coverage:
    """What examples exercise of a catalogue; `general` are the items of no document: regimes and procedure.

    `failing` are the cases that do not hold: they count for nothing.
    """

    documents: tuple[Document, ...]
    general: tuple[Item, ...]
    cases: int
    failing: tuple[CaseRef, ...] = ()

    @property
    def share(self) -> float:
        """How many per cent of all branches some case looks at."""
        return share_of((*self.general, *(item for d in self.documents for item in d.items)))


def share_of(items: tuple[Item, ...]) -> float:
    """Return how many per cent of the branches of items some case looks at; 100 when there are none."""
    branches = [branch for item in items for branch in item.branches]
    if not branches:
        return 100.0
    return 100 * sum(branch.is_covered for branch in branches) / len(branches)
