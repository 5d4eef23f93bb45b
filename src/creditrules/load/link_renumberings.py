"""Load: link provisions whose number changed; an article behind the last one is found here too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from creditrules.load.doc_measures import BasisDoc
from creditrules.load.doc_rules import ProvisionDoc, RenumberingDoc, RulesDoc
from creditrules.load.documents import Read
from creditrules.load.link_bases import basis_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.renumbering import Provision, Renumbering
from creditrules.model.words import Checked


def link_renumberings(reads: Iterable[Read], tables: Tables) -> tuple[Renumbering, ...]:
    """Link the changes of number, in written order.

    Findings: CR129, CR208; as notes CR216, CR222.
    """
    return tuple(
        _renumbering(doc, read.node.value["renumberings"].value[i], tables)
        for read in reads
        if isinstance(read.doc, RulesDoc)
        for i, doc in enumerate(read.doc.renumberings)
    )


def _renumbering(doc: RenumberingDoc, node: Node, tables: Tables) -> Renumbering:
    old, new = doc.old.version, doc.new.version
    if old and new and new <= old:
        tables.found.at("CR129", node, "to", "version", since=str(old), until=str(new))
    if new and doc.since < new:
        # No text is in force before it is adopted.
        tables.found.at("CR129", node, "since", since=str(new), until=str(doc.since))
    return Renumbering(
        law=doc.law,
        old=_place(doc.law, doc.old, node.value["from"], tables, new),
        new=_place(doc.law, doc.new, node.value["to"], tables, new),
        since=doc.since,
        checked=doc.checked.state if doc.checked else Checked.VERIFIED,
        source=doc.source or (doc.checked.source if doc.checked else ""),
    )


def _place(law: str, doc: ProvisionDoc, node: Node, tables: Tables, on: date | None) -> Provision:
    basis_of(BasisDoc(law=law, version=doc.version, article=doc.article), node, tables, on)
    return Provision(doc.article, doc.item, doc.version)
