"""Deliver: a notice as a sheet to read: its sections, how binding each is, and what no source shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from creditrules.deliver.clauses import state_mark
from creditrules.deliver.json import plain
from creditrules.deliver.memorandum import Line, MeasureSheet, Sheet
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.notice import Channel, Notice, Section

SCHEMA = "creditrules/notice/1"


def to_data(notice: Notice) -> dict[str, Any]:
    """Return a notice as plain data; keys as in the documents."""
    data: dict[str, Any] = plain(notice)
    return {"schema": SCHEMA, **data}


def sheet_of(notice: Notice, catalogue: Catalogue, lang: str) -> Sheet:
    """Put a notice into words."""
    names = Names(catalogue, Words(lang))
    named = [catalogue.channels[key] for key in _channels(notice)]
    return Sheet(
        title=names.words.said(notice.title),
        facts=tuple((name, value) for name, value in _facts(notice, names) if value),
        covers=(),
        measures=tuple(_section(part, names) for part in notice.sections),
        open=tuple(_open(notice, names)),
        sources=(*(_channel(channel, names) for channel in named), *filter(None, (notice.source,))),
        parts="notice.sections",
    )


def _channels(notice: Notice) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for part in notice.sections for key in part.channels))


def _facts(notice: Notice, names: Names) -> Iterator[Line]:
    words = names.words
    region = names.catalogue.units.regions.get(notice.region or "")
    since = f"{notice.since or notice.issued}" + ("" if notice.since else f" {words('notice.day_of_issue')}")
    yield words("show.doc_no"), notice.doc_no + state_mark(notice.checked, names)
    yield words("show.key"), notice.key
    yield words("notice.issued"), str(notice.issued)
    yield words("notice.issued_by"), names.unit(notice.issued_by)
    yield words("show.in_force"), since + (f" – {notice.until}" if notice.until else "")
    yield words("notice.region"), words.said(region.name) if region else ""
    yield words("notice.addressees"), words.joined(notice.addressees)
    yield words("notice.cites"), words.joined(notice.cites)
    yield words("show.status_note"), words.said(notice.status_note)


def _section(part: Section, names: Names) -> MeasureSheet:
    words, catalogue = names.words, names.catalogue
    channels = (words.said(catalogue.channels[key].name) for key in part.channels)
    lists = (_measure_list(key, names) for key in part.relies_on)
    lines = (
        (words("notice.channels"), words.joined(channels)),
        (words("notice.relies_on"), words.joined(lists, "part")),
        (words("show.note"), part.note),
    )
    return MeasureSheet(
        number=part.number,
        heading=part.heading,
        state=words.joined(words(f"force.{word}") for word in part.force),
        does=words.said(part.says),
        lines=tuple((name, value) for name, value in lines if value),
    )


def _measure_list(key: str, names: Names) -> str:
    words, found = names.words, names.catalogue.measure_lists[key]
    state = "" if found.seen else words("show.in_brackets", text=words("checked.unseen"))
    return words.said(found.title) + state


def _channel(channel: Channel, names: Names) -> str:
    words = names.words
    operator = names.unit(channel.operator) if channel.operator else ""
    said = (words.said(channel.name), words(f"level.{channel.level}"), operator, channel.url)
    return words.joined((part for part in said if part), "dot") + state_mark(channel.checked, names)


def _open(notice: Notice, names: Names) -> Iterator[str]:
    """Say which lists of measures the notice relies on that no source shows, and why."""
    relied = dict.fromkeys(key for part in notice.sections for key in part.relies_on)
    for key in relied:
        found = names.catalogue.measure_lists[key]
        if not found.seen:
            note = names.words.said(found.note)
            yield names.words.joined(
                (p for p in (names.words.said(found.title), names.words("checked.unseen"), note) if p), "part"
            )
