"""Deliver: a kind of list on one sheet: who lists, on what grounds, for how long, and how it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from creditrules.deliver.clauses import basis_text, period_text, state_mark
from creditrules.deliver.names import Names
from creditrules.deliver.sheet import EntrySheet, Line
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.lists import EntryCase, ListKind, ListPeriod, Trigger
from creditrules.model.words import Checked


def list_sheet(kind: ListKind, catalogue: Catalogue, lang: str) -> EntrySheet:
    """Put a list into words."""
    names = Names(catalogue, Words(lang))
    words = names.words
    sections = (
        (words("sheet.entry"), tuple(_case(case, names) for case in kind.entry)),
        (words("sheet.periods"), tuple(_period(period, names) for period in kind.periods)),
        (words("table.ends_by"), tuple(words.said(text) for text in kind.ends_by)),
        (words("sheet.triggers"), tuple(_trigger(trigger, names) for trigger in kind.triggers)),
        (words("show.basis"), tuple(basis_text(basis, names) for basis in kind.bases)),
        (words("sheet.documents"), tuple(_documents(kind, catalogue, words))),
    )
    facts = tuple((name, value) for name, value in _facts(kind, names) if value)
    return EntrySheet(words.said(kind.title), facts, sections, tuple(_open(kind, words)))


def _facts(kind: ListKind, names: Names) -> Iterator[Line]:
    words = names.words
    yield words("show.key"), kind.key
    yield words("sheet.level"), words(f"sheet.levels.{kind.level.value}")
    yield words("sheet.field"), kind.field
    yield words("sheet.state"), words(f"checked.{kind.checked.value}")
    yield words("sheet.aliases"), words.joined(kind.aliases)
    yield words("sheet.instrument"), words.said(kind.instrument)
    yield words("sheet.determined_by"), words.said(kind.determined_by)
    yield words("show.in_force"), span_text(kind.since, kind.until)
    yield words("sheet.listed_with"), words.joined(names.role(role) for role in kind.listed_with)
    yield words("sheet.extension"), words.said(kind.extension)
    yield words("sheet.early_removal"), _early_removal(kind, names)
    yield words("table.remedy"), words.said(kind.remedy)
    yield words("sheet.succeeded_by"), _successor(kind, names)
    before = (k for k in names.catalogue.lists.values() if k.succeeded_by == kind.key)
    yield words("sheet.succeeds"), words.joined(words.said(k.title) for k in before)
    yield words("show.note"), kind.note


def span_text(since: date | None, until: date | None) -> str:
    """Say from when until when; nothing when neither is known."""
    return f"{since or '…'} – {until or '…'}" if since or until else ""


def _early_removal(kind: ListKind, names: Names) -> str:
    early, words = kind.early_removal, names.words
    if early is None:
        return ""
    after = words("sheet.after", period=period_text(early.after, names)) if early.after else ""
    since = words("table.since", since=early.since) if early.since else ""
    return after + words.said(early.text) + since + state_mark(early.checked, names)


def _successor(kind: ListKind, names: Names) -> str:
    if kind.succeeded_by is None:
        return ""
    on = names.words("table.since", since=kind.succeeded_on) if kind.succeeded_on else ""
    return names.list(kind.succeeded_by) + on


def _case(case: EntryCase, names: Names) -> str:
    # The condition says the same over facts; it is for machines, and stands in the JSON.
    return names.words.said(case.text) + _marks(case.since, case.until, case.checked, names)


def _period(period: ListPeriod, names: Names) -> str:
    words = names.words
    said = words("sheet.no_period")
    if period.period is not None:
        start = words(f"sheet.from.{period.counts_from}")
        said = words("show.counted", period=period_text(period.period, names), start=start)
    source = words("show.in_brackets", text=period.source) if period.source else ""
    return said + _marks(period.since, period.until, period.checked, names) + source


def _trigger(trigger: Trigger, names: Names) -> str:
    target = names.list(trigger.list) if trigger.list else names.words("table.own_field")
    marks = _marks(trigger.since, trigger.until, trigger.checked, names)
    return f"{target}{names.words('mark.colon')}{names.words.said(trigger.because)}{marks}"


def _marks(since: date | None, until: date | None, checked: Checked, names: Names) -> str:
    span = span_text(since, until)
    return (names.words("show.in_brackets", text=span) if span else "") + state_mark(checked, names)


def _documents(kind: ListKind, catalogue: Catalogue, words: Words) -> Iterator[str]:
    for memorandum in catalogue.memoranda.values():
        own = any(kind.key in measure.lists for measure in memorandum.measures)
        if own or kind.key in memorandum.lists:
            yield f"{memorandum.doc_no} {words.said(memorandum.title)}"


def _open(kind: ListKind, words: Words) -> Iterator[str]:
    """Say what of a list no source shows."""
    if not kind.instrument.zh:
        yield words("sheet.open.instrument")
    unseen = sum(case.checked is Checked.UNSEEN for case in kind.entry)
    recalled = sum(case.checked is Checked.RECALLED for case in kind.entry)
    if not kind.entry:
        yield words("sheet.open.entry")
    if unseen:
        yield words("sheet.open.entry_unseen", n=unseen)
    if recalled:
        yield words("sheet.open.entry_recalled", n=recalled)
    if not kind.periods:
        yield words("sheet.open.period")
    if not kind.bases:
        yield words("sheet.open.basis")
    if not kind.extension.zh:
        yield words("sheet.open.extension")
    if kind.early_removal is None:
        yield words("sheet.open.early_removal")
