"""Testing: random catalogues, built from model objects, for which everything that `load` guarantees holds."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from attrs import evolve
from hypothesis import strategies as st

from creditrules.compile.passes import compile_rulebook
from creditrules.model.basis import StatuteIndex
from creditrules.model.catalogue import Catalogue, Liability, Manifest, Regime
from creditrules.model.lists import ListKind, ListPeriod
from creditrules.model.memorandum import Memorandum
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.model.unit import Units
from creditrules.testing.memoranda import LEVELS, memoranda
from creditrules.testing.pools import SEVERAL_BASES
from creditrules.testing.regimes import liabilities, regimes
from creditrules.testing.units import units
from creditrules.testing.vocabulary import (
    CAPACITIES,
    DAYS,
    EFFECTS,
    FACTS,
    KINDS,
    MATTERS,
    MEASURE_KINDS,
    PARTIES,
    ROLES,
)

MANIFEST = Manifest("random", "2018.12", Text("随机目录", "random catalogue"))
LISTS = tuple(LEVELS)
_ENDS = (Text("移出名单", "removal from the list"), Text("信用修复", "credit repair"))
_PERIODS: tuple[tuple[ListPeriod, ...], ...] = (
    (),
    (ListPeriod(period=Period(years=5)),),
    (ListPeriod(period=Period(years=3)),),
    (ListPeriod(until=DAYS[5], period=Period(years=2)), ListPeriod(since=DAYS[6], period=Period(months=1))),
    (ListPeriod(period=Period(years=1), counts_from="published"),),
    (ListPeriod(period=Period(years=5), counts_from="since"), ListPeriod()),
)


def list_kinds(key: str) -> st.SearchStrategy[ListKind]:
    """Generate one list: its level is fixed by its key, its bases and periods are random."""
    return st.builds(
        ListKind,
        key=st.just(key),
        title=st.just(Text(f"虚构名单{key}", f"invented list {key}")),
        level=st.just(LEVELS[key]),
        determined_by=st.just(Text("虚构认定部门", "an invented authority")),
        remedy=st.just(Text(f"向{key}认定部门提出异议", f"object to the authority of {key}")),
        ends_by=st.sampled_from((_ENDS, _ENDS[:1])),
        bases=SEVERAL_BASES,
        periods=st.sampled_from(_PERIODS),
    )


def catalogue_of(
    signed: Iterable[Memorandum],
    lists: Iterable[ListKind],
    units: Units,
    regimes: Iterable[Regime] = (),
    liabilities: Iterable[Liability] = (),
) -> Catalogue:
    """Return a catalogue of the fixed vocabulary with these parts, under a digest of its contents."""
    return digested(
        Catalogue(
            manifests=(MANIFEST,),
            memoranda={memorandum.key: memorandum for memorandum in signed},
            lists={kind.key: kind for kind in lists},
            units=units,
            effects=EFFECTS,
            matters=MATTERS,
            roles=ROLES,
            kinds=KINDS,
            capacities=CAPACITIES,
            parties=PARTIES,
            facts=FACTS,
            regimes=tuple(regimes),
            statutes=StatuteIndex(),
            digest="",
            measure_kinds=MEASURE_KINDS,
            liabilities=tuple(liabilities),
            compiler=compile_rulebook,
        )
    )


def digested(catalogue: Catalogue) -> Catalogue:
    """Return a catalogue under a digest of its contents: engines keep what they compile under it."""
    parts = (catalogue.memoranda, catalogue.lists, catalogue.units, catalogue.regimes, catalogue.liabilities)
    contents = repr(parts).encode("utf-8", "backslashreplace")
    return evolve(catalogue, digest=sha256(contents).hexdigest())


_ALL_LISTS = st.tuples(*(list_kinds(key) for key in LISTS))
_CATALOGUE = st.builds(catalogue_of, memoranda(), _ALL_LISTS, units(), regimes(), liabilities())


def catalogues() -> st.SearchStrategy[Catalogue]:
    """Generate a catalogue of a few memoranda, with its lists, units, regimes and provisions on liability."""
    return _CATALOGUE
