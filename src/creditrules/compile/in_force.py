"""Compile pass: keep the memoranda in force on the day, and say why the others are not.

INVARIANT: `load` has rejected cycles of supersession, so a chain always has a last document.
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import evolve, frozen

from creditrules.compile.day import Day, Passed, aside
from creditrules.model.memorandum import Memorandum
from creditrules.model.rulebook import Open, Rule
from creditrules.model.text import Text
from creditrules.model.time import Since, earliest
from creditrules.model.words import Truth


@frozen
class Force:
    """Whether a memorandum is in force on the day, why not, and until when as far as is known."""

    truth: Truth
    reason: str = ""
    text: Text = Text()
    until: date | None = None


def keep_in_force(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Split the rules by whether their memorandum binds on the day; an uncertain day leaves a rule open."""
    force = {m.key: force_of(m, day) for m in day.catalogue.memoranda.values()}
    kept, dropped = [], []
    for rule in rules:
        if rule.memorandum is None:
            kept.append(rule)
            continue
        state = force[rule.memorandum.key]
        if state.truth is Truth.FALSE:
            dropped.append(aside(rule, state.reason, state.text))
            continue
        uncertain = (Open("in_force", state.text),) if state.truth is Truth.UNKNOWN else ()
        began = rule.memorandum.since
        kept.append(
            evolve(
                rule,
                open=rule.open + uncertain,
                since=None if began is None else began.latest,
                until=earliest(rule.until, state.until),
            )
        )
    return tuple(kept), tuple(dropped)


def force_of(memorandum: Memorandum, day: Day) -> Force:
    """Say whether a memorandum is in force on the day."""
    if memorandum.since is None:
        return Force(Truth.FALSE, "undated", Text("签署日期不明", "no source shows when it was signed"))
    begun = memorandum.since.begun(day.on)
    if begun is Truth.FALSE:
        when = str(memorandum.since)
        return Force(Truth.FALSE, "not_yet_in_force", Text(f"{when} 起施行", f"in force only since {when}"))
    stated = Text(f"{memorandum.until} 起停止执行", f"ended on {memorandum.until}")
    ends = [(memorandum.until, "ended", stated)]
    # A successor displaces nothing before it is itself in force.
    ends += [(s.since, "superseded", _superseded(s)) for s in day.catalogue.superseding(memorandum)]
    known = [(end, reason, text) for end, reason, text in ends if end is not None]
    return _ended(day.on, begun, memorandum.since, known)


def _ended(on: date, begun: Truth, since: Since, ends: list[tuple[Since, str, Text]]) -> Force:
    # The earliest end is told, whatever order the documents were read in.
    ends = sorted(ends, key=lambda end: (end[0].latest, end[0].earliest, end[1], end[2].zh))
    for end, reason, text in ends:
        if end.begun(on) is Truth.TRUE:
            return Force(Truth.FALSE, reason, text)
    doubtful = [text for end, _, text in ends if end.begun(on) is Truth.UNKNOWN]
    if begun is Truth.UNKNOWN:
        doubtful.append(
            Text(
                f"施行日仅知在 {since} 之间",
                f"of the day it came into force only the bounds {since} are known",
            )
        )
    until = min((end.earliest - timedelta(days=1) for end, _, _ in ends), default=None)
    if doubtful:
        return Force(Truth.UNKNOWN, "in_force", doubtful[0], until)
    return Force(Truth.TRUE, until=until)


def _superseded(successor: Memorandum) -> Text:
    when = successor.since
    return Text(f"已由{successor.doc_no}取代（{when}）", f"superseded by {successor.doc_no} ({when})")
