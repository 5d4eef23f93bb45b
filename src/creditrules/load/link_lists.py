"""Load: link lists; one that names no remedy or no way out is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from creditrules.load.conditions import condition_of
from creditrules.load.doc_lists import ListDoc
from creditrules.load.doc_types import Check
from creditrules.load.documents import Read
from creditrules.load.entries import Entry, Layers, section
from creditrules.load.link_bases import bases_of
from creditrules.load.tables import Tables
from creditrules.model.lists import EarlyRemoval, EntryCase, ListKind, ListPeriod, Trigger
from creditrules.model.text import Text
from creditrules.model.words import Checked


def link_lists(reads: Iterable[Read], layers: Layers, tables: Tables) -> dict[str, ListKind]:
    """Link lists, and make *tables* know them by key, title and alias."""
    entries = tables.entries["lists"] = section("lists", reads, layers, tables.found)
    tables.spell("lists", ((key, key) for key in entries))
    tables.spell("lists", _names(entries))
    return {key: list_of(entry, tables) for key, entry in entries.items()}


def _names(entries: Mapping[str, Entry]) -> Iterable[tuple[str, str]]:
    for key, entry in entries.items():
        for name in (entry.doc.title.zh, *entry.doc.aliases):
            if name:
                yield name, key


def list_of(entry: Entry, tables: Tables) -> ListKind:
    """Link one list."""
    doc: ListDoc = entry.doc
    if doc.remedy is None:
        tables.found.at("CR212", entry.written, list=entry.key)
    if not doc.ends_by:
        tables.found.at("CR213", entry.written, list=entry.key)
    _check_days(entry, doc, tables)
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
        succeeded_on=doc.succeeded_on,
        since=doc.since,
        until=doc.until,
        triggers=_triggers(entry, tables),
        instrument=doc.instrument or Text(),
        entry=_cases(entry, tables),
        extension=doc.extension or Text(),
        early_removal=_early_removal(doc),
        listed_with=tables.keys_of("roles", doc.listed_with, entry.node, "listed_with"),
        checked=doc.checked.state if doc.checked else Checked.VERIFIED,
        note=doc.note or "",
        span=entry.written.span,
    )


def _check_days(entry: Entry, doc: Any, tables: Tables, *path: str | int) -> None:
    """Report a span that ends before it begins (CR129)."""
    if doc.since and doc.until and doc.until < doc.since:
        words = {"since": str(doc.since), "until": str(doc.until)}
        tables.found.at("CR129", entry.node, *path, "until", **words)


def _periods(entry: Entry, tables: Tables) -> tuple[ListPeriod, ...]:
    doc: ListDoc = entry.doc
    for i, period in enumerate(doc.periods):
        _check_days(entry, period, tables, "periods", i)
    return tuple(
        ListPeriod(
            period.since,
            period.until,
            period.period,
            period.counts_from,
            _state(period.checked),
            period.source or _source(period.checked),
        )
        for period in doc.periods
    )


def _cases(entry: Entry, tables: Tables) -> tuple[EntryCase, ...]:
    doc: ListDoc = entry.doc
    cases = []
    for i, case in enumerate(doc.entry):
        _check_days(entry, case, tables, "entry", i)
        inner = entry.node.value["entry"].value[i]
        written = inner.value.get("when")
        when = None if case.when is None else condition_of(written, tables.facts, tables.found)
        state, source = _state(case.checked), _source(case.checked)
        cases.append(EntryCase(case.text, when, case.since, case.until, state, source, inner.span))
    return tuple(cases)


def _triggers(entry: Entry, tables: Tables) -> tuple[Trigger, ...]:
    doc: ListDoc = entry.doc
    triggers = []
    for i, trigger in enumerate(doc.triggers):
        _check_days(entry, trigger, tables, "triggers", i)
        named = trigger.list
        target = named and tables.key_of("lists", named, entry.node, "triggers", i, "list")
        named_kinds = tables.keys_of(
            "kinds_of_subject", trigger.reaches, entry.node, "triggers", i, "reaches"
        )
        triggers.append(
            Trigger(
                target,
                trigger.because,
                trigger.since,
                trigger.until,
                frozenset(named_kinds),
                _state(trigger.checked),
                _source(trigger.checked),
            )
        )
    return tuple(triggers)


def _early_removal(doc: ListDoc) -> EarlyRemoval | None:
    early = doc.early_removal
    if early is None:
        return None
    return EarlyRemoval(early.text, early.after, early.since, _state(early.checked), _source(early.checked))


def _state(check: Check | None) -> Checked:
    return check.state if check else Checked.VERIFIED


def _source(check: Check | None) -> str:
    return check.source if check else ""
