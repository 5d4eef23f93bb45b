"""Site: every place of a catalogue that cites a provision, by the title of its law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from creditrules.model.basis import Basis, plain_title
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Clause, Exempt, Memorandum
from creditrules.model.procedure import Term


@frozen
class Citing:
    """One place where a provision is cited: what cites it, its key, and the provision.

    `what` is `measure`, `memorandum` (its coverage), `kind`, `list`, `liability`, `regime`, `duty`, `way`
    or `parameter`.
    """

    what: str
    key: str
    basis: Basis


def citings_of(catalogue: Catalogue) -> Mapping[str, tuple[Citing, ...]]:
    """Return what cites each law, the laws in the order in which they are first cited."""
    found: dict[str, dict[Citing, None]] = {}
    for citing in _all(catalogue):
        found.setdefault(plain_title(citing.basis.law), {})[citing] = None
    return {law: tuple(citings) for law, citings in found.items()}


def _all(catalogue: Catalogue) -> Iterator[Citing]:
    for memorandum in catalogue.memoranda.values():
        yield from _in_memorandum(memorandum)
    for kind in catalogue.measure_kinds.values():
        yield from (Citing("kind", kind.key, basis) for basis in kind.bases)
    for listed in catalogue.lists.values():
        yield from (Citing("list", listed.key, basis) for basis in listed.bases)
    yield from (Citing("liability", item.key, item.basis) for item in catalogue.liabilities)
    for regime in catalogue.regimes:
        yield Citing("regime", regime.key, regime.basis)
        yield from (Citing("regime", regime.key, record.basis) for record in regime.records)
    for duty in catalogue.procedure.duties:
        own = [duty.basis] if duty.basis else []
        own += _of_terms((duty.term, *(special.term for special in duty.special)))
        yield from (Citing("duty", duty.key, basis) for basis in (*own, *_of_exempts(duty.excuses)))
    for way in catalogue.procedure.ways_out:
        terms = _of_terms((way.earliest, way.longest, way.accepts_within, way.decides_within))
        yield from (Citing("way", way.key, basis) for basis in (way.basis, *terms, *_of_exempts(way.never)))
    for parameter in catalogue.procedure.parameters.values():
        yield from (Citing("parameter", parameter.key, basis) for basis in _of_terms((parameter.term,)))


def _in_memorandum(memorandum: Memorandum) -> Iterator[Citing]:
    yield from (Citing("memorandum", memorandum.key, basis) for basis in _of_clauses(memorandum.covers))
    for measure in memorandum.measures:
        cited = (*measure.bases, *_of_clauses(measure.covers or ()), *_of_exempts(measure.unless))
        yield from (Citing("measure", f"{memorandum.key}#{measure.key}", basis) for basis in cited)


def _of_clauses(clauses: Iterable[Clause]) -> Iterator[Basis]:
    return (basis for clause in clauses for reach in clause.reaches for basis in reach.bases)


def _of_terms(terms: Iterable[Term | None]) -> Iterator[Basis]:
    return (term.basis for term in terms if term is not None and term.basis is not None)


def _of_exempts(exempts: Iterable[Exempt]) -> Iterator[Basis]:
    return (basis for exempt in exempts for basis in exempt.bases)
