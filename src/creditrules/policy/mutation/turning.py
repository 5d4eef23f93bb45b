"""Policy, mutation: the days on which the rules of a document may change by themselves.

Between two of them nothing changes, so looking at each of them, and at the day after, is looking at all:
before the first no document is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.model.time import Since
from creditrules.model.unit import Unit

_DAY = timedelta(days=1)


def turning_days(catalogue: Catalogue, *documents: Memorandum) -> tuple[date, ...]:
    """Return the days at which anything in force, any unit or any basis of documents begins or ends.

    Several versions of one document may be given: what only one of them has counts too.
    """
    found = {day for document in documents for day in _days(document, catalogue) if day is not None}
    # What ends on a day is still there on it and gone on the next.
    after = {day + _DAY for day in found if day < date.max}
    return tuple(sorted(found | after))


def _days(document: Memorandum, catalogue: Catalogue) -> Iterator[date | None]:
    yield from _bounds(document.since)
    yield from _bounds(document.until)
    for successor in catalogue.superseding(document):
        yield from _bounds(successor.since)
    for regime in catalogue.regimes:
        yield from (regime.since, regime.until)
    for basis in _bases(document, catalogue):
        yield from (basis.since, basis.until, basis.version)
    for unit in _units(document, catalogue):
        yield from (unit.since, unit.until, *(s.on for s in unit.successions))


def _bounds(since: Since | None) -> Iterable[date]:
    return () if since is None else (since.earliest, since.latest)


def _bases(document: Memorandum, catalogue: Catalogue) -> Iterator[Basis]:
    for key in document.lists.union(*(m.lists for m in document.measures)):
        yield from catalogue.lists[key].bases
    kinds = {kind for measure in document.measures for kind in measure.kinds}
    for provision in catalogue.liabilities:
        if not provision.kinds or provision.kinds & kinds:
            yield provision.basis
    for measure in document.measures:
        yield from measure.bases
        for kind in measure.kinds:
            yield from catalogue.measure_kinds[kind].bases
        for clause in measure.covers or document.covers:
            for reach in clause.reaches:
                yield from reach.bases


def _units(document: Memorandum, catalogue: Catalogue) -> Iterator[Unit]:
    """Yield the units of measures and kinds, and all that come after or before them."""
    named = {part.unit for measure in document.measures for part in measure.units}
    named |= {
        part.unit
        for measure in document.measures
        for kind in measure.kinds
        for part in catalogue.measure_kinds[kind].units
    }
    units = catalogue.units.by_key
    left, seen = list(named), set()
    while left:
        key = left.pop()
        if key in seen or key not in units:
            continue
        seen.add(key)
        yield units[key]
        left += [succession.unit for succession in units[key].successions]
        left += [u.key for u in units.values() if any(s.unit == key for s in u.successions)]
