"""Policy: every change between two catalogues, grouped by what it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from creditrules.model.catalogue import Catalogue
from creditrules.model.text import Text
from creditrules.policy.diff.changes import Added, Altered, Change, Gained, Lost, Place, Removed
from creditrules.policy.diff.generic import Two, field_changes
from creditrules.policy.diff.memoranda import memoranda_changes
from creditrules.policy.diff.speaking import Speaker

# The sections of a catalogue after its memoranda, in the order in which they are told.
_SECTIONS = (
    *("lists", "measure_kinds", "regimes", "liabilities", "effects", "matters", "roles", "parties", "kinds"),
    *("capacities", "facts", "notices", "channels", "measure_lists", "renumberings"),
)
_PROCEDURE = ("bodies", "duties", "parameters", "ways_out")


def catalogue_changes(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return what changed from one catalogue to another: memoranda first, then lists, units and the rest."""
    if old.digest == new.digest:
        return ()
    return tuple(_changes(old, new, Two(Speaker(old), Speaker(new))))


def _changes(old: Catalogue, new: Catalogue, two: Two) -> Iterator[Change]:
    yield from _entries("manifests", _by_id(old), _by_id(new), two)
    yield from memoranda_changes(old.memoranda, new.memoranda, two)
    yield from _entries("units", old.units.by_key, new.units.by_key, two)
    yield from _entries("regions", old.units.regions, new.units.regions, two)
    for name in _SECTIONS:
        yield from _entries(name, _keyed(getattr(old, name)), _keyed(getattr(new, name)), two)
    for name in _PROCEDURE:
        before, after = (getattr(c.procedure, name) for c in (old, new))
        yield from _entries(name, _keyed(before), _keyed(after), two)
    yield from _statutes(old, new)


def _by_id(catalogue: Catalogue) -> Mapping[str, Any]:
    return {manifest.id: manifest for manifest in catalogue.manifests}


def _keyed(entries: Any) -> Mapping[str, Any]:
    """Return entries by their keys; a change of numbers is known by the law and its old place."""
    if isinstance(entries, Mapping):
        return entries
    return {getattr(entry, "key", None) or _shown(entry): entry for entry in entries}


def _shown(entry: Any) -> str:
    named = [getattr(entry, field.name) for field in attrs.fields(type(entry)) if field.eq]
    return " ".join(str(value) for value in named[:3])


def _entries(section: str, old: Mapping[str, Any], new: Mapping[str, Any], two: Two) -> Iterator[Change]:
    for key, entry in old.items():
        if key not in new:
            yield Removed(_place(section, key, entry, two.old))
    for key, entry in new.items():
        place = _place(section, key, entry, two.new)
        if key not in old:
            yield Added(place)
        elif old[key] != entry:
            if attrs.has(type(entry)) and not isinstance(entry, Text):
                yield from field_changes(place, old[key], entry, two)
            else:
                yield Altered(place, "name", two.old.said("name", old[key]), two.new.said("name", entry))


def _place(section: str, key: str, entry: Any, speaker: Speaker) -> Place:
    title = entry if isinstance(entry, Text) else speaker.entry("name", entry)
    span = getattr(entry, "span", None)
    return Place(section, key, title, span=span, entry_span=span)


def _statutes(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    titles: Iterable[str] = dict.fromkeys((*old.statutes.versions, *new.statutes.versions))
    for title in titles:
        before, after = (c.statutes.versions.get(title, ()) for c in (old, new))
        if before == after:
            continue
        place = Place("statutes", title, Text(f"《{title}》", f"《{title}》"))
        days = ({v.version for v in before}, {v.version for v in after})
        for day in sorted(days[0] - days[1]):
            yield Lost(place, "text", Text(str(day), str(day)))
        for day in sorted(days[1] - days[0]):
            yield Gained(place, "text", Text(str(day), str(day)))
        for one in before:
            for two in after:
                if one.version == two.version and one != two:
                    said = [Text(f"{v.rank.value}, {v.last_article}") for v in (one, two)]
                    yield Altered(place, "text", said[0], said[1], Text(str(one.version)))
