"""Testing: random units through time: mergers, chains, bodies without successor or outside government."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from creditrules.model.memorandum import UnitPart
from creditrules.model.text import Text
from creditrules.model.unit import LocalName, Succession, Unit, Units
from creditrules.testing.conditions import several
from creditrules.testing.vocabulary import DAYS, REGIONS

_NATURES = {
    "planning": "government",
    "court": "court",
    "bank": "financial_institution",
    "association": "association",
    "firm": "enterprise",
}
# Two bodies merge into one, which is renamed later; one transfers a part of its work and stays; one is lost.
KEYS = (*_NATURES, "commerce", "quality", "market", "regulator", "customs", "lost", "phrase")
_FEW_KEYS = ("planning", "commerce", "quality", *KEYS)


def units() -> st.SearchStrategy[Units]:
    """Generate the units of a catalogue; their keys are always those of `KEYS`."""
    return _UNITS


def unit_parts() -> st.SearchStrategy[tuple[UnitPart, ...]]:
    """Generate the units of one measure, under one of their spellings, leading or assisting."""
    return _PARTS


def _units(one: date, two: date, part: date, lost: date, locals_: list[LocalName]) -> Units:
    merged, renamed = min(one, two), max(one, two)
    into_market = (Succession("market", merged, whole=True),)
    named = tuple(locals_)
    made = (
        *(_unit(key, nature, locals_=named if key == "planning" else ()) for key, nature in _NATURES.items()),
        _unit("commerce", until=merged, successions=into_market, locals_=named),
        _unit("quality", until=merged, successions=into_market, locals_=named[:1]),
        _unit("market", since=merged, until=renamed, successions=(Succession("regulator", renamed, True),)),
        _unit("regulator", since=renamed, locals_=named),
        _unit("customs", successions=(Succession("regulator", part, whole=False, scope="检验"),)),
        _unit("lost", until=lost),
        _unit("phrase", is_generic=True),
    )
    by_name = {spelling: (unit.key,) for unit in made for spelling in unit.spellings}
    return Units({unit.key: unit for unit in made}, by_name, REGIONS)


def _spellings(key: str) -> tuple[str, str]:
    return f"国家{key}总局", f"{key}总局"


def _unit(
    key: str,
    nature: str = "government",
    *,
    since: date | None = None,
    until: date | None = None,
    successions: tuple[Succession, ...] = (),
    locals_: tuple[LocalName, ...] = (),
    is_generic: bool = False,
) -> Unit:
    full, short = _spellings(key)
    return Unit(
        key,
        Text(full, f"{key} administration"),
        aliases=(short,),
        nature=nature,
        since=since,
        until=until,
        successions=successions,
        locals=locals_,
        is_generic=is_generic,
    )


_LOCAL = st.builds(
    LocalName,
    region=st.sampled_from(tuple(REGIONS)),
    zh=st.sampled_from(("虚构市局", "虚构县局")),
    since=st.sampled_from((None, *DAYS[:2])),
    until=st.sampled_from((None, *DAYS[-2:])),
)
_DAY = st.sampled_from(DAYS)
_UNITS = st.builds(
    _units, _DAY, _DAY, _DAY, _DAY, st.lists(_LOCAL, max_size=2, unique_by=lambda local: local.region)
)
_PART = st.builds(
    lambda key, spelling, assists: UnitPart(_spellings(key)[spelling], key, assists),
    st.sampled_from(_FEW_KEYS),
    st.sampled_from((0, 1)),
    st.booleans(),
)
_PARTS = several(_PART, (1, 1, 2, 2, 3, 0)).map(lambda drawn: tuple({p.unit: p for p in drawn}.values()))
