"""Decide: check what the catalogue cites against the index of statutes.

A citation is verified when the index holds the law and the article, in the version meant or, where the
document names none, in the texts around its day. It says that the provision exists, not that it carries what
it is cited for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from attrs import frozen

from creditrules.errors import Finding, Span
from creditrules.model.basis import Basis, StatuteIndex
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Clause, Memorandum
from creditrules.model.renumbering import Renumbering, numbered_today
from creditrules.model.time import latest
from creditrules.model.words import Rank


class CitationState(StrEnum):
    """How a citation came out. `LAW_ONLY`: the law is known and no article is cited."""

    VERIFIED = "verified"
    LAW_ONLY = "law_only"
    UNKNOWN_LAW = "unknown_law"
    UNKNOWN_VERSION = "unknown_version"
    LATER_VERSION = "later_version"
    UNCERTAIN = "uncertain"


@frozen
class Citation:
    """One provision as cited in one place.

    `owner` is the measure (`memorandum#key`), or `kind:…`, `list:…`, `liability:…`; `on` the day it is cited
    for; `before_every_text` that the index holds no text as old as that day; `today` how its number changed.
    """

    owner: str
    basis: Basis
    on: date | None
    state: CitationState
    before_every_text: bool = False
    today: tuple[Renumbering, ...] = ()


@frozen
class Share:
    """How many citations there are of a rank (None: of all), and how many are verified."""

    rank: Rank | None
    citations: int
    verified: int
    law_only: int

    @property
    def hundredths(self) -> int:
        """The share of the verified among those that cite an article, in whole per cent, rounded down."""
        placed = self.citations - self.law_only
        return self.verified * 100 // placed if placed else 0


def citations_of(catalogue: Catalogue) -> tuple[Citation, ...]:
    """Check every provision that memoranda, kinds, lists and provisions on liability cite."""
    return tuple(_citation(owner, basis, on, catalogue) for owner, basis, on in _cited(catalogue))


def shares_of(citations: Iterable[Citation]) -> tuple[Share, ...]:
    """Count citations: all of them first, then by rank from the highest down."""
    found = tuple(citations)
    ranks = [rank for rank in Rank if any(c.basis.rank is rank for c in found)]
    of_rank = (_share(rank, [c for c in found if c.basis.rank is rank]) for rank in ranks)
    return (_share(None, found), *of_rank)


def findings_of(citations: Iterable[Citation]) -> tuple[Finding, ...]:
    """Return what is worth a look: CR232 (a warning) and CR233 (a note)."""
    return tuple(finding for citation in citations for finding in _findings(citation))


def _share(rank: Rank | None, citations: Iterable[Citation]) -> Share:
    states = [citation.state for citation in citations]
    verified, law_only = (states.count(s) for s in (CitationState.VERIFIED, CitationState.LAW_ONLY))
    return Share(rank, len(states), verified, law_only)


def _cited(catalogue: Catalogue) -> Iterator[tuple[str, Basis, date | None]]:
    for memorandum in catalogue.memoranda.values():
        yield from _in_memorandum(memorandum)
    for kind in catalogue.measure_kinds.values():
        yield from ((f"kind:{kind.key}", basis, basis.since) for basis in kind.bases)
    for listed in catalogue.lists.values():
        yield from ((f"list:{listed.key}", basis, basis.since) for basis in listed.bases)
    for liability in catalogue.liabilities:
        yield f"liability:{liability.key}", liability.basis, liability.basis.since


def _in_memorandum(memorandum: Memorandum) -> Iterator[tuple[str, Basis, date | None]]:
    day = memorandum.since.latest if memorandum.since else None
    cited = [(memorandum.key, basis) for basis in _of_clauses(memorandum.covers)]
    for measure in memorandum.measures:
        bases = [*measure.bases, *_of_clauses(measure.covers or ())]
        bases += [basis for exempt in measure.unless for basis in exempt.bases]
        cited += [(f"{memorandum.key}#{measure.key}", basis) for basis in bases]
    # What an editor adds with a later beginning continues a citation; the document did not write it.
    yield from ((owner, basis, latest(day, basis.since)) for owner, basis in cited)


def _of_clauses(clauses: Iterable[Clause]) -> Iterator[Basis]:
    return (basis for clause in clauses for reach in clause.reaches for basis in reach.bases)


def _citation(owner: str, basis: Basis, on: date | None, catalogue: Catalogue) -> Citation:
    index = catalogue.statutes
    known = index.known(basis.law)
    state = _state(basis, on, index, in_document=":" not in owner)
    early = bool(known) and basis.version is None and on is not None and known[0].version > on
    return Citation(owner, basis, on, state, early, numbered_today(basis, catalogue.renumberings, on))


def _state(basis: Basis, on: date | None, index: StatuteIndex, *, in_document: bool) -> CitationState:
    if not index.known(basis.law):
        return CitationState.UNKNOWN_LAW
    meant = index.text_of(basis)
    # A kind names the text somebody read, which may be younger than the provision it is about.
    if in_document and basis.version is not None and on is not None and basis.version > on:
        return CitationState.LATER_VERSION
    if basis.version is not None and meant is None:
        return CitationState.UNKNOWN_VERSION
    if basis.article is None:
        return CitationState.LAW_ONLY
    texts = (meant,) if meant is not None else index.around(basis.law, on)
    if all(basis.article <= text.last_article for text in texts):
        return CitationState.VERIFIED
    return CitationState.UNCERTAIN


def _findings(citation: Citation) -> Iterator[Finding]:
    basis, place = citation.basis, citation.basis.span or Span("")
    words = {"law": basis.law, "owner": citation.owner, "on": str(citation.on)}
    if citation.state is CitationState.LATER_VERSION:
        yield Finding("CR232", place, {**words, "version": str(basis.version)}, "warning")
    elif citation.before_every_text:
        yield Finding("CR233", place, words, "note")
