"""Policy: the whole of a comparison, and as data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from attrs import frozen

from creditrules.errors import Span
from creditrules.model.text import Text
from creditrules.policy.diff.changes import (
    Added,
    Altered,
    Change,
    Place,
    Removed,
    is_silent,
    sentence,
)
from creditrules.policy.diff.consequences import Consequence, Counted
from creditrules.policy.diff.decisions import Effect


@frozen
class Report:
    """What changed between two catalogues, and what comes of it; `examples` and `dossiers` if asked for."""

    old: str
    new: str
    changes: tuple[Change, ...]
    examples: Counted | None = None
    dossiers: Counted | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed and nothing comes of it."""
        counted = [c for c in (self.examples, self.dossiers) if c is not None]
        return not self.changes and not any(c.consequences for c in counted)


def by_place(changes: Iterable[Change]) -> Iterator[tuple[Place, list[tuple[Place, list[Change]]]]]:
    """Yield changes by document, and in it by measure."""
    for _, of_entry in groupby(changes, lambda c: (c.place.section, c.place.key)):
        listed = list(of_entry)
        groups = [list(group) for _, group in groupby(listed, lambda c: c.place.measure)]
        yield listed[0].place, [(group[0].place, group) for group in groups]


def to_json(report: Report) -> str:
    """Return a report as one line of JSON."""
    data: dict[str, Any] = {
        "schema": "creditrules/diff/1",
        "old": report.old,
        "new": report.new,
        "changes": [_change(change) for change in report.changes],
    }
    for name in ("examples", "dossiers"):
        counted: Counted | None = getattr(report, name)
        if counted is not None:
            data[name] = {
                "total": counted.total,
                "decided": counted.decided,
                "changed": [_consequence(each) for each in counted.consequences],
                "findings": [str(finding) for finding in counted.findings],
            }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _change(change: Change) -> dict[str, Any]:
    place = change.place
    said: dict[str, Any] = {
        "kind": type(change).__name__.lower(),
        "section": place.section,
        "entry": place.key,
        "measure": place.measure or None,
        "title": _text(place.title),
        "item": _text(place.item) if place.measure else None,
        "aspect": change.aspect,
        "text": _text(sentence(change)),
        "decides": not is_silent(change),
        "place": _span(place.span),
    }
    if isinstance(change, Altered):
        said |= {"before": _text(change.before), "after": _text(change.after), "about": _text(change.about)}
    elif not isinstance(change, Added | Removed):
        said |= {"what": _text(change.what), "about": _text(change.about)}
    return said


def _consequence(found: Consequence) -> dict[str, Any]:
    return {
        "name": found.name,
        "place": _span(found.span),
        "on": found.on.isoformat(),
        "verdict": found.verdict or None,
        "effects": [_effect(effect) for effect in found.effects],
        "findings": [str(finding) for finding in found.findings],
    }


def _effect(effect: Effect) -> dict[str, Any]:
    parts = [{"aspect": a, "before": _text(b), "after": _text(n)} for a, b, n in effect.parts]
    return {
        "kind": effect.kind,
        "subject": effect.subject,
        "key": effect.key,
        "text": _text(effect.what),
        "target": effect.target or None,
        "parts": parts,
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"file": span.file, "line": span.line, "column": span.column}
