"""Policy: what a day of a case is compared by: its expectation, its decision, and words for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from creditrules.errors import Span
from creditrules.load.example_docs import PeriodSet
from creditrules.load.expectation_docs import Expectation
from creditrules.model.decision import Action, Decision
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.policy.difference import Difference
from creditrules.policy.said import Said


class Comparison:
    """One day of a case beside its decision; `place` tells where a path of the expectation stands."""

    def __init__(
        self,
        expect: Expectation,
        memorandum: str,
        decision: Decision,
        dossier: Dossier,
        book: Rulebook,
        place: Callable[..., Span],
        parameters: Mapping[str, PeriodSet],
    ) -> None:
        self.expect, self.memorandum, self.decision = expect, memorandum, decision
        self.dossier, self.book, self.place, self.parameters = dossier, book, place, parameters

    @cached_property
    def said(self) -> Said:
        """Words for what is compared; made only when something differs."""
        return Said(self.book.catalogue, self.decision, self.memorandum)

    @property
    def on(self) -> date:
        """The day."""
        return self.decision.on

    def differs(self, kind: str, text: Text, *path: str | int, why: tuple[Text, ...] = ()) -> Difference:
        """Return a difference at a path of the expectation."""
        return Difference(kind, self.place(*path), text, self.on, why)

    def names(self, memorandum: str, measure: str, wanted: str | None) -> bool:
        """Say whether a measure is the one an expectation names (`9`, or `other#9`); None names any."""
        if wanted is None:
            return True
        named, _, key = wanted.rpartition("#")
        return memorandum == (named or self.memorandum) and measure == key

    def rests_on(self, action: Action, wanted: str | None) -> bool:
        """Say whether an action rests on the measure an expectation names."""
        return any(self.names(part.memorandum, part.measure, wanted) for part in action.parts)

    def measure_id(self, wanted: str) -> str:
        """Return a measure as everybody names it: `memorandum#key`."""
        named, _, key = wanted.rpartition("#")
        return f"{named or self.memorandum}#{key}"
