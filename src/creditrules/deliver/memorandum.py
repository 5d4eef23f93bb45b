"""Deliver: one memorandum as a sheet to read: everything it says, and what no source shows left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import frozen

from creditrules.deliver.clauses import (
    basis_text,
    clause_text,
    condition_text,
    duration_text,
    kind_text,
    since_text,
    state_mark,
)
from creditrules.deliver.json import plain
from creditrules.deliver.markdown import escape
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Effect, Measure, Memorandum, UnitPart
from creditrules.model.words import Checked, Stance

SCHEMA = "creditrules/memorandum/1"
Line = tuple[str, str]


@frozen
class MeasureSheet:
    """One measure: its number and heading as the document has them, then what is said of it, line by line."""

    number: str
    heading: str
    state: str
    does: str
    lines: tuple[Line, ...]


@frozen
class Sheet:
    """Everything a page about one document says; `open` counts what no source shows.

    `parts` is the word for what it is divided into.
    """

    title: str
    facts: tuple[Line, ...]
    covers: tuple[str, ...]
    measures: tuple[MeasureSheet, ...]
    open: tuple[str, ...]
    sources: tuple[str, ...]
    parts: str = "show.measures"


def to_data(memorandum: Memorandum) -> dict[str, Any]:
    """Return a memorandum as plain data; keys and codes as in the documents."""
    data: dict[str, Any] = plain(memorandum)
    return {"schema": SCHEMA, **data}


def sheet_of(memorandum: Memorandum, catalogue: Catalogue, lang: str) -> Sheet:
    """Put a memorandum into words."""
    names = Names(catalogue, Words(lang))
    day = memorandum.since.latest if memorandum.since else None
    return Sheet(
        title=names.words.said(memorandum.title),
        facts=tuple((name, value) for name, value in _facts(memorandum, names) if value),
        covers=tuple(clause_text(clause, names) for clause in memorandum.covers),
        measures=tuple(_measure(measure, names, day) for measure in memorandum.measures),
        open=tuple(_open(memorandum, names)),
        sources=tuple(
            names.words.joined((p for p in (s.key, s.title, s.url, s.showed) if p), "dot")
            for s in memorandum.sources
        ),
    )


def _facts(memorandum: Memorandum, names: Names) -> Iterator[Line]:
    words = names.words
    superseded_by = [m.doc_no for m in names.catalogue.superseding(memorandum)]
    until = f" – {since_text(memorandum.until, names)}" if memorandum.until else ""
    yield words("show.doc_no"), memorandum.doc_no + state_mark(memorandum.checked, names)
    yield words("show.key"), memorandum.key
    yield words("show.in_force"), since_text(memorandum.since, names) + until
    yield words("show.ended_by"), memorandum.ended_by or ""
    yield words("show.supersedes"), words.joined(memorandum.supersedes)
    yield words("show.superseded_by"), words.joined(superseded_by)
    yield words("show.lists"), words.joined(names.list(key) for key in sorted(memorandum.lists))
    yield words("show.lead_units"), words.joined(names.unit(key) for key in memorandum.lead_units)
    yield words("show.signatories"), words.joined(names.unit(key) for key in memorandum.signatories)
    yield words("show.completeness"), words(f"completeness.{memorandum.completeness}")
    yield words("show.status_note"), memorandum.status_note
    yield from ((words(f"mechanism.{key}"), text) for key, text in memorandum.mechanism)


def _measure(measure: Measure, names: Names, on: date | None) -> MeasureSheet:
    return MeasureSheet(
        number=measure.number or measure.key,
        heading=measure.heading or names.words("show.no_heading"),
        state=names.words(f"checked.{measure.checked.value}"),
        does=names.words.said(measure.does),
        lines=tuple((name, value) for name, value in _lines(measure, names, on) if value),
    )


def _lines(measure: Measure, names: Names, on: date | None) -> Iterator[Line]:
    words = names.words
    unseen = words("checked.unseen")
    kinds = words.joined(names.kind(kind) for kind in sorted(measure.target_kinds))
    if measure.stance is Stance.INCENTIVE:
        yield words("show.stance"), words("show.incentive")
    effects = [_effect(effect, names) for effect in measure.effects]
    yield words("show.effect"), words.joined(effects, "part") or unseen
    yield words("show.units"), words.joined(_unit(part, names) for part in measure.units) or unseen
    yield words("show.reaches"), kinds
    covers = [clause_text(clause, names) for clause in measure.covers or ()]
    yield words("show.covers"), words.joined(covers, "part")
    yield words("show.lists"), words.joined(names.list(key) for key in sorted(measure.lists))
    yield words("show.when"), condition_text(measure.when, names)
    for exempt in measure.unless:
        name = words.said(exempt.name) or exempt.label
        bases = (basis_text(basis, names, on) for basis in exempt.bases)
        said = (name, condition_text(exempt.when, names), *bases)
        yield words("show.unless"), words.joined((part for part in said if part), "part")
    cited = (basis_text(basis, names, on) for basis in measure.bases)
    yield words("show.basis"), words.joined(cited, "part") or unseen
    for key in measure.kinds:
        yield words("show.kind"), kind_text(key, names)
    yield words("show.duration"), duration_text(measure.duration, names)
    yield words("show.procedure"), words.joined(measure.procedure, "part")
    yield words("show.leads_to"), names.list(measure.leads_to) if measure.leads_to else ""
    yield words("show.note"), measure.note
    yield words("show.source"), measure.source


def _effect(effect: Effect, names: Names) -> str:
    words = names.words
    if effect.effect is None:
        return words("checked.unseen")
    discretion = words("show.in_brackets", text=words(f"discretion.{effect.discretion.value}"))
    matters: Iterable[str | None] = effect.matters or (None,)
    return words.joined((names.what(effect.effect, matter) for matter in matters), "part") + discretion


def _unit(part: UnitPart, names: Names) -> str:
    assists = names.words("show.in_brackets", text=names.words("show.assists")) if part.assists else ""
    return part.name + assists


def _open(memorandum: Memorandum, names: Names) -> Iterator[str]:
    """Say what no source shows, so that nobody takes the sheet for the whole document."""
    words, measures = names.words, memorandum.measures
    total = memorandum.measures_in_document
    if total is None:
        yield words("show.total_unknown", n=len(measures))
    elif total > len(measures):
        yield words("show.total", n=len(measures), total=total)
    if memorandum.since is None:
        yield words("show.undated")
    if not memorandum.covers:
        yield words("show.no_coverage")
    for key, gap in (
        ("show.open_heading", [m for m in measures if m.heading is None]),
        (
            "show.open_effect",
            [m for m in measures if not m.effects or any(e.effect is None for e in m.effects)],
        ),
        ("show.open_units", [m for m in measures if not m.units]),
        ("show.open_bases", [m for m in measures if not m.bases]),
        ("show.open_recalled", [m for m in measures if m.checked is Checked.RECALLED]),
        ("show.open_unseen", [m for m in measures if m.checked is Checked.UNSEEN]),
    ):
        if gap:
            yield words(key, n=len(gap), which=words.joined(m.number or m.key for m in gap))


def to_markdown(sheet: Sheet, lang: str) -> str:
    """Return a sheet as Markdown."""
    return "\n".join(_markdown(sheet, Words(lang))) + "\n"


def _markdown(sheet: Sheet, words: Words) -> Iterator[str]:
    colon = words("mark.colon")
    yield f"# {escape(sheet.title)}"
    yield ""
    yield from (f"- **{escape(name)}**{colon}{escape(value)}" for name, value in sheet.facts)
    for key, lines in (("show.covers", sheet.covers), ("show.open", sheet.open)):
        if lines:
            yield from ("", f"## {words(key)}", "")
            yield from (f"- {escape(line)}" for line in lines)
    yield from ("", f"## {words(sheet.parts, n=len(sheet.measures))}")
    for measure in sheet.measures:
        yield from ("", f"### {escape(f'{measure.number} {measure.heading}')} ({measure.state})", "")
        if measure.does:
            yield from (escape(measure.does), "")
        yield from (f"- **{escape(name)}**{colon}{escape(value)}" for name, value in measure.lines)
    if sheet.sources:
        yield from ("", f"## {words('show.sources')}", "")
        yield from (f"- {escape(line)}" for line in sheet.sources)
