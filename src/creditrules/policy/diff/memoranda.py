"""Policy: what changed between two memoranda, measure by measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from attrs import evolve

from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.text import Text
from creditrules.policy.diff.changes import Added, Altered, Change, Place, Removed
from creditrules.policy.diff.clauses import clause_changes
from creditrules.policy.diff.generic import Two, value_changes
from creditrules.policy.diff.measures import measure_changes, measure_place

_FIELDS = (
    *("doc_no", "title", "since", "until", "ended_by", "supersedes", "lists", "instrument", "checked"),
    *(
        "lead_units",
        "signatories",
        "completeness",
        "measures_in_document",
        "mechanism",
        "status_note",
        "sources",
    ),
)
_UNITS = frozenset({"lead_units", "signatories"})


def memoranda_changes(
    old: Mapping[str, Memorandum], new: Mapping[str, Memorandum], two: Two
) -> Iterator[Change]:
    """Yield the changes between the memoranda of two catalogues; a renamed one is found by its number."""
    numbers = {m.doc_no: key for key, m in old.items() if key not in new}
    renamed = {key: numbers[m.doc_no] for key, m in new.items() if key not in old and m.doc_no in numbers}
    for key, memorandum in old.items():
        if key not in new and key not in renamed.values():
            yield Removed(_place(memorandum))
    for key, memorandum in new.items():
        before = old.get(key) or old.get(renamed.get(key, ""))
        if before is None:
            yield Added(_place(memorandum))
        elif before != memorandum:
            if before.key != key:
                yield Altered(_place(memorandum), "key", Text(before.key, before.key), Text(key, key))
            yield from memorandum_changes(before, memorandum, two)


def memorandum_changes(old: Memorandum, new: Memorandum, two: Two) -> Iterator[Change]:
    """Yield the changes between two memoranda."""
    place = _place(new)
    for name in _FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            as_field = "unit" if name in _UNITS else name
            for change in value_changes(place, as_field, before, after, two):
                yield _renamed(change, name) if as_field != name else change
    if old.covers != new.covers:
        yield from clause_changes(place, old.covers, new.covers, two.old, two.new)
    before_by, after_by = dict(_matched(old, new)), {m.key: m for m in new.measures}
    for measure in old.measures:
        if measure.key not in (m.key for m in before_by.values()):
            yield Removed(measure_place(old, measure, place.title))
    for key, measure in after_by.items():
        was = before_by.get(key)
        at = measure_place(new, measure, place.title)
        if was is None:
            yield Added(at)
        elif was != measure:
            yield from measure_changes(at, (old, was), (new, measure), two)


def _matched(old: Memorandum, new: Memorandum) -> Iterator[tuple[str, Measure]]:
    """Pair the measures of two memoranda: by key, and those left over by a heading that only they have."""
    before, after = ({m.key: m for m in memorandum.measures} for memorandum in (old, new))
    gone = [m for m in old.measures if m.key not in after]
    come = [m for m in new.measures if m.key not in before]
    headings = (Counter(m.heading for m in gone), Counter(m.heading for m in come))
    for measure in new.measures:
        if measure.key in before:
            yield measure.key, before[measure.key]
        elif measure.heading and all(counted[measure.heading] == 1 for counted in headings):
            yield measure.key, next(m for m in gone if m.heading == measure.heading)


def _renamed(change: Change, aspect: str) -> Change:
    assert not isinstance(change, Added | Removed)
    return evolve(change, aspect=aspect)


def _place(memorandum: Memorandum) -> Place:
    title = Text(
        f"{memorandum.doc_no} {memorandum.title('zh')}", f"{memorandum.doc_no} {memorandum.title('en')}"
    )
    return Place("memoranda", memorandum.key, title, span=memorandum.span, entry_span=memorandum.span)
