"""Evaluate: what an engine is, and what it answers."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from creditrules.evaluate.candidates import Candidates
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Truth

# A hit is a guard number, a row number and a truth value (1 unknown, 2 true) as plain integers.
Hit = tuple[int, int, int]

# What a listing carries along one route: the number of the listing, that of the role (-1: the subject
# itself), the rules that apply, and those that may, in no order.
Met = tuple[int, int, tuple[int, ...], tuple[int, ...]]

_UNKNOWN, _TRUE = int(Truth.UNKNOWN), int(Truth.TRUE)


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


def expand(found: list[Met]) -> list[Match]:
    """Turn what listings carry along their routes into single matches, sorted."""
    plain: list[tuple[int, int, int, int]] = []
    for listing, role, certain, possible in found:
        plain += [(rule, listing, role, _TRUE) for rule in certain]
        plain += [(rule, listing, role, _UNKNOWN) for rule in possible]
    plain.sort()
    return [_match(Match, of) for of in plain]


# What `Match(*of)` comes to, in half the time.
_match = tuple.__new__


def gathered(matches: list[Match]) -> list[Met]:
    """Turn matches into what each listing carries along each route; `expand` undoes it."""
    met: dict[tuple[int, int], tuple[list[int], list[int]]] = {}
    for rule, listing, role, truth in matches:
        certain, possible = met.setdefault((listing, role), ([], []))
        (certain if truth == _TRUE else possible).append(rule)
    return [(*route, tuple(certain), tuple(possible)) for route, (certain, possible) in sorted(met.items())]
