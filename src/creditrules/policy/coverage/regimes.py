"""Policy, coverage: the regimes: which case decides on either side of their first day, and what it sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from creditrules.model.catalogue import Catalogue, Regime
from creditrules.policy.coverage.gather import Gathered
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.model import Item

# What a regime does is told as set aside, except for these rules.
_SILENT = frozenset({"note", "publication_cap", "basis_in_force", "repaired_records_not_shared"})


def regime_items(looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every regime."""
    for regime in catalogue.regimes:
        acts = any(rule.rule not in _SILENT for rule in regime.rules)
        names = ["day_before", "in_force"]
        names += ["set_aside"] if acts else []
        names += ["record"] if regime.records else []
        found = Gathered(tuple(names))
        for look in looks:
            _gather(look, regime, found)
        yield Item("regime", regime.key, regime.title, found.branches, regime.span)


def _gather(look: Looks, regime: Regime, found: Gathered) -> None:
    on, expect = look.book.on, look.ready.expect
    if look.passed and on == regime.since - timedelta(days=1):
        found.look("day_before", look.ref)
    if not any(g.key == regime.key for g in look.book.regimes):
        return
    if look.passed:
        found.look("in_force", look.ref)
    gone = {(s.memorandum, s.measure, s.reason) for s in look.decision.set_aside if s.regime == regime.key}
    looked = any(
        wanted.regime in (None, regime.key) and (*look.ready.names(wanted.measure), wanted.reason) in gone
        for wanted in expect.set_aside
    )
    if looked and look.passed:
        found.look("set_aside", look.ref)
    elif gone:
        found.see("set_aside", look.ref)
    kept = {(r.file_of, r.listing) for r in look.decision.records if r.rule.startswith(f"{regime.key}#")}
    if look.passed and any((r.file_of, r.listing) in kept for r in expect.records):
        found.look("record", look.ref)
    elif kept:
        found.see("record", look.ref)
