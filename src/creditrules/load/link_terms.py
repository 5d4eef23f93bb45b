"""Load: link terms: one length of time, said in one way."""

from __future__ import annotations

from collections.abc import Collection

from creditrules.load.doc_procedure import TermDoc
from creditrules.load.link_bases import basis_of
from creditrules.load.node import Node, step
from creditrules.load.tables import Tables
from creditrules.model.procedure import Term
from creditrules.model.time import Period


def term_of(
    doc: TermDoc | None,
    node: Node,
    path: tuple[str | int, ...],
    parameters: Collection[str],
    tables: Tables,
) -> Term | None:
    """Link the term at a path of *node*.

    Findings: CR252 (a term said in two ways, or in none), CR254 (an unknown parameter).
    """
    if doc is None:
        return None
    period = Period(doc.years or 0, doc.months or 0, doc.days or 0)
    ways = (period != Period(), doc.working_days is not None, doc.parameter is not None)
    if sum(ways) != 1:
        tables.found.at("CR252", node, *path)
    if doc.parameter is not None and doc.parameter not in parameters:
        words = tables.found.near(doc.parameter, parameters)
        tables.found.at("CR254", node, *path, "parameter", name=doc.parameter, **words)
    written = step(node, path)
    return Term(
        period=period if ways[0] else None,
        working_days=doc.working_days,
        parameter=doc.parameter,
        basis=basis_of(doc.basis, written.value["basis"], tables) if doc.basis else None,
    )
