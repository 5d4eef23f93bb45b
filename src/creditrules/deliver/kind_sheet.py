"""Deliver: a kind of measure on one sheet: the statutes that carry or limit it, and where it occurs."""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.decide.selection import Wanted, measures_of
from creditrules.deliver.articles import today_text
from creditrules.deliver.clauses import basis_text
from creditrules.deliver.list_sheet import span_text
from creditrules.deliver.names import Names
from creditrules.deliver.sheet import EntrySheet, Line
from creditrules.deliver.unit_sheet import measures_by_document
from creditrules.deliver.words import Words
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue, MeasureKind
from creditrules.model.words import Checked, Strength


def kind_sheet(kind: MeasureKind, catalogue: Catalogue, lang: str) -> EntrySheet:
    """Put a kind of measure into words."""
    names = Names(catalogue, Words(lang))
    words = names.words
    carried = tuple(_basis(b, names) for b in kind.bases if b.strength is not Strength.LIMIT)
    limits = tuple(_basis(b, names) for b in kind.bases if b.strength is Strength.LIMIT)
    measures = measures_of(catalogue, Wanted(kind=kind.key), recalled=True).measures
    sections = (
        (words("sheet.carried"), carried),
        (words("sheet.limits"), limits),
        (words("sheet.measures", n=len(measures)), tuple(measures_by_document(measures, names))),
    )
    facts = tuple((name, value) for name, value in _facts(kind, names) if value)
    return EntrySheet(words.said(kind.name), facts, sections, tuple(_open(kind, words)))


def _facts(kind: MeasureKind, names: Names) -> Iterator[Line]:
    words = names.words
    yield words("show.key"), kind.key
    yield words("show.effect"), names.what(kind.effect, kind.matter)
    yield words("sheet.type"), words(f"sheet.types.{kind.type}")
    yield words("show.reaches"), words.joined(names.kind(key) for key in sorted(kind.target_kinds))
    yield words("sheet.competent"), words.joined(names.unit(part.unit) for part in kind.units)
    yield words("sheet.history"), kind.history
    yield words("show.note"), kind.note


def _basis(basis: Basis, names: Names) -> str:
    words = names.words
    span = span_text(basis.since, basis.until)
    marks = [span] if span else []
    marks += [words("sheet.conduct")] if basis.conduct else []
    if basis.lists:
        marks.append(words("sheet.of_lists", lists=words.joined(names.list(k) for k in sorted(basis.lists))))
    said = basis_text(basis, names) + today_text(basis, names.catalogue, words)
    said += words("show.in_brackets", text=words.joined(marks, "part")) if marks else ""
    return f"{said}{words('mark.colon')}{basis.note}" if basis.note else said


def _open(kind: MeasureKind, words: Words) -> Iterator[str]:
    carrying = [b for b in kind.bases if b.strength is not Strength.LIMIT]
    if not carrying:
        yield words("show.not_carried")
    elif all(basis.conduct for basis in carrying):
        yield words("sheet.open.conduct_only")
    if not kind.units:
        yield words("sheet.open.competent")
    recalled = sum(basis.checked is Checked.RECALLED for basis in kind.bases)
    if recalled:
        yield words("sheet.open.bases_recalled", n=recalled)
