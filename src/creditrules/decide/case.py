"""Decide: one dossier on one day, with the joins and look-ups that gathering and explaining share."""

from __future__ import annotations

from functools import cached_property

from creditrules.evaluate.candidates import each_candidate, value_of
from creditrules.evaluate.fields import Candidate
from creditrules.evaluate.once import Once
from creditrules.model.condition import Condition, Lookup
from creditrules.model.decision import Route
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rule, Rulebook


class Case:
    """A rulebook and a dossier as known on a day; `candidate(listing, role)` finds a route again."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier) -> None:
        self.rulebook = rulebook
        self.dossier = dossier
        self.catalogue = rulebook.catalogue

    @cached_property
    def routes(self) -> dict[tuple[int, int], Candidate]:
        """Every candidate by listing number and role number."""
        return {(c.seen.number, c.role_number): c for c in each_candidate(self.rulebook, self.dossier)}

    def candidate(self, listing: int, role: int) -> Candidate:
        """Return one candidate by its numbers."""
        return self.routes[listing, role]

    @property
    def rules_by_key(self) -> dict[str, Rule]:
        """The rules of the rulebook by their keys."""
        return _rules(self.rulebook)

    def lookup(self, candidate: Candidate) -> Lookup:
        """Return the function that reads a candidate's facts by path."""
        return lambda path: value_of(candidate, path, self.rulebook)

    def condition(self, rule: int) -> Condition:
        """Return the condition a rule stands under."""
        return _conditions(self.rulebook)[rule]


def route_of(candidate: Candidate) -> Route:
    """Return how a candidate reaches its target."""
    role = candidate.role
    if role is None:
        return Route(candidate.direction)
    return Route(candidate.direction, role.role, role.organisation)


def _by_rule(rulebook: Rulebook) -> dict[int, Condition]:
    return {rule: guard.condition for guard in rulebook.guards for rule in guard.rules}


_conditions = Once(_by_rule)
_rules = Once(lambda rulebook: {rule.key: rule for rule in rulebook.rules})
