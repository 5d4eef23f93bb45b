"""Load: link regimes, the dated changes of the general law."""

from __future__ import annotations

from collections.abc import Iterable

from creditrules.load.doc_rules import RegimeDoc
from creditrules.load.documents import Read
from creditrules.load.entries import keyed
from creditrules.load.link_bases import basis_of
from creditrules.load.link_clauses import clauses_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.catalogue import RecordRule, Regime, RegimeRule
from creditrules.model.text import Text
from creditrules.model.words import Checked


def link_regimes(reads: Iterable[Read], tables: Tables) -> tuple[Regime, ...]:
    """Link the regimes of all rules files, ordered by their first day."""
    regimes = (_regime(doc, node, tables) for doc, node in keyed("regimes", reads, tables.found))
    return tuple(sorted(regimes, key=lambda regime: (regime.since, regime.key)))


def _regime(doc: RegimeDoc, node: Node, tables: Tables) -> Regime:
    if doc.until and doc.until < doc.since:
        tables.found.at("CR129", node, "until", since=str(doc.since), until=str(doc.until))
    if doc.region is not None:
        tables.key_of("regions", doc.region, node, "region")
    return Regime(
        key=doc.key,
        title=doc.title,
        since=doc.since,
        basis=basis_of(doc.basis, node.value["basis"], tables, doc.since),
        until=doc.until,
        region=doc.region,
        rules=_rules(doc, node, tables),
        records=_records(doc, node, tables),
        checked=doc.checked.state if doc.checked else Checked.VERIFIED,
        note=doc.note or Text(),
        span=node.span,
    )


def _rules(doc: RegimeDoc, node: Node, tables: Tables) -> tuple[RegimeRule, ...]:
    return tuple(
        RegimeRule(
            rule.rule,
            rule.text,
            frozenset(rule.types),
            frozenset(rule.ranks),
            frozenset(tables.keys_of("effects", rule.effects, node, "rules", i, "effects")),
            frozenset(rule.natures),
            rule.period,
        )
        for i, rule in enumerate(doc.rules)
    )


def _records(doc: RegimeDoc, node: Node, tables: Tables) -> tuple[RecordRule, ...]:
    records = []
    for i, record in enumerate(doc.records):
        inner = node.value["records"].value[i]
        clauses = clauses_of(record.covers, inner.value["covers"], tables, doc.since)
        basis = basis_of(record.basis, inner.value["basis"], tables, doc.since)
        records.append(RecordRule(record.key, record.text, clauses, basis, record.shared_with))
    return tuple(records)
