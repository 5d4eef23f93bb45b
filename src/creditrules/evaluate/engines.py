"""Evaluate: the engines by name, and the one that lets nothing out that two of them do not agree on."""

from __future__ import annotations

from creditrules.errors import EngineError, Finding, Span, UsageError
from creditrules.evaluate.candidates import Candidates, candidates
from creditrules.evaluate.engine_names import NAMES
from creditrules.evaluate.indexed import IndexedEngine
from creditrules.evaluate.protocol import Engine, GuardEngine, Hit, Match, expand
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook


class Guarded:
    """A guard engine as an engine: makes the candidates, lets it match, expands the hits."""

    def __init__(self, engine: GuardEngine) -> None:
        self.name = engine.name
        self._engine = engine

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return every match of a dossier, sorted."""
        return self.among(rulebook, candidates(rulebook, dossier))

    def among(self, rulebook: Rulebook, made: Candidates) -> list[Match]:
        """Return every match among candidates that are made already, sorted."""
        return expand(self._engine.hits(rulebook, made), rulebook, made)


class Checked:
    """Two guard engines on the same candidates; a disagreement raises with both answers."""

    def __init__(self, first: GuardEngine, second: GuardEngine) -> None:
        self.name = "checked"
        self._first, self._second = first, second

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        """Return the hits both engines give.

        Raises:
            EngineError: CR530, they differ.
        """
        one = self._first.hits(rulebook, candidates)
        two = self._second.hits(rulebook, candidates)
        if one != two:
            raise EngineError([self._disagreement(rulebook, candidates, one, two)])
        return one

    def _disagreement(self, rulebook: Rulebook, made: Candidates, one: list[Hit], two: list[Hit]) -> Finding:
        words = {
            "first": self._first.name,
            "second": self._second.name,
            "only_first": _named(set(one) - set(two), rulebook, made),
            "only_second": _named(set(two) - set(one), rulebook, made),
            "day": str(rulebook.on),
        }
        return Finding("CR530", Span(f"rulebook {rulebook.key}"), words)


def _named(hits: set[Hit], rulebook: Rulebook, made: Candidates) -> str:
    names = [
        f"{rulebook.rules[rulebook.guards[guard].rules[0]].key} × listing {made.of[row].seen.number}"
        f" × role {made.of[row].role_number}: {'true' if truth == 2 else 'unknown'}"
        for guard, row, truth in sorted(hits)[:5]
    ]
    return "; ".join(names) or "nothing"


def engine_named(name: str) -> Engine:
    """Return an engine by name: `checked` (durable, checked by indexed), `durable`, `indexed`, `reference`.

    Raises:
        UsageError: CR531, there is no engine of that name.
    """
    match name:
        case "indexed":
            return Guarded(IndexedEngine())
        case "reference":
            from creditrules.evaluate.reference import ReferenceEngine

            return ReferenceEngine()
        case "durable" | "checked":
            # Imported only when it is used: the package behind it takes a while to load.
            from creditrules.evaluate.durable import DurableEngine

            durable = DurableEngine()
            return Guarded(durable if name == "durable" else Checked(durable, IndexedEngine()))
    words = {"name": name, "known": ", ".join(NAMES)}
    raise UsageError([Finding("CR531", Span("engine"), words)])
