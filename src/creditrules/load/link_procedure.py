"""Load: link the rules of procedure; a name that stands for nothing and a circle of duties are findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve, frozen

from creditrules.load.conditions import FactTable, condition_of
from creditrules.load.cycles import cycles
from creditrules.load.doc_measures import ExemptDoc
from creditrules.load.doc_procedure import DutyDoc
from creditrules.load.doc_types import Check
from creditrules.load.documents import Read
from creditrules.load.entries import Entry, Layers, keyed, section
from creditrules.load.link_bases import bases_of, basis_of
from creditrules.load.link_terms import term_of
from creditrules.load.link_ways_out import way_out
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.condition import Condition
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Exempt
from creditrules.model.procedure import DutyRule, Force, Parameter, Procedure, SpecialTerm, WayOut
from creditrules.model.procedure_facts import LEVEL_NAMES, PROCEDURE_FACTS
from creditrules.model.text import Text
from creditrules.model.words import Checked


@frozen
class Procedural:
    """What the rules of procedure are looked up in: beside the tables, events, bodies and parameters."""

    tables: Tables
    facts: FactTable
    bodies: Mapping[str, Text]
    parameters: frozenset[str]
    instruments: frozenset[str]

    def condition(self, node: Node, name: str) -> Condition:
        """Return the condition written under a key, over the facts and over what has happened."""
        return condition_of(node.value.get(name), self.facts, self.tables.found)


def link_procedure(
    reads: Iterable[Read],
    layers: Layers,
    tables: Tables,
    lists: Mapping[str, ListKind],
    instruments: Iterable[str],
) -> Procedure:
    """Link bodies, duties, parameters and ways out of all rules files.

    Args:
        reads: the documents.
        layers: the sources they come from.
        tables: the vocabularies, and where findings go (CR250–CR258).
        lists: the lists a condition may name.
        instruments: keys of regimes and memoranda, whose days a duty without days of its own takes.
    """
    reads = tuple(reads)
    bodies = {k: e.doc for k, e in section("bodies", reads, layers, tables.found).items()}
    parameters = section("parameters", reads, layers, tables.found)
    choices = {
        **tables.facts.choices,
        "listing.level": LEVEL_NAMES,
        "listing.list": {key: kind.title for key, kind in lists.items()},
    }
    facts = FactTable({**tables.facts.facts, **PROCEDURE_FACTS}, choices)
    known = Procedural(tables, facts, bodies, frozenset(parameters), frozenset(instruments))
    written = list(keyed("duties", reads, tables.found))
    duties = tuple(_duty(doc, node, known) for doc, node in written)
    _check_after({doc.key: (doc, node) for doc, node in written}, tables)
    return Procedure(
        bodies=bodies,
        duties=duties,
        parameters={key: _parameter(entry, known) for key, entry in parameters.items()},
        ways_out=_ways_out(reads, known),
    )


def _duty(doc: DutyDoc, node: Node, known: Procedural) -> DutyRule:
    found = known.tables.found
    for name, body in (("who", doc.who), ("to", doc.to)):
        if body is not None and body not in known.bodies:
            found.at("CR250", node, name, name=body, **found.near(body, known.bodies))
    if doc.since is None and doc.instrument not in known.instruments:
        words = found.near(doc.instrument, known.instruments)
        found.at("CR256", node, "instrument", name=doc.instrument, **words)
    if doc.since and doc.until and doc.until < doc.since:
        found.at("CR129", node, "until", since=str(doc.since), until=str(doc.until))
    if not doc.triggers and doc.after is None:
        found.at("CR257", node, "key", name=doc.key)
    return DutyRule(
        key=doc.key,
        section=doc.section,
        instrument=doc.instrument,
        who=doc.who,
        does=doc.does,
        force=Force(doc.force),
        triggers=doc.triggers,
        after=doc.after,
        to=doc.to,
        levels=frozenset(doc.levels),
        when=known.condition(node, "when"),
        term=term_of(doc.term, node, ("term",), known.parameters, known.tables),
        special=_special(doc, node, known),
        fulfilled_by=doc.fulfilled_by,
        once=doc.once,
        excuses=exempts(doc.excuses, node, "excuses", known),
        claimed_by=doc.claimed_by or Text(),
        recorded_in=doc.recorded_in,
        basis=basis_of(doc.basis, node.value["basis"], known.tables, doc.since) if doc.basis else None,
        since=doc.since,
        until=doc.until,
        checked=_state(doc.checked),
        span=node.value["key"].span,
    )


def _special(doc: DutyDoc, node: Node, known: Procedural) -> tuple[SpecialTerm, ...]:
    made = []
    for i, special in enumerate(doc.special):
        inner = node.value["special"].value[i]
        term = term_of(special.term, inner, ("term",), known.parameters, known.tables)
        if term is not None:
            made.append(SpecialTerm(known.condition(inner, "when"), term, special.label or Text()))
    return tuple(made)


def exempts(docs: tuple[ExemptDoc, ...], node: Node, name: str, known: Procedural) -> tuple[Exempt, ...]:
    """Link the labelled exceptions under a key; one that always holds would silence its rule (CR130)."""
    made = []
    for i, doc in enumerate(docs):
        inner = node.value[name].value[i]
        if doc.when is None:
            known.tables.found.at("CR130", inner, "when")
        bases = bases_of(doc.basis, inner, "basis", known.tables)
        made.append(Exempt(doc.label, known.condition(inner, "when"), doc.name or Text(), bases, inner.span))
    return tuple(made)


def _parameter(entry: Entry, known: Procedural) -> Parameter:
    doc = entry.doc
    term = term_of(doc.term, entry.node, ("term",), known.parameters, known.tables)
    if term is not None and term.parameter is not None:
        known.tables.found.at("CR258", entry.node, "term", name=entry.key)
    # A number without a word on its source is not taken for checked.
    checked = Checked.UNSEEN if doc.checked is None else doc.checked.state
    return Parameter(entry.key, doc.name, term, checked, doc.note or "", entry.written.span)


def _ways_out(reads: Iterable[Read], known: Procedural) -> tuple[WayOut, ...]:
    made = []
    for doc, node in keyed("ways_out", reads, known.tables.found):
        made.append(
            evolve(
                way_out(doc, node, known.facts, known.parameters, known.tables),
                never=exempts(doc.never, node, "never", known),
            )
        )
    return tuple(made)


def _check_after(written: Mapping[str, tuple[DutyDoc, Node]], tables: Tables) -> None:
    for doc, node in written.values():
        if doc.after is not None and doc.after not in written:
            tables.found.at("CR253", node, "after", name=doc.after, **tables.found.near(doc.after, written))
    graph = {key: (doc.after,) if doc.after else () for key, (doc, _) in written.items()}
    for circle in cycles(graph):
        tables.found.at("CR255", written[circle[0]][1], "after", circle=" → ".join(circle))


def _state(check: Check | None) -> Checked:
    return check.state if check else Checked.VERIFIED
