"""Load: link memoranda, and what they say of one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from creditrules.load.cycles import cycles
from creditrules.load.doc_measures import MemorandumDoc
from creditrules.load.doc_types import Check
from creditrules.load.documents import Read
from creditrules.load.entries import Entries, Entry, Layers, add, twice
from creditrules.load.link_clauses import clauses_of
from creditrules.load.link_measures import measure_of
from creditrules.load.node import Node
from creditrules.load.tables import Tables
from creditrules.model.basis import plain_title
from creditrules.model.memorandum import STATUTE, Measure, Memorandum, Source
from creditrules.model.words import Checked


def link_memoranda(reads: Iterable[Read], layers: Layers, tables: Tables) -> dict[str, Memorandum]:
    """Link all memoranda.

    Findings: those of the parts, CR126, CR129, CR203, CR209–CR211, CR225, CR226, CR247; as a note CR215.
    """
    entries = tables.entries["memoranda"] = Entries()
    for read in reads:
        if isinstance(read.doc, MemorandumDoc):
            written = read.node.value["memorandum"]
            add(
                entries,
                Entry(read.doc.memorandum, read.doc, read.node, written, read.layer),
                layers,
                tables.found,
            )
    memoranda = {key: memorandum_of(entry, tables) for key, entry in entries.items()}
    _check_references(entries, tables)
    return memoranda


def memorandum_of(entry: Entry, tables: Tables) -> Memorandum:
    """Link one memorandum."""
    doc: MemorandumDoc = entry.doc
    node, value = entry.node, entry.node.value
    since, until = doc.in_force.since, doc.in_force.until
    if since and until and until.latest < since.earliest:
        tables.found.at("CR129", node, "in_force", "until", since=str(since), until=str(until))
    on = since.latest if since else None
    return Memorandum(
        key=entry.key,
        doc_no=doc.doc_no,
        title=doc.title,
        since=since,
        lists=frozenset(tables.keys_of("lists", doc.lists, node, "lists")),
        covers=() if doc.covers is None else clauses_of(doc.covers, value["covers"], tables, on),
        measures=_measures(doc, node, tables, on),
        until=until,
        ended_by=doc.in_force.ended_by,
        supersedes=doc.supersedes,
        lead_units=_units("lead_units", doc.lead_units, node, tables, on),
        signatories=_units("signatories", doc.signatories, node, tables, on),
        status_note=doc.status_note or "",
        mechanism=tuple(doc.mechanism.items()),
        completeness=doc.completeness,
        measures_in_document=doc.measures_in_document,
        sources=tuple(Source(s.id, s.url, s.title, s.showed) for s in doc.sources),
        instrument=doc.instrument,
        checked=(doc.checked or Check(Checked.VERIFIED)).state,
        span=entry.written.span,
    )


def _units(name: str, written: Iterable[str], node: Node, tables: Tables, on: date | None) -> tuple[str, ...]:
    keys = (tables.unit_of(unit, on, node, name, i) for i, unit in enumerate(written))
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _measures(doc: MemorandumDoc, node: Node, tables: Tables, on: date | None) -> tuple[Measure, ...]:
    if not doc.measures:
        # An inventory entry says that a document exists, not what it holds.
        if doc.completeness != "inventory_only":
            tables.found.at("CR126", node, "memorandum", name=doc.memorandum)
        return ()
    holder = node.value["measures"]
    measures: list[Measure] = []
    seen: dict[str, Node] = {}
    for i, measure_doc in enumerate(doc.measures):
        inner = holder.value[i]
        measure = measure_of(measure_doc, inner, tables, on)
        if measure.covers is None and doc.covers is None:
            tables.found.at("CR121", inner, key="covers")
        if doc.instrument == STATUTE and not _cites(measure, doc):
            tables.found.at("CR247", inner, law=doc.title.zh)
        numbered = inner.value.get("key") or inner.value.get("n") or inner
        if measure.key in seen:
            twice("CR211", numbered, seen[measure.key], tables.found, key=measure.key)
        seen.setdefault(measure.key, numbered)
        measures.append(measure)
    return tuple(measures)


def _cites(measure: Measure, doc: MemorandumDoc) -> bool:
    """Say whether a measure of a statute cites a provision of that statute."""
    own = plain_title(doc.title.zh)
    return any(plain_title(b.law) == own and (b.article or b.item or b.cited) for b in measure.bases)


def _check_references(entries: Mapping[str, Entry], tables: Tables) -> None:
    """Check that document numbers are not used twice and that none supersedes itself, however far round."""
    by_number: dict[str, str] = {}
    for key, entry in entries.items():
        number = _number(entry.doc.doc_no)
        if number in by_number:
            other = entries[by_number[number]].node.value["doc_no"]
            twice("CR210", entry.node.value["doc_no"], other, tables.found, doc_no=entry.doc.doc_no)
        by_number.setdefault(number, key)
    graph: dict[str, list[str]] = {}
    for key, entry in entries.items():
        graph[key] = []
        for i, doc_no in enumerate(entry.doc.supersedes):
            older = by_number.get(_number(doc_no))
            if older is None:
                tables.found.note("CR215", entry.node, "supersedes", i, doc_no=doc_no)
            else:
                graph[key].append(older)
    for chain in cycles(graph):
        entry = entries[chain[0]]
        i = next(i for i, n in enumerate(entry.doc.supersedes) if by_number.get(_number(n)) == chain[1])
        tables.found.at("CR203", entry.node, "supersedes", i, chain=" → ".join(chain))


def _number(doc_no: str) -> str:
    """Return a document number with its brackets, which are typed in many ways, written in one."""
    return doc_no.translate(_BRACKETS).replace(" ", "")


_BRACKETS = str.maketrans("[]［］()（）【】", "〔〕" * 5)
