"""Evaluate: the engines by name, and the one that lets nothing out that two of them do not agree on."""

from __future__ import annotations

from creditrules.errors import EngineError, Finding, Span, UsageError
from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.engine_names import NAMES
from creditrules.evaluate.indexed import IndexedEngine
from creditrules.evaluate.protocol import Engine, GuardEngine, Match, Met, expand, gathered
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook

_TRUE = 2
_SAID = {1: "unknown", 2: "true"}


class Guarded:
    """A guard engine as an engine: makes the candidates, lets it match, and names the rules of its hits."""

    def __init__(self, engine: GuardEngine) -> None:
        self.name = engine.name
        self._engine = engine

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return every match of a dossier, sorted."""
        return expand(self.met(rulebook, dossier))

    def met(self, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
        """Return what each listing carries along each route, listing by listing."""
        made = candidates(rulebook, dossier)
        of_row: list[tuple[list[int], list[int]]] = [([], []) for _ in made.of]
        guards = rulebook.guards
        for guard, row, truth in self._engine.hits(rulebook, made):
            of_row[row][truth != _TRUE].extend(guards[guard].rules)
        return [
            (c.seen.number, c.role_number, tuple(certain), tuple(possible))
            for c, (certain, possible) in zip(made.of, of_row, strict=True)
            if certain or possible
        ]


class Checked:
    """Two engines on the same dossier; a disagreement raises with both answers."""

    def __init__(self, first: Engine, second: Engine) -> None:
        self.name = "checked"
        self._first, self._second = first, second

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return the matches both engines give, sorted.

        Raises:
            EngineError: CR530, they differ.
        """
        return expand(self.met(rulebook, dossier))

    def met(self, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
        """Return what each listing carries along each route, as both engines say.

        Raises:
            EngineError: CR530, they differ.
        """
        one, two = met_of(self._first, rulebook, dossier), met_of(self._second, rulebook, dossier)
        if not _agree(one, two):
            raise EngineError([self._disagreement(rulebook, expand(one), expand(two))])
        return one

    def _disagreement(self, rulebook: Rulebook, one: list[Match], two: list[Match]) -> Finding:
        words = {
            "first": self._first.name,
            "second": self._second.name,
            "only_first": _named(set(one) - set(two), rulebook),
            "only_second": _named(set(two) - set(one), rulebook),
            "day": str(rulebook.on),
        }
        return Finding("CR530", Span(f"rulebook {rulebook.key}"), words)


def _agree(one: list[Met], two: list[Met]) -> bool:
    """Say whether two answers are one: the same routes in the same order, the rules of each in any order."""
    if len(one) != len(two):
        return False
    for (listing, role, certain, possible), other in zip(one, two, strict=True):
        if listing != other[0] or role != other[1]:
            return False
        if certain != other[2] and sorted(certain) != sorted(other[2]):
            return False
        if (possible or other[3]) and sorted(possible) != sorted(other[3]):
            return False
    return True


def _named(matches: set[Match], rulebook: Rulebook) -> str:
    names = [
        f"{rulebook.rules[rule].key} × listing {listing} × role {role}: {_SAID[truth]}"
        for rule, listing, role, truth in sorted(matches)[:5]
    ]
    return "; ".join(names) or "nothing"


def met_of(engine: Engine, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
    """Return what each listing carries along each route, by any engine; ours need no matches for it."""
    met = getattr(engine, "met", None)
    return gathered(engine.matches(rulebook, dossier)) if met is None else met(rulebook, dossier)


def engine_named(name: str) -> Engine:
    """Return an engine by name: `checked` (durable, checked by indexed), `durable`, `indexed`, `reference`.

    Raises:
        UsageError: CR531, there is no engine of that name.
    """
    match name:
        case "indexed":
            return IndexedEngine()
        case "reference":
            from creditrules.evaluate.reference import ReferenceEngine

            return ReferenceEngine()
        case "durable" | "checked":
            # Imported only when it is used: the package behind it takes a while to load.
            from creditrules.evaluate.durable import DurableEngine

            durable = DurableEngine()
            return durable if name == "durable" else Checked(durable, IndexedEngine())
    words = {"name": name, "known": ", ".join(NAMES)}
    raise UsageError([Finding("CR531", Span("engine"), words)])
