"""Policy: what may be written into the columns of a template: the vocabulary of one memorandum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import TypeVar

from attrs import frozen

from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue, FactDeclaration
from creditrules.model.condition import Test, tests_in
from creditrules.model.event_names import EVENT_NAMES
from creditrules.model.memorandum import Clause, Measure, Memorandum

Entry = TypeVar("Entry")


@frozen
class Choices:
    """One vocabulary: what is written, and beside it what that means."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def choices_of(memorandum: Memorandum, catalogue: Catalogue, words: Words) -> Iterator[Choices]:
    """Yield the vocabularies a memorandum is about; those without entries are left out."""
    measures = memorandum.measures
    said = words.said
    yield from _kept(("measure", "heading"), ((m.key, m.heading or said(m.does)) for m in measures))
    yield from _kept(("unit",), ((name,) for name in dict.fromkeys(_units(memorandum, catalogue))))
    lists = sorted(memorandum.lists.union(*(m.lists for m in measures)))
    yield from _kept(
        ("list",), ((said(catalogue.lists[key].title),) for key in lists if key in catalogue.lists)
    )
    yield from _kept(("kind",), ((said(kind.name),) for kind in catalogue.kinds.values()))
    yield from _kept(("role",), ((said(role.name),) for role in _first(catalogue.roles, _roles(memorandum))))
    facts = _first(catalogue.facts, _facts(memorandum, catalogue))
    yield from _kept(("fact", "type", "ask"), ((f.name, _type(f, words), said(f.ask)) for f in facts))
    effects = dict.fromkeys(e.effect for m in measures for e in m.effects if e.effect)
    yield from _kept(
        ("effect", "effect_name"),
        ((key, said(catalogue.effects[key].name)) for key in effects if key in catalogue.effects),
    )
    matters = dict.fromkeys(matter for m in measures for e in m.effects for matter in e.matters)
    yield from _kept(
        ("matter", "matter_name"),
        ((key, said(catalogue.matters[key].name)) for key in matters if key in catalogue.matters),
    )
    yield from _kept(("event",), ((said(name),) for name in EVENT_NAMES.values()))


def _kept(names: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[Choices]:
    made = tuple(rows)
    if made:
        yield Choices(names, made)


def _units(memorandum: Memorandum, catalogue: Catalogue) -> Iterator[str]:
    """Yield the names of units: those of the measures, of their kinds, and who signed the memorandum."""
    for measure in memorandum.measures:
        kinds = [catalogue.measure_kinds[key] for key in measure.kinds if key in catalogue.measure_kinds]
        for part in chain(measure.units, *(kind.units for kind in kinds)):
            unit = catalogue.units.by_key.get(part.unit)
            if unit is not None and not unit.is_generic:
                yield unit.name.zh
    for key in (*memorandum.lead_units, *memorandum.signatories):
        if key in catalogue.units.by_key:
            yield catalogue.units.by_key[key].name.zh


def _clauses(memorandum: Memorandum) -> list[Clause]:
    return [*memorandum.covers, *(clause for m in memorandum.measures for clause in m.covers or ())]


def _roles(memorandum: Memorandum) -> list[str]:
    return [
        role for clause in _clauses(memorandum) for reach in clause.reaches for role in sorted(reach.roles)
    ]


def _facts(memorandum: Memorandum, catalogue: Catalogue) -> list[str]:
    """Return the facts that the conditions of a memorandum ask for."""
    asked = [test.path for clause in _clauses(memorandum) for test in tests_in(clause.when)]
    for measure in memorandum.measures:
        asked += [test.path for test in _tests(measure)]
    return [path for path in asked if path in catalogue.facts]


def _tests(measure: Measure) -> Iterator[Test]:
    yield from tests_in(measure.when)
    for exempt in measure.unless:
        yield from tests_in(exempt.when)
    for grade in measure.duration.grades:
        yield from tests_in(grade.when)


def _first(entries: Mapping[str, Entry], keys: Iterable[str]) -> list[Entry]:
    """Return entries, those of some keys before the others."""
    return [entries[key] for key in dict.fromkeys((*keys, *entries)) if key in entries]


def _type(fact: FactDeclaration, words: Words) -> str:
    if fact.type == "choice":
        return " / ".join(fact.choices)
    return words(f"example.types.{fact.type}")
