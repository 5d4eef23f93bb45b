"""Evaluate: what an engine is, and what it answers."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from creditrules.evaluate.candidates import Candidates
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook

# A hit is a guard number, a row number and a truth value (1 unknown, 2 true) as plain integers.
Hit = tuple[int, int, int]


class Match(NamedTuple):
    """One rule that applies, or may apply, to one listing along one route (role -1: the subject itself).

    `truth` is `Truth.TRUE` or `Truth.UNKNOWN`; what does not apply is not reported.
    """

    rule: int
    listing: int
    role: int
    truth: int


class Engine(Protocol):
    """Anything that says which rules reach whom. Two engines must give equal, sorted answers."""

    name: str

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return every match of a dossier, sorted."""


class GuardEngine(Protocol):
    """An engine that matches the guards of a rulebook against candidates."""

    name: str

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        """Return every hit, sorted."""


def expand(hits: list[Hit], rulebook: Rulebook, candidates: Candidates) -> list[Match]:
    """Turn hits on guards into matches of the rules that stand under them, sorted."""
    guards = rulebook.guards
    places = [(c.seen.number, c.role_number) for c in candidates.of]
    return sorted(
        Match(rule, *places[row], truth) for guard, row, truth in hits for rule in guards[guard].rules
    )
