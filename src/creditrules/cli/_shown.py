"""CLI: the things `show` can show, found by the names people give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from creditrules.cli._measures import memorandum_called, notice_named
from creditrules.cli._names import spellings
from creditrules.deliver.sheet import EntrySheet
from creditrules.model.catalogue import Catalogue, MeasureKind
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Memorandum
from creditrules.model.notice import Notice
from creditrules.model.text import Text
from creditrules.model.unit import Unit

Named = Iterable[tuple[str, Text, str]]

# What may be written before the colon of `list:key`, and all there is of it: key, name, number.
WHAT: Mapping[str, Callable[[Catalogue], Named]] = {
    "memorandum": lambda c: ((m.key, m.title, m.doc_no) for m in c.memoranda.values()),
    "notice": lambda c: ((n.key, n.title, n.doc_no) for n in c.notices.values()),
    "list": lambda c: ((k.key, k.title, "") for k in c.lists.values()),
    "unit": lambda c: ((u.key, u.name, "") for u in c.units.by_key.values()),
    "kind": lambda c: ((k.key, k.name, "") for k in c.measure_kinds.values()),
}


@frozen
class Shown:
    """One thing of the catalogue, and of which sort it is."""

    what: str
    entry: Memorandum | Notice | ListKind | Unit | MeasureKind

    @property
    def name(self) -> str:
        """How it is asked for without doubt: `list:key`."""
        return f"{self.what}:{self.entry.key}"

    def sheet(self, catalogue: Catalogue, lang: str) -> EntrySheet:
        """Put it into words.

        Raises:
            TypeError: it is a memorandum or a notice, which have sheets of their own form.
        """
        match self.entry:
            case ListKind():
                from creditrules.deliver.list_sheet import list_sheet

                return list_sheet(self.entry, catalogue, lang)
            case Unit():
                from creditrules.deliver.unit_sheet import unit_sheet

                return unit_sheet(self.entry, catalogue, lang)
            case MeasureKind():
                from creditrules.deliver.kind_sheet import kind_sheet

                return kind_sheet(self.entry, catalogue, lang)
        raise TypeError(self.what)

    def data(self, catalogue: Catalogue) -> dict[str, Any]:
        """Return it as plain data."""
        if isinstance(self.entry, Unit):
            from creditrules.deliver.unit_sheet import unit_data

            return unit_data(self.entry, catalogue)
        from creditrules.deliver.json import plain

        data: dict[str, Any] = plain(self.entry)
        return data


def things_named(name: str, catalogue: Catalogue) -> list[Shown]:
    """Return what a name means: a memorandum first, then a notice, a list, units, a kind of measure."""
    what, mark, rest = name.partition(":")
    if mark and what in WHAT:
        return [thing for thing in _named(rest, catalogue) if thing.what == what]
    return list(_named(name, catalogue))


def _named(name: str, catalogue: Catalogue) -> Iterator[Shown]:
    memorandum = memorandum_called(name, catalogue)
    if memorandum is not None:
        yield Shown("memorandum", memorandum)
    notice = notice_named(name, catalogue)
    if notice is not None:
        yield Shown("notice", notice)
    key = dict(spellings("list", catalogue)).get(name)
    if key is not None:
        yield Shown("list", catalogue.lists[key])
    for unit in catalogue.units.by_key.values():
        if name in (unit.key, unit.name.en, *unit.spellings, *(local.zh for local in unit.locals)):
            yield Shown("unit", unit)
    key = dict(spellings("kind", catalogue)).get(name)
    if key is not None:
        yield Shown("kind", catalogue.measure_kinds[key])


def shown_names(catalogue: Catalogue) -> list[str]:
    """Return every name a thing may be asked for by, for suggestions."""
    memoranda = (n for m in catalogue.memoranda.values() for n in (m.key, m.doc_no, m.title.zh))
    units = (n for u in catalogue.units.by_key.values() for n in (u.key, *u.spellings))
    return [*memoranda, *dict(spellings("list", catalogue)), *units, *dict(spellings("kind", catalogue))]
