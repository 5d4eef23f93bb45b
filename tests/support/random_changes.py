"""Random worlds that change: two catalogues, several dossiers before and after, two days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from attrs import evolve
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import Dossier
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.words import Discretion
from creditrules.testing.catalogues import digested
from creditrules.testing.dossiers import digested_dossier
from creditrules.testing.pools import DURATIONS
from creditrules.testing.strategies import catalogues, dossiers, events
from creditrules.testing.worlds import _ON

_AFTER = (0, 1, 1, 1, 2, 7, 30, 31, 200, 365)


class Changing(NamedTuple):
    """Two catalogues, the dossiers of two states, and two days."""

    before: Catalogue
    after: Catalogue
    dossiers: list[Dossier]
    later: list[Dossier]
    days: tuple[date, date]
    recalled: bool


@st.composite
def changing(draw: st.DrawFn) -> Changing:
    """Generate a world that changes: in its documents, in its facts, in time."""
    before, other = draw(catalogues()), draw(catalogues())
    now = [draw(_dossier(before)) for _ in range(draw(st.integers(1, 4)))]
    on = draw(_ON)
    days = (on, on + timedelta(days=draw(st.sampled_from(_AFTER))))
    later = [draw(_later(dossier, before)) for dossier in now]
    return Changing(before, draw(_amended(before, other)), now, later, days, draw(st.booleans()))


@st.composite
def _dossier(draw: st.DrawFn, catalogue: Catalogue) -> Dossier:
    made = draw(dossiers(catalogue))
    if draw(st.integers(0, 2)):
        return made
    listings = (
        evolve(each, events=tuple(sorted(draw(events(most=4, recorded=True)), key=lambda e: e.on)))
        for each in made.listings
    )
    return digested_dossier(evolve(made, listings=tuple(listings)))


@st.composite
def _later(draw: st.DrawFn, dossier: Dossier, catalogue: Catalogue) -> Dossier:
    match draw(st.integers(0, 6)):
        case 0:
            return draw(_dossier(catalogue))
        case 1:
            return evolve(dossier, listings=dossier.listings[1:])
        case 2:
            return evolve(dossier, roles=dossier.roles[1:])
        case 3 if dossier.listings:
            day = draw(st.dates(date(2018, 1, 1), date(2026, 1, 1)))
            return evolve(dossier, listings=(evolve(dossier.listings[0], removed=day), *dossier.listings[1:]))
    return dossier


@st.composite
def _amended(draw: st.DrawFn, base: Catalogue, other: Catalogue) -> Catalogue:
    memoranda = {}
    for key, memorandum in base.memoranda.items():
        how = draw(st.integers(0, 5))
        if how == 1 and key in other.memoranda:
            memorandum = evolve(other.memoranda[key], supersedes=())
        elif how == 2:
            memorandum = evolve(memorandum, measures=memorandum.measures[1:])
        elif memorandum.measures and draw(st.booleans()):
            memorandum = draw(_altered(memorandum))
        if how:
            memoranda[key] = memorandum
    lists = dict(base.lists)
    if not draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(lists)))
        lists[key] = other.lists[key]
    units = base.units if draw(st.integers(0, 9)) else other.units
    return digested(evolve(base, memoranda=memoranda, lists=lists, units=units))


@st.composite
def _altered(draw: st.DrawFn, memorandum: Memorandum) -> Memorandum:
    measures = list(memorandum.measures)
    place = draw(st.integers(0, len(measures) - 1))
    measures[place] = draw(_otherwise(measures[place]))
    return evolve(memorandum, measures=tuple(measures))


@st.composite
def _otherwise(draw: st.DrawFn, measure: Measure) -> Measure:
    match draw(st.integers(0, 3)):
        case 0:
            strict = draw(st.sampled_from(tuple(Discretion)))
            return evolve(measure, effects=tuple(evolve(e, discretion=strict) for e in measure.effects))
        case 1:
            return evolve(measure, duration=draw(st.sampled_from(DURATIONS)))
        case 2:
            return evolve(measure, bases=measure.bases[1:])
    return evolve(measure, covers=None, unless=())


def tried(examples: int) -> settings:
    """Return the settings of a test on so many random worlds."""
    return settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
