"""Compile: the day a rulebook is made for, and what every pass takes and gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import frozen

from creditrules.model.catalogue import Catalogue, Regime, RegimeRule
from creditrules.model.rulebook import Rule, SetAside
from creditrules.model.text import Text
from creditrules.model.time import covers


@frozen
class Day:
    """One day of one catalogue: the regimes in force on it, and whether recalled measures may act."""

    catalogue: Catalogue
    on: date
    recalled: bool
    regimes: tuple[Regime, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, on: date, recalled: bool) -> Day:
        """Find the regimes of a day, oldest first."""
        regimes = (r for r in catalogue.regimes if covers(r.since, r.until, on))
        return cls(catalogue, on, recalled, tuple(sorted(regimes, key=lambda r: (r.since, r.key))))

    def rules_named(self, name: str) -> tuple[tuple[Regime, RegimeRule], ...]:
        """Return the regime rules of one name that apply everywhere, with the regime each belongs to."""
        return tuple((g, r) for g in self.regimes if g.region is None for r in g.rules if r.rule == name)


Passed = tuple[tuple[Rule, ...], tuple[SetAside, ...]]
Pass = Callable[[tuple[Rule, ...], Day], Passed]


def aside(rule: Rule, reason: str, text: Text, *, detail: str = "", regime: str | None = None) -> SetAside:
    """Say that a rule, or a part of it, was set aside."""
    return SetAside(
        memorandum=rule.document,
        measure=rule.part.partition("@")[0],
        reason=reason,
        text=text,
        detail=detail,
        regime=regime,
        lists=rule.lists,
    )
