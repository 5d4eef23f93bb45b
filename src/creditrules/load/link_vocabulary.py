"""Load: link the vocabularies: effects, matters, roles, kinds of subject, capacities, parties, facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from creditrules.errors import Span
from creditrules.load.conditions import FactTable
from creditrules.load.doc_facts import FactDoc
from creditrules.load.doc_measures import MemorandumDoc
from creditrules.load.documents import Read
from creditrules.load.entries import Entries, Entry, Layers, section, twice
from creditrules.load.node import Node
from creditrules.load.tables import Tables, spellings
from creditrules.model.builtin_facts import ASKED_ONLY, BUILTIN_FACTS
from creditrules.model.catalogue import (
    Capacity,
    EffectKind,
    FactDeclaration,
    Matter,
    Party,
    RoleKind,
    SubjectKind,
)
from creditrules.model.text import Text


@frozen
class Vocabulary:
    """The open vocabularies of a catalogue."""

    effects: Mapping[str, EffectKind]
    matters: Mapping[str, Matter]
    roles: Mapping[str, RoleKind]
    kinds: Mapping[str, SubjectKind]
    capacities: Mapping[str, Capacity]
    parties: Mapping[str, Party]
    facts: Mapping[str, FactDeclaration]


def link_vocabulary(reads: Iterable[Read], layers: Layers, tables: Tables) -> Vocabulary:
    """Link the vocabularies, and make *tables* know their spellings."""
    reads = tuple(reads)

    def entries(name: str) -> Entries:
        tables.entries[name] = section(name, reads, layers, tables.found)
        return tables.entries[name]

    effects = {
        key: EffectKind(
            key,
            e.doc.name,
            e.doc.type,
            e.doc.strictness,
            e.doc.verb or Text(),
            e.doc.approval,
            e.written.span,
        )
        for key, e in entries("effects").items()
    }
    matters = {key: Matter(key, e.doc, e.written.span) for key, e in entries("matters").items()}
    roles = {key: RoleKind(key, e.doc, e.written.span) for key, e in entries("roles").items()}
    kinds = {
        key: SubjectKind(key, e.doc.name, e.doc.natural, e.written.span)
        for key, e in entries("kinds_of_subject").items()
    }
    capacities = {key: Capacity(key, e.doc, e.written.span) for key, e in entries("capacities").items()}
    for name, vocabulary in (
        ("effects", effects),
        ("matters", matters),
        ("roles", roles),
        ("kinds_of_subject", kinds),
        ("capacities", capacities),
    ):
        tables.spell(name, spellings(vocabulary))
    parties = {key: _party(entry, tables) for key, entry in entries("parties").items()}
    parties.setdefault("any", Party("any", Text("任何当事人", "any party"), frozenset()))
    tables.spell("parties", spellings(parties))
    facts = _facts(reads, entries("facts"), tables)
    choices: dict[str, Mapping[str, Text]] = {
        "listing.capacity": {key: capacity.name for key, capacity in capacities.items()},
        "role.name": {key: role.name for key, role in roles.items()},
    }
    choices["subject.kind"] = choices["target.kind"] = {key: kind.name for key, kind in kinds.items()}
    tables.facts = FactTable(facts, choices)
    return Vocabulary(effects, matters, roles, kinds, capacities, parties, facts)


def _party(entry: Entry, tables: Tables) -> Party:
    doc = entry.doc
    kinds = tables.keys_of("kinds_of_subject", doc.kinds, entry.node, "kinds")
    capacity = doc.capacity and tables.key_of("capacities", doc.capacity, entry.node, "capacity")
    return Party(entry.key, doc.name, frozenset(kinds), capacity, entry.written.span)


def _facts(reads: Iterable[Read], shared: Mapping[str, Entry], tables: Tables) -> dict[str, FactDeclaration]:
    facts = {name: fact for name, fact in BUILTIN_FACTS.items() if name not in ASKED_ONLY}
    written: dict[str, Node] = {}
    for entry in (*shared.values(), *_own_facts(reads)):
        fact = _fact(entry.key, entry.doc, entry.written.span)
        if not fact.choices and fact.type == "choice":
            tables.found.at("CR121", entry.node, key="choices")
        if entry.key in BUILTIN_FACTS:
            tables.found.at("CR227", entry.written, name=entry.key)
        elif facts.setdefault(entry.key, fact) != fact:
            # Two documents may ask the same question in the same words; not two questions under one name.
            twice("CR209", entry.written, written[entry.key], tables.found, key=entry.key)
        written.setdefault(entry.key, entry.written)
    return facts


def _own_facts(reads: Iterable[Read]) -> Iterable[Entry]:
    for read in reads:
        if isinstance(read.doc, MemorandumDoc) and read.doc.facts:
            holder: Node = read.node.value["facts"]
            for key, doc in read.doc.facts.items():
                written = Node(key, holder.source, *(holder.keys or {})[key])
                yield Entry(key, doc, holder.value[key], written, read.layer)


def _fact(name: str, doc: FactDoc, place: Span) -> FactDeclaration:
    return FactDeclaration(
        name, doc.about, doc.type, doc.ask, dict(doc.choices), doc.when_missing, doc.note or "", place
    )
