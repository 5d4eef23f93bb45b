"""Decide: what goes into whose credit file, and what becomes of it when the listing is repaired."""

from __future__ import annotations

from datetime import date

from creditrules.decide.case import Case
from creditrules.evaluate.fields import Candidate
from creditrules.model.catalogue import RecordRule
from creditrules.model.decision import Record, Route
from creditrules.model.rulebook import Rule
from creditrules.model.status import repaired_on


def record_of(case: Case, rule: Rule, says: RecordRule, candidate: Candidate, route: Route) -> Record:
    """Return one entry of a credit file."""
    return Record(
        file_of=candidate.target.id,
        listing=candidate.seen.listing.id,
        route=route,
        rule=rule.key,
        text=says.text,
        basis=says.basis,
        status=candidate.seen.standing.status.value,
        shared_with=says.shared_with,
        sharing_stopped=_sharing_stopped(case, candidate),
    )


def _sharing_stopped(case: Case, candidate: Candidate) -> date | None:
    """Return since when a repaired entry is no longer shared; before 2026-04-01 it only lay in the back."""
    repaired = repaired_on(candidate.seen.listing, case.rulebook.on)
    stops = [
        regime.since
        for regime in case.rulebook.regimes
        if any(rule.rule == "repaired_records_not_shared" for rule in regime.rules)
    ]
    return max(repaired, min(stops)) if repaired is not None and stops else None
