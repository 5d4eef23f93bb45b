"""Policy: where two decisions about one dossier differ: what is done now, what no more, what otherwise."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import frozen

from creditrules.deliver.names import Names, subject_name
from creditrules.deliver.words import word_table
from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision
from creditrules.model.text import Text
from creditrules.policy.diff.speaking import Speaker, joined

_Thing = TypeVar("_Thing")


@frozen
class Effect:
    """One difference: `kind` is `gained`, `lost` or `altered`; `what` names what it is about.

    `subject` is `action`, `open`, `aside`, `record`, `status` or `next` (a list that may follow). Of what is
    otherwise, `parts` hold each aspect with what it was and what it is; `target` is whom an action falls on.
    """

    kind: str
    subject: str
    what: Text
    key: str
    parts: tuple[tuple[str, Text, Text], ...] = ()
    target: str = ""


@frozen
class _Side:
    """One of the two decisions, with the words of its catalogue."""

    decision: Decision
    speaker: Speaker

    def both(self, say: Callable[[Names], str]) -> Text:
        return self.speaker.both(say)

    def target(self, action: Action) -> str:
        """Name whom an action falls on, masked as every output is."""
        return subject_name(self.decision, action.target)

    def action(self, action: Action) -> Text:
        """Name an action: who does what, how binding, from when until when, on which measures."""
        days = f"{action.since or '…'} – {action.until or action.review or '…'}"
        return self.both(
            lambda n: n.words(
                "editor.diff.action",
                unit=n.unit_with_local(action),
                what=n.what(action.effect, action.matter),
                discretion=n.words(f"discretion.{action.discretion.value}"),
                days=days,
                sources=n.sources(action.parts),
            )
        )


def decision_changes(
    old: Decision, new: Decision, catalogues: tuple[Catalogue, Catalogue]
) -> tuple[Effect, ...]:
    """Return the differences between two decisions about one dossier on one day."""
    was, now = (_Side(d, Speaker(c)) for d, c in zip((old, new), catalogues, strict=True))
    return (
        *_action_changes(was, now),
        *_come_and_gone("open", _open(was), _open(now)),
        *_come_and_gone("aside", _aside(was), _aside(now)),
        *_come_and_gone("record", _records(was), _records(now)),
        *_come_and_gone("status", _statuses(was), _statuses(now)),
        *_come_and_gone("next", _next(was), _next(now)),
    )


def _action_changes(was: _Side, now: _Side) -> Iterator[Effect]:
    before, after = ({a.key: a for a in side.decision.actions} for side in (was, now))
    for key, action in before.items():
        if key not in after:
            yield Effect("lost", "action", was.action(action), key, target=was.target(action))
    for key, action in after.items():
        if key not in before:
            yield Effect("gained", "action", now.action(action), key, target=now.target(action))
        elif before[key] != action:
            parts = tuple(_parts(before[key], action, was, now))
            if parts:
                yield Effect("altered", "action", now.action(action), key, parts, now.target(action))


def _parts(before: Action, after: Action, was: _Side, now: _Side) -> Iterator[tuple[str, Text, Text]]:
    sides = ((before, was), (after, now))
    said: Mapping[str, Callable[[Action, _Side], Text]] = {
        "discretion": lambda a, s: s.speaker.said("discretion", a.discretion),
        "since": lambda a, s: _day(a.since),
        "until": lambda a, s: _day(a.until),
        "review": lambda a, s: _day(a.review),
        "local": lambda a, s: Text(a.local or "", a.local or ""),
        "measures": lambda a, s: s.both(lambda n: n.sources(a.parts)),
        "bases": _bases,
        "ends_by": lambda a, s: joined(a.ends_by, "part"),
        "remedy": lambda a, s: joined(a.remedy, "part"),
        "notes": lambda a, s: joined(a.notes, "part"),
    }
    for aspect, say in said.items():
        one, two = (say(action, side) for action, side in sides)
        if one != two:
            yield aspect, one, two


def _bases(action: Action, side: _Side) -> Text:
    bases = dict.fromkeys(str(basis) for part in action.parts for basis in part.bases)
    return joined((Text(basis, basis) for basis in bases), "list")


def _day(day: date | None) -> Text:
    return Text(str(day), str(day)) if day else Text()


def _come_and_gone(
    subject: str, before: Mapping[Hashable, Text], after: Mapping[Hashable, Text]
) -> Iterator[Effect]:
    for key in (k for k in before if k not in after):
        yield Effect("lost", subject, before[key], _flat(key))
    for key in after:
        if key not in before:
            yield Effect("gained", subject, after[key], _flat(key))


def _flat(key: Hashable) -> str:
    parts: Iterable[object] = key if isinstance(key, tuple) else (key,)
    return " ".join(str(part) for part in parts)


def _open(side: _Side) -> dict[Hashable, Text]:
    found: dict[Hashable, Text] = {}
    for point in side.decision.undetermined:
        asked = tuple(sorted(ask.fact for ask in point.asks))
        key = (point.memorandum, point.measure, point.target, point.what, *asked)
        target = subject_name(side.decision, point.target)
        found[key] = _words(
            "about",
            side.both(lambda n, p=point: n.numbers(p.memorandum, [p.measure])),  # type: ignore[misc]
            side.both(lambda n, p=point: n.document(p.memorandum)),  # type: ignore[misc]
            Text(target, target),
            point.text,
        )
    return found


def _aside(side: _Side) -> dict[Hashable, Text]:
    found: dict[Hashable, Text] = {}
    for gone in side.decision.set_aside:
        reason = word_table().get(f"reason.{gone.reason}", Text(gone.reason, gone.reason))
        measure = gone.measure or ""
        name = f"{gone.memorandum}#{measure}" if measure else gone.memorandum
        key = (gone.memorandum, measure, gone.reason, gone.regime)
        found[key] = Text(f"{name}：{reason('zh')}", f"{name}: {reason('en')}")
    return found


def _records(side: _Side) -> dict[Hashable, Text]:
    return {
        (record.file_of, record.listing, record.rule, record.sharing_stopped): record.text
        for record in side.decision.records
    }


def _statuses(side: _Side) -> dict[Hashable, Text]:
    return {
        (listing, str(status), since): _status(listing, str(status), since)
        for listing, status, since in side.decision.statuses
    }


def _status(listing: str, status: str, since: date | None) -> Text:
    name = word_table().get(f"status.{status}", Text(status, status))
    return Text(
        f"{listing}：{name('zh')} {since or ''}".rstrip(), f"{listing}: {name('en')} {since or ''}".rstrip()
    )


def _next(side: _Side) -> dict[Hashable, Text]:
    return {(n.listing, n.subject, n.list, n.by): n.because for n in side.decision.leads_to}


def _words(key: str, number: Text, document: Text, target: Text, why: Text) -> Text:
    template = word_table()[f"editor.diff.{key}"]
    return template.filled(number=number, document=document, target=target, why=why)
