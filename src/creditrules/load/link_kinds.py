"""Load: link kinds of measures with the statutes that carry them, and the provisions on liability."""

from __future__ import annotations

from collections.abc import Iterable

from creditrules.load.conditions import condition_of
from creditrules.load.doc_rules import LiabilityDoc, MeasureKindDoc
from creditrules.load.documents import Read
from creditrules.load.entries import Entry, Layers, keyed, section
from creditrules.load.link_bases import bases_of, basis_of
from creditrules.load.node import Node, step
from creditrules.load.tables import Tables, spellings
from creditrules.model.catalogue import Liability, MeasureKind
from creditrules.model.memorandum import UnitPart
from creditrules.model.text import Text


def link_kinds(reads: Iterable[Read], layers: Layers, tables: Tables) -> dict[str, MeasureKind]:
    """Link kinds of measures, and make *tables* know their spellings."""
    entries = section("kinds", reads, layers, tables.found)
    kinds = {key: _kind(entry, tables) for key, entry in entries.items()}
    tables.spell("kinds", spellings(kinds))
    return kinds


def _kind(entry: Entry, tables: Tables) -> MeasureKind:
    doc: MeasureKindDoc = entry.doc
    node = entry.node
    units = (
        (name, tables.unit_of(name, None, node, "units", i), step(node, ("units", i)).span)
        for i, name in enumerate(doc.units)
    )
    return MeasureKind(
        key=entry.key,
        name=doc.name,
        effect=tables.key_of("effects", doc.effect, node, "effect") or "",
        type=doc.type,
        matter=doc.matter and tables.key_of("matters", doc.matter, node, "matter"),
        target_kinds=frozenset(tables.keys_of("kinds_of_subject", doc.reaches, node, "reaches")),
        units=tuple(UnitPart(name, key, span=place) for name, key, place in units if key is not None),
        bases=bases_of(doc.basis, node, "basis", tables, origin="kind"),
        history=doc.history or "",
        note=doc.note or "",
        span=entry.written.span,
    )


def link_liabilities(reads: Iterable[Read], tables: Tables) -> tuple[Liability, ...]:
    """Link the provisions by which persons are reached through an organisation, in written order."""
    return tuple(_liability(doc, node, tables) for doc, node in keyed("liability", reads, tables.found))


def _liability(doc: LiabilityDoc, node: Node, tables: Tables) -> Liability:
    if not doc.basis.reaches:
        tables.found.at("CR121", node, "basis", key="reaches")
    return Liability(
        key=doc.key,
        basis=basis_of(doc.basis, node.value["basis"], tables, origin="kind"),
        condition=doc.condition,
        when=condition_of(node.value["when"], tables.facts, tables.found),
        duration=doc.duration or Text(),
        lists=frozenset(tables.keys_of("lists", doc.lists, node, "lists")),
        kinds=frozenset(tables.keys_of("kinds", doc.kinds, node, "kinds")),
        span=node.span,
    )
