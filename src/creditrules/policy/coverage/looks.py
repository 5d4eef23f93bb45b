"""Policy, coverage: whom and what the expectations of one day look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from creditrules.decide.case import Case
from creditrules.evaluate.fields import Candidate
from creditrules.load.expectation_docs import ExpectedAction, Untouched
from creditrules.model.condition import Condition, truth_of
from creditrules.model.decision import Decision
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.words import Truth
from creditrules.policy.ready import CaseRef, Ready

Measured = tuple[str, str]
# The reasons for which a whole measure is set aside; the others take only a part of it away.
WHOLE = frozenset(
    {
        *("not_yet_in_force", "ended", "superseded", "undated", "recalled", "unseen", "watchlist"),
        *("no_basis", "no_basis_for_reduction", "period_over", "not_yet_begun"),
    }
)


class Looks:
    """One day of a case, decided, with what its expectations look at.

    `named` gives, for a measure, the targets about whom something is expected of just this measure; `spared`
    are targets about whom it is expected that no measure at all touches them.
    """

    def __init__(self, ready: Ready, book: Rulebook, decision: Decision, *, passed: bool) -> None:
        self.ready, self.book, self.decision, self.passed = ready, book, decision, passed
        self.ref: CaseRef = ready.ref
        self.acting: dict[Measured, set[str]] = defaultdict(set)
        self.absent: dict[Measured, set[str]] = defaultdict(set)
        self.opened: dict[Measured, set[str]] = defaultdict(set)
        self.aside: set[Measured] = set()
        self.units: set[tuple[str, str, str]] = set()
        self.spared: set[str] = set()
        # While what engines compile from the rulebook is still at hand.
        self.case = Case(book, ready.known)
        if passed:
            self._read()

    def _read(self) -> None:
        expect, names = self.ready.expect, self.ready.names
        for wanted in expect.actions:
            for measure in self._carrying(wanted.measure, wanted.against, wanted.unit):
                self.acting[measure].add(wanted.against)
            for reason in wanted.reasons:
                self.acting[names(reason)].add(wanted.against)
            if wanted.unit is not None and wanted.measure is not None:
                document, key = names(wanted.measure)
                units = self.decision.unit_keys(wanted.unit) | self._acting_as(wanted.unit)
                self.units |= {(document, key, unit) for unit in units}
        kept_away: list[ExpectedAction | Untouched] = [*expect.not_, *expect.untouched]
        for unwanted in kept_away:
            if unwanted.measure is None:
                self.spared.add(unwanted.against)
            else:
                self.absent[names(unwanted.measure)].add(unwanted.against)
        for why in expect.why_not:
            self.absent[names(why.measure)].add(why.against)
        for point in expect.undetermined:
            self.opened[names(point.measure)].add(point.against)
        self.aside = {names(gone.measure) for gone in expect.set_aside if gone.reason in WHOLE}
        if expect.nothing_else:
            expected = {wanted.against for wanted in expect.actions}
            self.spared |= {key for key in self.ready.dossier.subjects if key not in expected}

    def _carrying(self, measure: str | None, against: str, unit: str | None) -> Iterator[Measured]:
        """Yield the measures an expected action is about: the one named, else the only one carrying it."""
        if measure is not None:
            yield self.ready.names(measure)
            return
        actions = self.decision.actions if unit is None else self.decision.for_unit(unit)
        carrying = {(p.memorandum, p.measure) for a in actions if a.target == against for p in a.parts}
        if len(carrying) == 1:
            yield from carrying

    def _acting_as(self, name: str) -> set[str]:
        """Return the units for which a local body of a name acts."""
        return {action.unit for action in self.decision.actions if action.local == name}

    @cached_property
    def live(self) -> tuple[Candidate, ...]:
        """The routes from a listing that may carry measures on the day."""
        return tuple(c for c in self.case.made.of if c.seen.standing.carries is not Truth.FALSE)

    @cached_property
    def rules(self) -> dict[Measured, tuple[Rule, ...]]:
        """The rules of the day by measure."""
        found: dict[Measured, list[Rule]] = defaultdict(list)
        for rule in self.book.rules:
            if rule.memorandum is not None and rule.measure is not None:
                found[rule.memorandum.key, rule.measure.key].append(rule)
        return {measure: tuple(rules) for measure, rules in found.items()}

    def around(self, lists: frozenset[str]) -> Iterator[Candidate]:
        """Yield the routes from a living listing on some lists."""
        return (c for c in self.live if c.seen.listing.list in lists)

    def truth(self, condition: Condition, candidate: Candidate) -> Truth:
        """Return how a condition comes out for a route on the day."""
        return truth_of(condition, self.case.lookup(candidate), self.book.on)

    def happens(self, measure: Measured) -> bool:
        """Say whether a measure is taken against anybody, whether or not somebody looks."""
        return any((p.memorandum, p.measure) == measure for a in self.decision.actions for p in a.parts)

    def looked_at(self, measure: Measured) -> set[str]:
        """Return the targets about whom something is expected of just this measure."""
        sets = (self.acting.get(measure), self.absent.get(measure), self.opened.get(measure))
        return set().union(*(found for found in sets if found))
