"""Load: link legal bases to the index of statutes; an article behind the last one is found here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from creditrules.load.doc_measures import BasisDoc
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.basis import Basis
from creditrules.model.words import Checked


def bases_of(
    docs: Iterable[BasisDoc],
    node: Node,
    name: str,
    tables: Tables,
    on: date | None = None,
    origin: str = "memorandum",
) -> tuple[Basis, ...]:
    """Link the bases listed under a key of *node*; *on* is the day of the document that cites them."""
    return tuple(basis_of(doc, node.value[name].value[i], tables, on, origin) for i, doc in enumerate(docs))


def basis_of(
    doc: BasisDoc, node: Node, tables: Tables, on: date | None = None, origin: str = "memorandum"
) -> Basis:
    """Link one basis; rank and check come from the index of statutes when the document gives none.

    Findings: CR129, CR204, CR208; as notes CR216 (the index does not hold the law), CR222 (nor the version).
    """
    if doc.since and doc.until and doc.until < doc.since:
        tables.found.at("CR129", node, "until", since=str(doc.since), until=str(doc.until))
    seen = _look_up(doc, node, tables, on)
    return Basis(
        law=doc.law,
        version=doc.version,
        article=doc.article,
        item=doc.item,
        cited=doc.cited,
        rank=doc.rank or tables.statutes.rank_of(doc.law),
        strength=doc.strength,
        since=doc.since,
        until=doc.until,
        reaches=frozenset(tables.keys_of("roles", doc.reaches, node, "reaches")),
        lists=frozenset(tables.keys_of("lists", doc.lists, node, "lists")),
        conduct=doc.conduct,
        origin=origin,
        checked=doc.checked.state if doc.checked else Checked.VERIFIED if seen else Checked.RECALLED,
        note=doc.note or "",
        span=node.span,
    )


def _look_up(doc: BasisDoc, node: Node, tables: Tables, on: date | None) -> bool:
    """Say whether the index holds the provision."""
    known = tables.statutes.known(doc.law)
    if not known:
        if doc.law not in tables.missing:
            tables.missing.add(doc.law)
            tables.found.note("CR216", node, "law", law=doc.law)
        return False
    meant = [version for version in known if version.version == doc.version]
    if doc.version is not None and not meant:
        versions = ", ".join(str(version.version) for version in known)
        tables.found.note("CR222", node, "version", law=doc.law, version=str(doc.version), known=versions)
        # Nobody here has read that text, so nothing about it is certainly wrong.
        return False
    article = doc.article
    if article is None:
        return True
    # Where no version is named, only an article that no text ever had is certainly wrong.
    last = max(version.last_article for version in meant or known)
    if article > last:
        words = {"law": doc.law, "article": str(article), "last": str(last)}
        tables.found.at("CR208", node, "article", **words)
        return False
    around = meant or tables.statutes.around(doc.law, on)
    return all(article <= version.last_article for version in around)
