"""Load: everything that names in documents are looked up in, and the findings of looking them up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import define, field

from creditrules.load.conditions import FactTable
from creditrules.load.entries import Entries
from creditrules.load.findings import Findings
from creditrules.load.node import Node
from creditrules.model.basis import StatuteIndex
from creditrules.model.text import Text
from creditrules.model.unit import Units

CODES: Mapping[str, str] = {
    "effects": "CR104",
    "lists": "CR202",
    "roles": "CR204",
    "parties": "CR205",
    "matters": "CR206",
    "kinds_of_subject": "CR217",
    "capacities": "CR218",
    "regions": "CR219",
    "kinds": "CR230",
    "channels": "CR234",
    "measure_lists": "CR235",
}


@define
class Tables:
    """The vocabularies by every spelling, and what is found while names are looked up.

    `missing` holds what has been noted as absent once, so that it is not noted again; `entries` the sections
    that are looked at again when catalogues are compared with those they stand on.
    """

    found: Findings
    spelled: dict[str, dict[str, str]] = field(factory=dict)
    facts: FactTable = FactTable({}, {})
    units: Units = Units()
    statutes: StatuteIndex = StatuteIndex()
    missing: set[str] = field(factory=set)
    entries: dict[str, Entries] = field(factory=dict)
    _unit_keys: dict[tuple[str, date | None], str | None] = field(factory=dict)

    def spell(self, table: str, names: Iterable[tuple[str, str]]) -> None:
        """Take in (spelling, key) pairs of a vocabulary; the first to claim a spelling has it."""
        spelled = self.spelled.setdefault(table, {})
        for name, key in names:
            spelled.setdefault(name, key)

    def key_of(self, table: str, name: str, node: Node, *path: str | int) -> str | None:
        """Return the key a name stands for in a vocabulary; None with a finding when it stands for none."""
        spelled = self.spelled.get(table, {})
        key = spelled.get(name)
        if key is None:
            self.found.at(CODES[table], node, *path, name=name, **self.found.near(name, spelled))
        return key

    def keys_of(self, table: str, names: Iterable[str], node: Node, *path: str | int) -> tuple[str, ...]:
        """Return the keys of several names, each written once, leaving out those that stand for none."""
        keys = (self.key_of(table, name, node, *path, i) for i, name in enumerate(names))
        return tuple(dict.fromkeys(key for key in keys if key is not None))

    def unit_of(self, name: str, on: date | None, node: Node, *path: str | int) -> str | None:
        """Return the key of the unit that a name meant on a day; None with a finding (CR201)."""
        key = self._unit_keys.get((name, on))
        if key is None:
            unit = self.units.named(name, on)
            if unit is None and name in self.units.by_key:
                unit = self.units.by_key[name]
            if unit is None:
                words = self.found.near(name, self.units.by_name)
                self.found.at("CR201", node, *path, name=name, **words)
                return None
            key = self._unit_keys[(name, on)] = unit.key
        return key


def spellings(entries: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Yield the spellings of a vocabulary: every key, then every name in Chinese."""
    yield from ((key, key) for key in entries)
    for key, entry in entries.items():
        name: Text = getattr(entry, "name", Text())
        if name.zh:
            yield name.zh, key
