"""Comparing random catalogues: what is equal has no changes, and every change has its opposite."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from creditrules import Catalogue, decide
from creditrules.compile.passes import compile_rulebook
from creditrules.model.memorandum import Memorandum
from creditrules.policy.diff.catalogues import catalogue_changes
from creditrules.policy.diff.changes import Added, Altered, Change, Gained, Lost, Removed, sentence
from creditrules.policy.diff.decisions import decision_changes
from creditrules.policy.diff.scope import scope_of
from creditrules.testing.strategies import World, measures, worlds
from tests.support.effort import many

OPPOSITE: dict[type, type] = {Gained: Lost, Lost: Gained, Altered: Altered, Added: Removed, Removed: Added}
RANDOM = settings(max_examples=many(60), deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def amended(draw: st.DrawFn) -> tuple[World, Catalogue]:
    """Return a world, and its catalogue with measures taken away, replaced, or given another's parts."""
    world = draw(worlds())
    old = world.catalogue
    memoranda = {}
    for key, memorandum in old.memoranda.items():
        kept = []
        for measure in memorandum.measures:
            other = evolve(draw(measures()), key=measure.key) if draw(st.booleans()) else measure
            field = draw(
                st.sampled_from(["when", "units", "effects", "bases", "covers", "lists", "duration"])
            )
            changed = evolve(measure, **{field: getattr(other, field)})
            kept += draw(
                st.sampled_from(
                    [[measure], [changed], [other], [measure, evolve(other, key=f"new-{measure.key}")], []]
                )
            )
        memoranda[key] = evolve(memorandum, measures=tuple(kept))
    # What is compiled is kept by digest, so another catalogue needs another one.
    digest = sha256(repr(memoranda).encode()).hexdigest()
    return world, evolve(old, memoranda=memoranda, digest=digest)


def _signed(changes: tuple[Change, ...]) -> Counter[tuple[str, str, str]]:
    return Counter((type(c).__name__, c.place.key, c.aspect) for c in changes)


@RANDOM
@given(amended())
def test_no_change_is_told_exactly_where_none_is(pair: tuple[World, Catalogue]) -> None:
    """Equal memoranda have no changes, and whatever is not equal has one."""
    old, new = pair[0].catalogue, pair[1]

    changes = catalogue_changes(old, new)

    told = {change.place.key for change in changes}
    assert told == {key for key in old.memoranda if meant(old.memoranda[key]) != meant(new.memoranda[key])}
    assert all(sentence(c).zh and sentence(c).en and "{" not in sentence(c).en for c in changes)


def meant(memorandum: Memorandum) -> Memorandum:
    """Return a memorandum whose measures say themselves what they would take from it."""
    return evolve(
        memorandum,
        measures=tuple(
            evolve(
                measure,
                lists=measure.lists or memorandum.lists,
                covers=memorandum.covers if measure.covers is None else measure.covers,
            )
            for measure in memorandum.measures
        ),
    )


@RANDOM
@given(amended())
def test_the_way_back_tells_the_opposite(pair: tuple[World, Catalogue]) -> None:
    """What one direction gains the other loses."""
    old, new = pair[0].catalogue, pair[1]

    there, back = catalogue_changes(old, new), catalogue_changes(new, old)

    turned = Counter(
        {
            (OPPOSITE[globals()[kind]].__name__, at, aspect): n
            for (kind, at, aspect), n in _signed(there).items()
        }
    )
    assert turned == _signed(back)


@RANDOM
@given(amended())
def test_what_is_out_of_scope_is_decided_alike(pair: tuple[World, Catalogue]) -> None:
    """A dossier that a change cannot touch has the same decision under both catalogues."""
    world, new = pair
    old = world.catalogue
    scope = scope_of(catalogue_changes(old, new), old, new)
    if scope.touches(world.dossier):
        return

    before, after = (
        decide(compile_rulebook(c, world.on, world.recalled), world.dossier, engine="reference")
        for c in (old, new)
    )

    assert [e for e in decision_changes(before, after, (old, new)) if e.subject != "aside"] == []
