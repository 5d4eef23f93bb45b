"""Deliver: a unit on one sheet: its names through time, its local bodies, what it signed and carries out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from creditrules.decide.selection import Found, Wanted, measures_of
from creditrules.deliver.clauses import state_mark
from creditrules.deliver.json import plain
from creditrules.deliver.list_sheet import span_text
from creditrules.deliver.names import Names
from creditrules.deliver.sheet import EntrySheet, Line
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.unit import LocalName, Succession, Unit


def unit_sheet(unit: Unit, catalogue: Catalogue, lang: str) -> EntrySheet:
    """Put a unit into words."""
    names = Names(catalogue, Words(lang))
    words = names.words
    measures = measures_for(unit, catalogue)
    signed = (m for m in catalogue.memoranda.values() if unit.key in (*m.signatories, *m.lead_units))
    sections = (
        (words("sheet.locals"), tuple(_local(local, names) for local in unit.locals)),
        (words("sheet.signed"), tuple(f"{m.doc_no} {words.said(m.title)}" for m in signed)),
        (words("sheet.carries_out", n=len(measures)), tuple(measures_by_document(measures, names))),
    )
    facts = tuple((name, value) for name, value in _facts(unit, names) if value)
    return EntrySheet(words.said(unit.name), facts, sections, tuple(_open(unit, measures, words)))


def measures_for(unit: Unit, catalogue: Catalogue) -> tuple[Found, ...]:
    """Return the measures this very unit carries out, by name or as the competent body of their kind."""
    return measures_of(catalogue, Wanted(units=frozenset({unit.key})), recalled=True).measures


def unit_data(unit: Unit, catalogue: Catalogue) -> dict[str, Any]:
    """Return a unit as plain data, with its measures."""
    data: dict[str, Any] = plain(unit)
    return {**data, "measures": [found.key for found in measures_for(unit, catalogue)]}


def measures_by_document(measures: Iterable[Found], names: Names) -> Iterator[str]:
    """Name measures by their numbers, one line a document."""
    of: dict[str, list[str]] = {}
    for found in measures:
        of.setdefault(found.memorandum.key, []).append(found.measure.key)
    for key, keys in of.items():
        yield names.words("table.cited", document=names.document(key), n=names.numbers(key, keys))


def _facts(unit: Unit, names: Names) -> Iterator[Line]:
    words = names.words
    yield words("show.key"), unit.key
    yield words("sheet.aliases"), words.joined(unit.aliases)
    yield words("sheet.unit_level"), words(f"sheet.unit_levels.{unit.level}")
    yield words("sheet.nature"), words(f"sheet.natures.{unit.nature}")
    yield words("sheet.exists"), span_text(unit.since, unit.until)
    yield words("sheet.parent"), names.unit(unit.parent) if unit.parent else ""
    yield words("sheet.becomes"), words.joined((_succession(s, names) for s in unit.successions), "part")
    before = [
        (other, s)
        for other in names.catalogue.units.by_key.values()
        for s in other.successions
        if s.unit == unit.key
    ]
    came = (words.said(other.name) + _how(s, names) for other, s in before)
    yield words("sheet.came_from"), words.joined(came, "part")
    yield words("sheet.generic"), words("sheet.yes") if unit.is_generic else ""
    yield words("sheet.state"), words(f"checked.{unit.checked.value}")


def _succession(succession: Succession, names: Names) -> str:
    return names.unit(succession.unit) + _how(succession, names)


def _how(succession: Succession, names: Names) -> str:
    words = names.words
    part = "" if succession.whole else (succession.scope or words("sheet.in_part"))
    marks = words.joined(mark for mark in (str(succession.on), part) if mark)
    return words("show.in_brackets", text=marks) + state_mark(succession.checked, names)


def _local(local: LocalName, names: Names) -> str:
    region = names.catalogue.units.regions.get(local.region)
    where = names.words.said(region.name) if region else local.region
    span = span_text(local.since, local.until)
    marks = (names.words("show.in_brackets", text=span) if span else "") + state_mark(local.checked, names)
    return f"{where}{names.words('mark.colon')}{local.zh}{marks}"


def _open(unit: Unit, measures: tuple[Found, ...], words: Words) -> Iterator[str]:
    if not unit.locals and unit.level == "national":
        yield words("sheet.open.locals")
    by_kind = [f for f in measures if all(a.origin == "kind" for ln in f.lines for a in ln.acts)]
    if by_kind:
        yield words("sheet.open.by_kind", n=len(by_kind))
    if not measures:
        yield words("sheet.open.measures")
