"""Testing: does an engine mean the same as the reference? For authors of engines.

>>> from creditrules.evaluate.indexed import IndexedEngine
>>> check_engine(IndexedEngine(), examples=5)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import cast

from attrs import evolve
from hypothesis import HealthCheck, Phase, assume, given, settings

from creditrules.decide.decide import decide
from creditrules.errors import EngineError
from creditrules.evaluate.engines import Guarded
from creditrules.evaluate.protocol import Engine, GuardEngine, Match
from creditrules.evaluate.reference import ReferenceEngine
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Decision
from creditrules.model.rulebook import Rulebook
from creditrules.testing.catalogues import MANIFEST
from creditrules.testing.spelling import spell
from creditrules.testing.worlds import World, worlds

# An engine may refuse a rulebook or a dossier that is beyond its limits; it may not answer wrongly.
REFUSALS = frozenset({"CR500", "CR501", "CR502", "CR503", "CR506"})
_REFERENCE = ReferenceEngine()


class Disagreement(AssertionError):
    """An engine and the reference differ; `world` is where, and `str()` of it can be kept as a case."""

    def __init__(self, world: World, engine: str, what: str) -> None:
        self.world = world
        written = spell(world) if world.catalogue.manifests == (MANIFEST,) else repr(world.dossier)
        super().__init__(f"{engine} differs from the reference on {world.on}: {what}\n\n{written}")


def check_engine(
    engine: Engine | GuardEngine,
    *,
    examples: int = 200,
    catalogue: Catalogue | None = None,
    shrink: bool = True,
) -> None:
    """Run random worlds through an engine and the reference.

    Args:
        engine: an engine, or one that matches guards.
        examples: how many worlds.
        catalogue: use this catalogue instead of random ones.
        shrink: look for the smallest world on which they differ; it takes a minute.

    Raises:
        Disagreement: they differ; it holds the world.
    """
    tried = as_engine(engine)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
    )
    @given(worlds(catalogue=catalogue))
    def agree(world: World) -> None:
        try:
            check_world(tried, world)
        except EngineError as refused:
            assume(not REFUSALS.issuperset(finding.code for finding in refused.findings))
            raise

    agree()


def check_world(engine: Engine, world: World) -> None:
    """Compare an engine with the reference on one world: its matches, and the decision made with it.

    Raises:
        Disagreement: they differ.
        EngineError: the engine failed.
    """
    rulebook, seen = world.rulebook(), world.seen()
    right, given_ = _REFERENCE.matches(rulebook, seen), engine.matches(rulebook, seen)
    if right != given_:
        raise Disagreement(world, engine.name, _difference(right, given_, rulebook))
    if decision(world, engine, rulebook) != decision(world, _REFERENCE, rulebook):
        raise Disagreement(world, engine.name, "equal matches, different decisions")


def decision(world: World, engine: Engine, rulebook: Rulebook) -> Decision:
    """Return the decision of a world, without the name of the engine that made it."""
    return evolve(decide(rulebook, world.dossier, known=world.known, engine=engine), engine="")


def as_engine(engine: Engine | GuardEngine) -> Engine:
    """Return an engine as it is, and one that matches guards as an engine."""
    return cast(Engine, engine) if hasattr(engine, "matches") else Guarded(engine)


def _difference(right: Iterable[Match], given_: Iterable[Match], rulebook: Rulebook) -> str:
    one, two = Counter(map(tuple, right)), Counter(map(tuple, given_))
    missing = [_named(match, rulebook) for match in (one - two).elements()]
    added = [_named(match, rulebook) for match in (two - one).elements()]
    return f"missing {missing[:5]}, added {added[:5]}" if missing or added else "the matches are not sorted"


def _named(match: tuple[int, ...], rulebook: Rulebook) -> str:
    rule, listing, role, truth = match
    key = rulebook.rules[rule].key if rule < len(rulebook.rules) else f"rule {rule}"
    return f"{key} × listing {listing} × role {role}: {'true' if truth == 2 else 'unknown'}"
