"""Deliver, part of the view: the actions, unit by unit; what differs only in the target shares a row."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.words import Words
from creditrules.model.decision import Action, Decision


@frozen
class Row:
    """What a unit does to one or more targets; each target has the number of its action before it."""

    targets: tuple[tuple[str, str], ...]
    what: str
    discretion: str
    period: str
    sources: str


@frozen
class UnitGroup:
    """The actions of one unit, under its name and that of its local body."""

    title: str
    rows: tuple[Row, ...]


def unit_groups(
    actions: tuple[Action, ...], numbers: dict[str, str], decision: Decision, names: Names
) -> tuple[tuple[UnitGroup, ...], tuple[str, ...]]:
    """Return the actions in rows by unit, and the notes that the rows refer to as [1], [2], …"""
    words = names.words
    units: dict[str, dict[tuple[str, ...], list[tuple[str, str]]]] = {}
    notes: dict[str, int] = {}
    for action in actions:
        marks = [f"[{notes.setdefault(note, len(notes) + 1)}]" for note in _notes(action, words)]
        row = (
            " ".join((names.what(action.effect, action.matter), *marks)),
            words(f"discretion.{action.discretion.value}"),
            period(action.since, action.until, action.review, words),
            names.sources(action.parts),
        )
        targets = units.setdefault(names.unit_with_local(action), {}).setdefault(row, [])
        targets.append((numbers[action.key], _target(action, decision, names)))
    groups = (
        UnitGroup(title, tuple(Row(tuple(targets), *row) for row, targets in rows.items()))
        for title, rows in units.items()
    )
    return tuple(groups), tuple(f"[{n}] {note}" for note, n in notes.items())


def _notes(action: Action, words: Words) -> list[str]:
    notes = [words.said(note) for note in action.notes]
    # The reader must not take for the document's word what only follows from the kind of measure.
    if all(part.unit_origin == "kind" for part in action.parts):
        notes.append(words("table.unit_by_kind"))
    return notes


def _target(action: Action, decision: Decision, names: Names) -> str:
    routes = dict.fromkeys(names.route(part.route, decision) for part in action.parts)
    said = names.words.joined([r for r in routes if r], "part")
    name = subject_name(decision, action.target)
    if sum(subject_name(decision, s.id) == name for s in decision.subjects) > 1:
        name += f" [{action.target}]"
    return name + (names.words("table.as", route=said) if said else "")


def period(since: date | None, until: date | None, review: date | None, words: Words) -> str:
    """Say from when until when, or by when somebody looks again."""
    start = str(since) if since else "…"
    if until is not None:
        return f"{start} – {until}"
    if review is not None:
        return words("table.review", since=start, review=review)
    return words("table.open_end", since=start)
