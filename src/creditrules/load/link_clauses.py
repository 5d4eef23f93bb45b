"""Load: link coverage clauses: parties, roles, findings asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from creditrules.load.conditions import condition_of
from creditrules.load.doc_measures import ReachDoc
from creditrules.load.link_bases import bases_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.words import Checked, Direction


def clauses_of(doc: Any, node: Node, tables: Tables, on: date | None = None) -> tuple[Clause, ...]:
    """Link a liability clause, written as a mapping by party or as a list; *node* is its tree."""
    return tuple(_clauses(doc, node, tables, on))


def _clauses(doc: Any, node: Node, tables: Tables, on: date | None) -> Iterator[Clause]:
    if isinstance(doc, Mapping):
        written: dict[str, str] = {}
        for name, reaches in doc.items():
            holder = node.value[name]
            key_node = Node(name, node.source, *(node.keys or {})[name])
            party = tables.key_of("parties", name, key_node)
            if party is not None and written.setdefault(party, name) != name:
                tables.found.at("CR105", key_node, key=name)
            if party is not None:
                yield Clause(party, _reaches(reaches, holder, tables, on), span=key_node.span)
        return
    for i, clause in enumerate(doc):
        inner = node.value[i]
        party = tables.key_of("parties", clause.party, inner, "party")
        reaches = _reaches(clause.reaches, inner.value["reaches"], tables, on)
        when = condition_of(inner.value.get("when"), tables.facts, tables.found)
        if party is not None:
            checked = clause.checked.state if clause.checked else Checked.VERIFIED
            yield Clause(party, reaches, when, checked, inner.span)


def _reaches(docs: tuple[ReachDoc, ...], node: Node, tables: Tables, on: date | None) -> tuple[Reach, ...]:
    return tuple(reach for i, doc in enumerate(docs) for reach in _reach(doc, node.value[i], tables, on))


def _reach(doc: ReachDoc, node: Node, tables: Tables, on: date | None) -> Iterator[Reach]:
    named = [name for name in doc.role if name not in ("self", "自身", "本人")]
    if len(named) < len(doc.role):
        yield Reach(span=node.span)
    bases = bases_of(doc.basis, node, "basis", tables, on) if doc.basis else ()
    written = node.value.get("when") if isinstance(node.value, dict) else None
    when = condition_of(written, tables.facts, tables.found)
    if named or doc.any_role:
        roles = frozenset(_roles(named, node, "role", tables))
        yield Reach(Direction.ROLE, roles, doc.any_role, doc.held, doc.finding, when, bases, node.span)
    if doc.organisation_of:
        roles = frozenset(_roles(list(doc.organisation_of), node, "organisation_of", tables))
        yield Reach(Direction.ORGANISATION, roles, False, doc.held, doc.finding, when, bases, node.span)


def _roles(names: list[str], node: Node, key: str, tables: Tables) -> tuple[str, ...]:
    return tables.keys_of("roles", names, node, key)
