"""Policy, mutation: what became of a mutant, and of all of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.ready import CaseRef


class State(StrEnum):
    """What became of a mutant.

    `NOTICED`: an example fails. `UNNOTICED`: none does. `ASLEEP`: the rules differ on no day on which an
    example decides. `EQUAL`: they differ on no day at all, so no example could notice.
    """

    NOTICED = "noticed"
    UNNOTICED = "unnoticed"
    ASLEEP = "asleep"
    EQUAL = "equal"


@frozen
class Verdict:
    """One mutant and what became of it.

    `by` is the first case that failed. `reached` is a case whose decision differs though nobody looks, and
    `add` the line that would make it look. `shows_on` is the first day on which a sleeping one would show.
    """

    key: str
    operator: str
    state: State
    said: Text
    measures: frozenset[str] = frozenset()
    span: Span | None = None
    by: CaseRef | None = None
    reached: CaseRef | None = None
    add: str = ""
    hint: Text = Text()
    shows_on: date | None = None


@frozen
class Report:
    """Everything that a run over one document found.

    `cases` is how many cases could have noticed something, `failing` those that fail without any change and
    so say nothing, `made` how many mutants there are when only some were tried.
    """

    memorandum: str
    verdicts: tuple[Verdict, ...]
    cases: int
    failing: tuple[CaseRef, ...] = ()
    made: int = 0
    seconds: float = field(default=0.0, eq=False)

    def of(self, state: State) -> tuple[Verdict, ...]:
        """Return the verdicts of one state."""
        return tuple(verdict for verdict in self.verdicts if verdict.state is state)

    @property
    def share(self) -> float:
        """How many per cent of the mutants that an example could have noticed were noticed."""
        noticed, unnoticed = len(self.of(State.NOTICED)), len(self.of(State.UNNOTICED))
        return 100.0 if not noticed + unnoticed else 100 * noticed / (noticed + unnoticed)
