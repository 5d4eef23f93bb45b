"""Policy, checks: run the checks over a catalogue, leave out what is let stand, and show each in its line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve, frozen

from creditrules.errors import Finding, finding_texts
from creditrules.model.catalogue import Catalogue
from creditrules.model.suppression import Suppression
from creditrules.policy.checks.check import Scope
from creditrules.policy.checks.cr342_suppression_of_nothing import idle
from creditrules.policy.checks.table import checks

OF_NOTHING = "CR342"


@frozen
class Found:
    """What checking a catalogue came to: the findings in the order of their places, and those let stand."""

    findings: tuple[Finding, ...]
    let_stand: tuple[tuple[Finding, Suppression], ...] = ()


def check_catalogue(
    catalogue: Catalogue,
    *,
    on: date | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    tested: frozenset[str] | None = None,
) -> Found:
    """Check a catalogue under the law of a day.

    Args:
        catalogue: what was loaded; its own notes are part of the answer.
        on: the day; without one, that on which a regime or a memorandum last came into force.
        select: the codes to look for, without any all.
        ignore: codes that are not looked for.
        tested: the measures that examples exercise, from `policy.checks.tested.exercised_by`.
    """
    day = on or last_change(catalogue)
    scope = Scope(catalogue, day, tested)
    asked = [c for c in checks().values() if _wanted(c.code, select, ignore)]
    ran = [c for c in asked if tested is not None or not c.by_examples]
    found = [note for note in catalogue.notes if _wanted(note.code, select, ignore)]
    found += [finding for check in ran for finding in check.find(scope)]
    suppressions = [s for s in catalogue.suppressions if s.reason.zh or s.reason.en]
    kept, let_stand = _divided(found, suppressions)
    # What a lower catalogue lets stand may be mended by one stacked on it, which is no mistake of either.
    if any(check.code == OF_NOTHING for check in ran) and len(catalogue.manifests) == 1:
        used = {(s, name) for finding, s in let_stand for name in s.entries(finding)}
        answered = {c.code for c in ran if day == last_change(catalogue) or not c.by_day}
        answered |= {
            code for code in finding_texts() if code not in checks() and _wanted(code, select, ignore)
        }
        more, let_more = _divided(idle(suppressions, used, answered), suppressions)
        kept, let_stand = [*kept, *more], [*let_stand, *let_more]
    placed = sorted(_with_lines(kept), key=lambda f: (f.span.file, f.span.line, f.span.column, f.code))
    return Found(tuple(placed), tuple(let_stand))


def last_change(catalogue: Catalogue) -> date:
    """Return the day on which a regime or a memorandum last came into force: then all there is has begun."""
    days = [regime.since for regime in catalogue.regimes if regime.region is None]
    days += [m.since.latest for m in catalogue.memoranda.values() if m.since]
    # A catalogue of rules alone says the same on every day.
    return max(days, default=date(2018, 12, 5))


def _wanted(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    return (not select or code in select) and code not in ignore


def _divided(
    found: Iterable[Finding], suppressions: Sequence[Suppression]
) -> tuple[list[Finding], list[tuple[Finding, Suppression]]]:
    """Part what is told from what is let stand."""
    kept: list[Finding] = []
    let_stand: list[tuple[Finding, Suppression]] = []
    for finding in found:
        by = [suppression for suppression in suppressions if suppression.covers(finding)]
        let_stand += ((finding, suppression) for suppression in by)
        if not by:
            kept.append(finding)
    return kept, let_stand


def _with_lines(found: Iterable[Finding]) -> list[Finding]:
    """Show each finding in its line, where its file can be read."""
    lines: dict[str, list[str]] = {}
    shown = []
    for finding in found:
        file = finding.span.file
        if file not in lines:
            lines[file] = _lines(file)
        at = finding.span.line - 1
        has_line = not finding.excerpt and at < len(lines[file])
        shown.append(evolve(finding, excerpt=lines[file][at]) if has_line else finding)
    return shown


def _lines(file: str) -> list[str]:
    try:
        return Path(file).read_text("utf-8-sig").splitlines() if file else []
    except (OSError, UnicodeDecodeError, ValueError):
        return []
