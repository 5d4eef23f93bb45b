"""Model: implementing units through time, and the regions they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.model.time import covers
from creditrules.model.words import Checked


@frozen
class Region:
    """An administrative division: GB/T 2260 code, name, and the code of the division above it."""

    code: str
    name: Text
    parent: str | None = None


@frozen
class LocalName:
    """The name of the body that acts for a unit in a region, from a day until a day."""

    region: str
    zh: str
    since: date | None = None
    until: date | None = None
    checked: Checked = Checked.RECALLED


@frozen
class Succession:
    """A transfer from one unit to another; `whole` when the old unit acts no more from that day.

    `matters`, when given, are the matters (with all below them) that went to this unit; a transfer without
    them takes what no other one names.
    """

    unit: str
    on: date
    whole: bool
    scope: str = ""
    matters: tuple[str, ...] = ()
    checked: Checked = Checked.RECALLED

    def takes(self, matter: str | None) -> bool:
        """Say whether the transfer names a matter."""
        return any(matter == m or (matter or "").startswith(m + ".") for m in self.matters)


@frozen
class Unit:
    """实施单位: a body with its names, its place in government, and what became of it.

    `nature` tells a public body (`government`, `court`, `party`, …) from one that may not be compelled
    since 2020 (`association`, `financial_institution`, `enterprise`, …). `is_generic` marks a phrase such
    as 各相关单位 that names no body.
    """

    key: str
    name: Text
    aliases: tuple[str, ...] = ()
    level: str = "national"
    nature: str = "government"
    since: date | None = None
    until: date | None = None
    successions: tuple[Succession, ...] = ()
    locals: tuple[LocalName, ...] = ()
    parent: str | None = None
    is_generic: bool = False
    checked: Checked = Checked.RECALLED
    span: Span | None = field(default=None, eq=False, repr=False)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way the unit's name is written in documents."""
        return (self.name.zh, *self.aliases)

    def exists(self, on: date) -> bool:
        """Say whether the unit acts in its own name on a day; `until` is the first day it does not."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def local_name(self, region: str, on: date) -> LocalName | None:
        """Return the name under which the unit's local body acts in a region on a day."""
        return next((n for n in self.locals if n.region == region and covers(n.since, n.until, on)), None)


@frozen
class Units:
    """All units of a catalogue, found by key or by any spelling, and the regions."""

    by_key: Mapping[str, Unit] = field(factory=dict)
    by_name: Mapping[str, tuple[str, ...]] = field(factory=dict)
    regions: Mapping[str, Region] = field(factory=dict)

    def named(self, name: str, on: date | None = None) -> Unit | None:
        """Return the unit a name means; where two have borne it, the one that existed on *on*."""
        keys = self.by_name.get(name, ())
        found = [self.by_key[key] for key in keys]
        alive = [unit for unit in found if on is None or unit.exists(on)]
        return next(iter(alive or found), None)

    def division(self, code: str | None) -> str | None:
        """Return the nearest division the catalogue lists: a county it does not list counts as its city."""
        return None if code is None else next(iter(self.region_chain(code)), code)

    def region_chain(self, code: str) -> tuple[str, ...]:
        """Return a region and those above it, nearest first; a county not listed falls to its city."""
        chain: list[str] = []
        guess = (code, code[:4] + "00", code[:2] + "0000") if len(code) == 6 else (code,)
        start = next((c for c in guess if c in self.regions), None)
        while start is not None and start not in chain:
            chain.append(start)
            start = self.regions[start].parent
        return tuple(chain)
