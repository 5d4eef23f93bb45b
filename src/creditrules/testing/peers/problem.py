"""Testing, peers: what a peer is given: rules that are conjunctions of comparisons, and flat facts.

Peers have no lists, roles or unknown values. Whoever asks has made the joins and has turned what may be
unknown into numbers (`flat`), so that a peer answers only which conditions of a fact hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from attrs import frozen

Word = int | str
# A field, how it is compared (`is`, `in`, `not`, `at_least`, `at_most`), and with what.
Comparison = tuple[str, str, Word | tuple[Word, ...]]
Fact = Mapping[str, Word]


@frozen
class Problem:
    """Rules by number, each all of its comparisons; the fields of a fact, and which of them hold words."""

    rules: tuple[tuple[Comparison, ...], ...]
    fields: tuple[str, ...]
    words: frozenset[str] = frozenset()


class Peer(Protocol):
    """A rule engine that has loaded a problem. `version` is that of its package."""

    version: str

    def __init__(self, problem: Problem) -> None:
        """Load a problem."""

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        """Return, for each fact, the numbers of the rules all of whose comparisons it passes."""


def version_of(package: str) -> str:
    """Return the version of an installed package."""
    from importlib.metadata import version

    return version(package)
