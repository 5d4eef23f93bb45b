"""Load: link lists; one that names no remedy or no way out is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from creditrules.load.doc_rules import ListDoc
from creditrules.load.documents import Read
from creditrules.load.entries import Entry, Layers, section
from creditrules.load.link_bases import bases_of
from creditrules.load.tables import Tables
from creditrules.model.catalogue import ListKind, ListPeriod
from creditrules.model.text import Text
from creditrules.model.words import Checked


def link_lists(reads: Iterable[Read], layers: Layers, tables: Tables) -> dict[str, ListKind]:
    """Link lists, and make *tables* know them by key, title and alias."""
    entries = section("lists", reads, layers, tables.found)
    tables.spell("lists", ((key, key) for key in entries))
    tables.spell("lists", _names(entries))
    return {key: _list(entry, tables) for key, entry in entries.items()}


def _names(entries: Mapping[str, Entry]) -> Iterable[tuple[str, str]]:
    for key, entry in entries.items():
        for name in (entry.doc.title.zh, *entry.doc.aliases):
            if name:
                yield name, key


def _list(entry: Entry, tables: Tables) -> ListKind:
    doc: ListDoc = entry.doc
    if doc.remedy is None:
        tables.found.at("CR212", entry.written, list=entry.key)
    if not doc.ends_by:
        tables.found.at("CR213", entry.written, list=entry.key)
    if doc.since and doc.until and doc.until < doc.since:
        tables.found.at("CR129", entry.node, "until", since=str(doc.since), until=str(doc.until))
    succeeded_by = doc.succeeded_by and tables.key_of("lists", doc.succeeded_by, entry.node, "succeeded_by")
    return ListKind(
        key=entry.key,
        title=doc.title,
        level=doc.level,
        determined_by=doc.determined_by,
        remedy=doc.remedy or Text(),
        ends_by=doc.ends_by,
        bases=bases_of(doc.basis, entry.node, "basis", tables),
        periods=_periods(entry, tables),
        field=doc.field,
        aliases=doc.aliases,
        succeeded_by=succeeded_by,
        since=doc.since,
        until=doc.until,
        triggers=tables.keys_of("lists", doc.triggers, entry.node, "triggers"),
        checked=doc.checked.state if doc.checked else Checked.VERIFIED,
    )


def _periods(entry: Entry, tables: Tables) -> tuple[ListPeriod, ...]:
    doc: ListDoc = entry.doc
    for i, period in enumerate(doc.periods):
        if period.since and period.until and period.until < period.since:
            words = {"since": str(period.since), "until": str(period.until)}
            tables.found.at("CR129", entry.node, "periods", i, "until", **words)
    return tuple(
        ListPeriod(
            period.since,
            period.until,
            period.period,
            period.counts_from,
            (period.checked.state if period.checked else Checked.VERIFIED),
            period.source or (period.checked.source if period.checked else ""),
        )
        for period in doc.periods
    )
