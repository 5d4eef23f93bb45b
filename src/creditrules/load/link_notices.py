"""Load: link notices with the unit that issued them, the channels they name and the lists they rely on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from creditrules.load.doc_notices import ChannelDoc, MeasureListDoc, NoticeDoc, SectionDoc
from creditrules.load.doc_types import Check
from creditrules.load.documents import Read
from creditrules.load.entries import Entries, Entry, Layers, add, section, twice
from creditrules.load.node import Node
from creditrules.load.tables import Tables, spellings
from creditrules.model.memorandum import Memorandum
from creditrules.model.notice import Channel, MeasureList, Notice, Section
from creditrules.model.text import Text
from creditrules.model.words import Checked

_NO_CHECK = Check(Checked.VERIFIED)


@frozen
class Notices:
    """The notices of a catalogue with what they name."""

    notices: Mapping[str, Notice]
    channels: Mapping[str, Channel]
    measure_lists: Mapping[str, MeasureList]


def link_notices(
    reads: Iterable[Read], layers: Layers, tables: Tables, memoranda: Mapping[str, Memorandum]
) -> Notices:
    """Link notices, channels and lists of measures.

    Findings: CR201, CR219, CR234 (unknown channel), CR235 (unknown list of measures, or memorandum of one),
    CR236 (a section numbered twice), CR237 (measures of a list that nobody has seen).
    """
    reads = tuple(reads)
    channels = {
        key: _channel(entry, tables)
        for key, entry in section("channels", reads, layers, tables.found).items()
    }
    tables.spell("channels", spellings(channels))
    tables.spell("channels", ((alias, key) for key, c in channels.items() for alias in c.aliases))
    listed = section("measure_lists", reads, layers, tables.found)
    measure_lists = {key: _measure_list(entry, tables, memoranda) for key, entry in listed.items()}
    tables.spell("measure_lists", ((key, key) for key in measure_lists))
    entries = Entries()
    for read in reads:
        if isinstance(read.doc, NoticeDoc):
            written = read.node.value["notice"]
            entry = Entry(read.doc.notice, read.doc, read.node, written, read.layer)
            add(entries, entry, layers, tables.found)
    return Notices({key: _notice(e, tables) for key, e in entries.items()}, channels, measure_lists)


def _notice(entry: Entry, tables: Tables) -> Notice:
    doc: NoticeDoc = entry.doc
    if doc.region is not None:
        tables.key_of("regions", doc.region, entry.node, "region")
    return Notice(
        key=entry.key,
        doc_no=doc.doc_no,
        title=doc.title,
        issued=doc.issued,
        issued_by=tables.unit_of(doc.issued_by, doc.issued, entry.node, "issued_by") or "",
        sections=tuple(_sections(entry, tables)),
        region=doc.region,
        since=doc.since,
        until=doc.until,
        addressees=doc.addressees,
        cites=doc.cites,
        status_note=doc.status_note or Text(),
        source=doc.source,
        checked=(doc.checked or _NO_CHECK).state,
        span=entry.written.span,
    )


def _sections(entry: Entry, tables: Tables) -> Iterable[Section]:
    seen: dict[str, Node] = {}
    doc: NoticeDoc = entry.doc
    for i, part in enumerate(doc.sections):
        node = entry.node.value["sections"].value[i]
        if part.n in seen:
            twice("CR236", node.value["n"], seen[part.n], tables.found, key=part.n)
        seen.setdefault(part.n, node.value["n"])
        yield _section(part, node, tables)


def _section(doc: SectionDoc, node: Node, tables: Tables) -> Section:
    return Section(
        number=doc.n,
        heading=doc.heading,
        says=doc.says,
        force=doc.force,
        channels=tables.keys_of("channels", doc.channels, node, "channels"),
        relies_on=tables.keys_of("measure_lists", doc.relies_on, node, "relies_on"),
        note=doc.note or "",
    )


def _channel(entry: Entry, tables: Tables) -> Channel:
    doc: ChannelDoc = entry.doc
    if doc.region is not None:
        tables.key_of("regions", doc.region, entry.node, "region")
    operator = doc.operator and tables.unit_of(doc.operator, None, entry.node, "operator")
    return Channel(
        key=entry.key,
        name=doc.name,
        kind=doc.kind,
        level=doc.level,
        region=doc.region,
        operator=operator,
        url=doc.url,
        aliases=doc.aliases,
        checked=(doc.checked or _NO_CHECK).state,
        note=doc.note or "",
    )


def _measure_list(entry: Entry, tables: Tables, memoranda: Mapping[str, Memorandum]) -> MeasureList:
    doc: MeasureListDoc = entry.doc
    if doc.region is not None:
        tables.key_of("regions", doc.region, entry.node, "region")
    if doc.memoranda and doc.status == "not_seen":
        tables.found.at("CR237", entry.node, "memoranda", key=entry.key)
    for i, key in enumerate(doc.memoranda):
        if key not in memoranda:
            words = tables.found.near(key, memoranda)
            tables.found.at("CR235", entry.node, "memoranda", i, name=key, **words)
    return MeasureList(
        key=entry.key,
        title=doc.title,
        level=doc.level,
        region=doc.region,
        seen=doc.status == "seen",
        memoranda=doc.memoranda,
        checked=(doc.checked or _NO_CHECK).state,
        note=doc.note or Text(),
    )
