"""Deliver: how the citations of a catalogue came out, for people and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from creditrules.decide.citations import Citation, CitationState, shares_of
from creditrules.deliver.articles import today_text
from creditrules.deliver.json import plain
from creditrules.deliver.plain import shown, width
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue

SCHEMA = "creditrules/citations/1"
_FINE = (CitationState.VERIFIED, CitationState.LAW_ONLY)


def to_data(citations: Sequence[Citation]) -> dict[str, Any]:
    """Return the shares and the citations that are not verified as plain data."""
    return {
        "schema": SCHEMA,
        "shares": [
            {
                "rank": plain(share.rank),
                "citations": share.citations,
                "verified": share.verified,
                "law_only": share.law_only,
                "per_cent": share.hundredths,
            }
            for share in shares_of(citations)
        ],
        "unverified": [_data(citation) for citation in citations if citation.state not in _FINE],
        "renumbered": [_data(citation) for citation in citations if citation.today],
    }


def _data(citation: Citation) -> dict[str, Any]:
    span = citation.basis.span
    return {
        "owner": citation.owner,
        "state": citation.state.value,
        "on": plain(citation.on),
        "basis": plain(citation.basis),
        "today": plain(citation.today),
        "file": shown(span.file) if span else "",
        "line": span.line if span else 0,
    }


def for_people(citations: Sequence[Citation], catalogue: Catalogue, lang: str) -> str:
    """Return the shares as a table, then every citation that is not verified, by what is amiss."""
    return "\n".join((*_shares(citations, Words(lang)), *_unverified(citations, catalogue, Words(lang))))


def _shares(citations: Sequence[Citation], words: Words) -> Iterator[str]:
    columns = ("rank", "citations", "verified", "law_only", "share")
    rows = [[words(f"citation.{name}") for name in columns]]
    for share in shares_of(citations):
        rank = words(f"rank.{share.rank.value}") if share.rank else words("citation.all")
        counts = (share.citations, share.verified, share.law_only)
        placed = share.citations - share.law_only
        rows.append([rank, *map(str, counts), f"{share.hundredths} %" if placed else "–"])
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for first, *numbers in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (w - width(n)) + n for n, w in zip(numbers, widths[1:], strict=True)]
        yield "  ".join(cells)


def _unverified(citations: Sequence[Citation], catalogue: Catalogue, words: Words) -> Iterator[str]:
    for state in CitationState:
        found = [c for c in citations if c.state is state and state not in _FINE]
        if found:
            yield ""
            yield words(f"citation.state.{state.value}", n=len(found))
            yield from (f"  {_line(citation, catalogue, words)}" for citation in found)


def _line(citation: Citation, catalogue: Catalogue, words: Words) -> str:
    today = today_text(citation.basis, catalogue, words, citation.on)
    place = f"  {shown(str(citation.basis.span))}" if citation.basis.span else ""
    return f"{citation.basis}{today}  {citation.owner}{place}"
