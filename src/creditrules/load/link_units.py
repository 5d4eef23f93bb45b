"""Load: link units, their spellings, what became of them, and the regions they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creditrules.load.cycles import cycles
from creditrules.load.doc_rules import LocalDoc, UnitDoc
from creditrules.load.doc_types import Check
from creditrules.load.documents import Read
from creditrules.load.entries import Entries, Entry, Layers, add, section
from creditrules.load.link_unit_stack import check_gaps, extended
from creditrules.load.tables import Tables, spellings
from creditrules.model.text import Text
from creditrules.model.unit import LocalName, Region, Succession, Unit, Units
from creditrules.model.words import Checked


def link_units(reads: Iterable[Read], layers: Layers, tables: Tables) -> Units:
    """Link units and regions, and make *tables* know them."""
    reads = tuple(reads)
    regions = _regions(section("regions", reads, layers, tables.found), tables)
    entries, additions = _entries(reads, layers, tables)
    units = {key: _unit(entry, regions, entries, tables) for key, entry in entries.items()}
    for addition in additions:
        if addition.key in units:
            unit = units[addition.key]
            units[addition.key] = extended(
                unit, addition, layers, tables, _unit(addition, regions, entries, tables)
            )
        elif addition.doc.extends is None:
            tables.found.at("CR121", addition.written, key="name")
    _check_successions(units, entries, tables)
    check_gaps(units, entries, tables.found)
    tables.units = Units(units, _by_name(units, entries, tables), regions)
    return tables.units


def _entries(
    reads: tuple[Read, ...], layers: Layers, tables: Tables
) -> tuple[dict[str, Entry], tuple[Entry, ...]]:
    """Split the entries into those that define a unit and those that add local bodies to one."""
    additions: list[Entry] = []
    defining = Entries()
    for layer in sorted({read.layer for read in reads}):
        of_layer = section("units", [r for r in reads if r.layer == layer], layers, tables.found, defining)
        additions += of_layer.extensions
        for entry in of_layer.values():
            if entry.doc.name is None:
                additions.append(entry)
            else:
                add(defining, entry, layers, tables.found)
    return defining, tuple(additions)


def _regions(entries: Mapping[str, Entry], tables: Tables) -> dict[str, Region]:
    regions = {key: Region(key, entry.doc.name, entry.doc.parent) for key, entry in entries.items()}
    tables.spell("regions", spellings(regions))
    for entry in entries.values():
        if entry.doc.parent is not None:
            tables.key_of("regions", entry.doc.parent, entry.node, "parent")
    for chain in cycles({key: [region.parent] if region.parent else [] for key, region in regions.items()}):
        tables.found.at("CR214", entries[chain[0]].written, chain=" → ".join(chain))
    return regions


def _unit(entry: Entry, regions: Mapping[str, Region], entries: Mapping[str, Entry], tables: Tables) -> Unit:
    doc: UnitDoc = entry.doc
    if doc.since and doc.until and doc.until < doc.since:
        tables.found.at("CR129", entry.node, "until", since=str(doc.since), until=str(doc.until))
    if doc.parent is not None and doc.parent not in entries:
        tables.found.at(
            "CR201", entry.node, "parent", name=doc.parent, **tables.found.near(doc.parent, entries)
        )
    return Unit(
        key=entry.key,
        name=Text(doc.name or "", doc.en),
        aliases=doc.aliases,
        level=doc.level,
        nature=doc.nature,
        since=doc.since,
        until=doc.until,
        successions=tuple(_succession(entry, i, entries, tables) for i in range(len(doc.becomes))),
        locals=_locals(entry, regions, tables),
        parent=doc.parent,
        is_generic=doc.generic,
        checked=_state(doc.checked),
        span=entry.written.span,
    )


def _succession(entry: Entry, i: int, entries: Mapping[str, Entry], tables: Tables) -> Succession:
    doc = entry.doc.becomes[i]
    key = doc.unit
    if key not in entries:
        named = [k for k, e in entries.items() if key == e.doc.name or key in e.doc.aliases]
        if not named:
            tables.found.at(
                "CR201", entry.node, "becomes", i, "unit", name=key, **tables.found.near(key, entries)
            )
        key = named[0] if named else key
    return Succession(
        key, doc.on, doc.whole, doc.scope, doc.matters, _state(doc.checked or entry.doc.checked)
    )


def _locals(entry: Entry, regions: Mapping[str, Region], tables: Tables) -> tuple[LocalName, ...]:
    docs: tuple[LocalDoc, ...] = entry.doc.local
    for i, doc in enumerate(docs):
        if doc.region not in regions:
            tables.found.at(
                "CR219",
                entry.node,
                "local",
                i,
                "region",
                name=doc.region,
                **tables.found.near(doc.region, regions),
            )
        if doc.since and doc.until and doc.until < doc.since:
            tables.found.at(
                "CR129", entry.node, "local", i, "until", since=str(doc.since), until=str(doc.until)
            )
    return tuple(
        LocalName(doc.region, doc.name, doc.since, doc.until, _state(doc.checked or entry.doc.checked))
        for doc in docs
    )


def _state(check: Check | None) -> Checked:
    return Checked.RECALLED if check is None else check.state


def _check_successions(units: Mapping[str, Unit], entries: Mapping[str, Entry], tables: Tables) -> None:
    """Refuse units that succeed each other in a circle: nobody would act for them (CR214)."""
    graph = {key: [s.unit for s in unit.successions if s.whole] for key, unit in units.items()}
    for chain in cycles(graph):
        entry = entries[chain[0]]
        i = next(i for i, s in enumerate(units[chain[0]].successions) if s.whole and s.unit == chain[1])
        tables.found.at("CR214", entry.node, "becomes", i, "unit", chain=" → ".join(chain))


def _by_name(
    units: Mapping[str, Unit], entries: Mapping[str, Entry], tables: Tables
) -> dict[str, tuple[str, ...]]:
    """Return the units each spelling means; two that bear one name at one time are a finding (CR220)."""
    named: dict[str, tuple[str, ...]] = {}
    for unit in units.values():
        for name in dict.fromkeys(unit.spellings):
            for other in named.get(name, ()):
                if _overlap(unit, units[other]):
                    first = entries[other].written.span
                    words = {"name": name, "unit": other, "other": str(first)}
                    source, span = entries[unit.key].node.source, entries[unit.key].written.span
                    tables.found.on("CR220", source, span, words, related=(first,))
            named[name] = (*named.get(name, ()), unit.key)
    return named


def _overlap(one: Unit, other: Unit) -> bool:
    starts_first = one.since is None or other.until is None or one.since < other.until
    return starts_first and (other.since is None or one.until is None or other.since < one.until)
