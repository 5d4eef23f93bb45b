"""Policy: narrow a catalogue to what a few dossiers can be decided by, so that it compiles in no time.

What is left out speaks of other lists only: every decision about those dossiers stays the same, byte for
byte but for the digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue, Regime
from creditrules.model.memorandum import Memorandum


def narrowed(catalogue: Catalogue, lists: Iterable[str], named: Iterable[str] = ()) -> Catalogue:
    """Return a catalogue with the documents that speak of some lists, and those that are named.

    A document that supersedes a kept one is kept without its measures: it decides how long the other stands.
    """
    wanted = frozenset(lists)
    kept = {m.key for m in catalogue.memoranda.values() if lists_of(m) & wanted} | set(named)
    memoranda = {
        key: m if key in kept else evolve(m, measures=())
        for key, m in catalogue.memoranda.items()
        if key in kept or _supersedes(m, kept, catalogue)
    }
    kinds = {kind for m in memoranda.values() for measure in m.measures for kind in measure.kinds}
    known = _with_what_follows(catalogue, wanted | {x for m in memoranda.values() for x in lists_of(m)})
    return evolve(
        catalogue,
        memoranda=memoranda,
        measure_kinds={key: kind for key, kind in catalogue.measure_kinds.items() if key in kinds},
        lists={key: kind for key, kind in catalogue.lists.items() if key in known},
        digest=f"{catalogue.digest}/{','.join(sorted(wanted))}/{','.join(sorted(kept))}",
    )


def only(catalogue: Catalogue, memorandum: Memorandum, measures: Iterable[str], digest: str) -> Catalogue:
    """Return a catalogue whose only rules are those of a few measures of one document.

    Records and the measures of others are left out; what the rules of these measures become on a day does
    not depend on them.
    """
    wanted = frozenset(measures)
    few = tuple(measure for measure in memorandum.measures if measure.key in wanted)
    kinds = {kind for measure in few for kind in measure.kinds}
    successors = {m.key: evolve(m, measures=()) for m in catalogue.superseding(memorandum)}
    return evolve(
        catalogue,
        memoranda={**successors, memorandum.key: evolve(memorandum, measures=few)},
        measure_kinds={key: catalogue.measure_kinds[key] for key in sorted(kinds)},
        regimes=tuple(_without_records(regime) for regime in catalogue.regimes),
        digest=digest,
    )


def lists_of(memorandum: Memorandum) -> frozenset[str]:
    """Return every list that a document or one of its measures speaks of."""
    return memorandum.lists.union(*(measure.lists for measure in memorandum.measures))


def _supersedes(memorandum: Memorandum, kept: set[str], catalogue: Catalogue) -> bool:
    numbers = {catalogue.memoranda[key].doc_no for key in kept if key in catalogue.memoranda}
    return not numbers.isdisjoint(memorandum.supersedes)


def _without_records(regime: Regime) -> Regime:
    return evolve(regime, records=()) if regime.records else regime


def _with_what_follows(catalogue: Catalogue, wanted: Iterable[str]) -> set[str]:
    """Return lists and those that a listing on them, or a measure because of it, may lead to."""
    known: set[str] = set()
    left = list(wanted)
    while left:
        key = left.pop()
        if key not in known and key in catalogue.lists:
            known.add(key)
            left += _following(catalogue, key)
    return known


def _following(catalogue: Catalogue, key: str) -> Iterator[str]:
    kind = catalogue.lists[key]
    yield from (trigger.list for trigger in kind.triggers if trigger.list)
    yield from filter(None, (kind.succeeded_by,))
    for memorandum in catalogue.memoranda.values():
        for measure in memorandum.measures:
            if measure.leads_to and key in (measure.lists or memorandum.lists):
                yield measure.leads_to
