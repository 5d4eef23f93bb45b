"""Site: what stands of each measure on the days on which the general law changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from creditrules.model.catalogue import Catalogue, Regime
from creditrules.model.rulebook import Rulebook, SetAside

# What takes a basis, a unit or a person from a measure and leaves the rest of it standing.
PARTIAL = ("unit", "compulsion", "basis_out_of_force", "no_express_basis")


@frozen
class Standing:
    """How a measure stands on a day: whether it acts, what of it is open, and why parts or all of it went."""

    acts: bool
    reasons: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


@frozen
class LawDay:
    """A day on which a regime begins: the regimes that begin, how each measure stands, what was set aside."""

    on: date
    begins: tuple[Regime, ...]
    standing: Mapping[str, Standing]
    set_aside: tuple[SetAside, ...]
    rules: int

    def set_aside_by(self, regime: str) -> tuple[SetAside, ...]:
        """Return what a regime sets aside."""
        return tuple(item for item in self.set_aside if item.regime == regime)


def law_days(catalogue: Catalogue) -> tuple[LawDay, ...]:
    """Return the days on which the law changed, oldest first."""
    days = sorted({regime.since for regime in catalogue.regimes})
    return tuple(_law_day(catalogue, on) for on in days)


def _law_day(catalogue: Catalogue, on: date) -> LawDay:
    book = catalogue.rulebook(on=on)
    begins = tuple(r for r in catalogue.regimes if r.since == on)
    return LawDay(on, begins, _standing(book), book.set_aside, len(book.rules))


def _standing(book: Rulebook) -> dict[str, Standing]:
    gone: dict[str, list[str]] = {}
    for item in book.set_aside:
        if item.measure is not None:
            gone.setdefault(f"{item.memorandum}#{item.measure}", []).append(item.reason)
    acting: dict[str, list[str]] = {}
    for rule in book.rules:
        if rule.measure_id:
            acting.setdefault(rule.measure_id, []).extend(o.what for o in rule.open)
    return {
        key: Standing(key in acting, _once(gone.get(key, ())), _once(acting.get(key, ())))
        for key in (*acting, *(k for k in gone if k not in acting))
    }


def _once(words: list[str] | tuple[()]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
