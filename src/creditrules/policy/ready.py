"""Policy: the days of examples made ready, so that the same day can be decided again under other rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from attrs import field, frozen

from creditrules.errors import FactsError
from creditrules.load.dossier import read_dossier
from creditrules.load.example_docs import Expectation
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.policy.comparison import Comparison
from creditrules.policy.difference import Difference
from creditrules.policy.differences import differences_of
from creditrules.policy.examples import Example, Step
from creditrules.policy.expected_names import unknown_names

Day = tuple[date, bool]


@frozen(order=True)
class CaseRef:
    """A case as reports name it: its file and line, its name, and the day when it runs through several."""

    file: str
    line: int
    name: str
    on: date | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@frozen(eq=False)
class Ready:
    """One day of one example with its dossier read. `known` is the dossier as it was known on that day."""

    example: Example = field(repr=False)
    step: Step = field(repr=False)
    dossier: Dossier = field(repr=False)
    known: Dossier = field(repr=False)

    @property
    def day(self) -> Day:
        """The day, and whether measures known from memory may act: what a rulebook is made for."""
        return self.step.on, self.example.doc.recalled

    @property
    def expect(self) -> Expectation:
        """What the decision must say."""
        return self.step.expect

    @property
    def lists(self) -> frozenset[str]:
        """The lists that somebody in the dossier is on."""
        return frozenset(listing.list for listing in self.dossier.listings)

    @property
    def ref(self) -> CaseRef:
        """The case, as reports name it."""
        span = self.example.span
        on = self.step.on if len(self.example.steps) > 1 else None
        return CaseRef(span.file, span.line, self.example.name, on)

    def names(self, measure: str) -> tuple[str, str]:
        """Return the document and the key of a measure as the example names it: `9`, or `other#9`."""
        document, _, key = measure.rpartition("#")
        return document or self.example.memorandum, key

    def differences(self, decision: Decision, rulebook: Rulebook) -> Iterator[Difference]:
        """Yield where a decision differs from what is expected."""
        place = partial(self.example.place, *self.step.path, "expect")
        parameters = self.example.doc.parameters
        yield from differences_of(
            Comparison(
                self.expect, self.example.memorandum, decision, self.dossier, rulebook, place, parameters
            )
        )


def days_of(examples: Iterable[Example], catalogue: Catalogue) -> Iterator[Ready]:
    """Yield the days of examples, each with its dossier read.

    Raises:
        FactsError: a dossier has findings, or something is expected of what does not exist (CR464).
    """
    cases = tuple(examples)
    unknown = [finding for example in cases for finding in unknown_names(example, catalogue)]
    if unknown:
        raise FactsError(unknown)
    for example in cases:
        for step in example.steps:
            dossier = read_dossier(step.given, catalogue, places=step.places)
            yield Ready(example, step, dossier, dossier.as_known(step.known))
