"""The kit for authors of engines finds engines that are wrong."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from creditrules.errors import EngineError, Finding, Span
from creditrules.evaluate.candidates import Candidates
from creditrules.evaluate.durable import DurableEngine
from creditrules.evaluate.indexed import IndexedEngine
from creditrules.evaluate.protocol import Hit, Match, Met
from creditrules.evaluate.reference import ReferenceEngine
from creditrules.model.dossier import Dossier
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Truth
from creditrules.testing.conformance import Disagreement, check_engine, check_world
from creditrules.testing.spelling import read_world, spell
from creditrules.testing.worlds import World, worlds


class _CertainOnly(ReferenceEngine):
    name = "certain-only"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        found = super().matches(rulebook, dossier)
        return [match for match in found if match.truth is Truth.TRUE]


class _Eager(IndexedEngine):
    name = "eager"

    def met(self, rulebook: Rulebook, dossier: Dossier) -> list[Met]:
        found = super().met(rulebook, dossier)
        return [(listing, role, certain + possible, ()) for listing, role, certain, possible in found]


class _ByGuards:
    name = "by-guards"

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        return DurableEngine().hits(rulebook, candidates)


class _Backwards(ReferenceEngine):
    name = "backwards"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        return super().matches(rulebook, dossier)[::-1]


class _Refusing(ReferenceEngine):
    name = "refusing"
    code = "CR500"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        if len(rulebook.rules) % 2:
            raise EngineError([Finding(self.code, Span("rulebook"))])
        return super().matches(rulebook, dossier)


class _Failing(_Refusing):
    name = "failing"
    code = "CR504"


def test_a_right_engine_passes() -> None:
    """The reference agrees with itself."""
    check_engine(ReferenceEngine(), examples=20)


def test_an_engine_that_matches_guards_is_an_engine() -> None:
    """What matches guards against candidates need not know rules, listings or roles."""
    check_engine(_ByGuards(), examples=40)


@pytest.mark.parametrize("wrong", [_CertainOnly(), _Eager(), _Backwards()], ids=lambda engine: engine.name)
def test_a_wrong_engine_is_found(wrong: ReferenceEngine | IndexedEngine) -> None:
    """Dropping what is unknown, taking it for true, or another order is a disagreement."""
    with pytest.raises(Disagreement) as found:
        check_engine(wrong, examples=400, shrink=False)

    assert found.value.world.dossier.listings
    assert wrong.name in str(found.value)


def test_the_world_of_a_disagreement_can_be_read_back() -> None:
    """What a disagreement says can be kept as a case that shows it again."""
    with pytest.raises(Disagreement) as found:
        check_engine(_CertainOnly(), examples=400, shrink=False)

    again = read_world(str(found.value).partition("\n\n")[2])
    assert spell(again) == spell(found.value.world)
    with pytest.raises(Disagreement):
        check_world(_CertainOnly(), again)


def test_an_engine_may_refuse() -> None:
    """An engine that says it cannot hold a rulebook is not wrong about it."""
    check_engine(_Refusing(), examples=20)


def test_an_engine_may_not_fail() -> None:
    """An engine that fails on a world it took is reported with its own error."""
    with pytest.raises(EngineError, match="CR504"):
        check_engine(_Failing(), examples=100, shrink=False)


@settings(max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_a_world_survives_being_written(world: World) -> None:
    """Reading what was written gives a world that is written the same."""
    written = spell(world)

    assert spell(read_world(written)) == written
