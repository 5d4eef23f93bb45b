"""Load: link ways out: what they ask for, when, and what they end."""

from __future__ import annotations

from collections.abc import Collection

from creditrules.load.conditions import FactTable, condition_of
from creditrules.load.doc_procedure import WayOutDoc
from creditrules.load.link_bases import basis_of
from creditrules.load.link_terms import term_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.procedure import Requirement, Term, WayOut
from creditrules.model.text import Text
from creditrules.model.words import Checked


def way_out(
    doc: WayOutDoc, node: Node, facts: FactTable, parameters: Collection[str], tables: Tables
) -> WayOut:
    """Link one way out, without the cases in which it is never open."""
    if doc.until and doc.until < doc.since:
        tables.found.at("CR129", node, "until", since=str(doc.since), until=str(doc.until))
    _check_start(doc, node, facts, tables)

    def term(name: str) -> Term | None:
        return term_of(getattr(doc, name), node, (name,), parameters, tables)

    return WayOut(
        key=doc.key,
        title=doc.title,
        since=doc.since,
        until=doc.until,
        basis=basis_of(doc.basis, node.value["basis"], tables, doc.since),
        applies=condition_of(node.value.get("applies"), facts, tables.found),
        apply_to=doc.apply_to,
        requires=_requirements(doc, node, facts, tables),
        ends=frozenset(doc.ends),
        lists=frozenset(tables.keys_of("lists", doc.lists, node, "lists")),
        earliest=term("earliest"),
        longest=term("longest"),
        counts_from=doc.counts_from,
        accepts_within=term("accepts_within"),
        decides_within=term("decides_within"),
        false_papers=doc.false_papers or Text(),
        checked=doc.checked.state if doc.checked else Checked.VERIFIED,
        span=node.value["key"].span,
    )


def _requirements(doc: WayOutDoc, node: Node, facts: FactTable, tables: Tables) -> tuple[Requirement, ...]:
    made = []
    for i, each in enumerate(doc.requires):
        written = node.value["requires"].value[i].value.get("when")
        when = None if written is None else condition_of(written, facts, tables.found)
        checked = each.checked.state if each.checked else Checked.VERIFIED
        made.append(Requirement(each.key, each.text, each.events, when, checked))
    return tuple(made)


def _check_start(doc: WayOutDoc, node: Node, facts: FactTable, tables: Tables) -> None:
    """Report a start of periods that is no day (CR207, CR132)."""
    fact = facts.facts.get(doc.counts_from)
    if fact is None:
        near = tables.found.near(doc.counts_from, facts.facts)
        tables.found.at("CR207", node, "counts_from", name=doc.counts_from, **near)
    elif fact.type != "date":
        words = {"fact": fact.name, "type": fact.type, "value": fact.name}
        expected = {"expected_en": "a fact of type date", "expected_zh": "日期类事实"}
        tables.found.at("CR132", node, "counts_from", **expected, **words)
