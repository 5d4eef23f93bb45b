"""Policy: compare two entries field by field, whatever they are: what they gained, lost, or say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import evolve, frozen

from creditrules.model.basis import Basis
from creditrules.model.condition import All, Not, Some, Test
from creditrules.model.memorandum import Clause, Duration
from creditrules.model.text import Text
from creditrules.model.time import Period, Since
from creditrules.policy.diff.bases import basis_changes
from creditrules.policy.diff.changes import NO_TEXT, Altered, Change, Gained, Lost, Place
from creditrules.policy.diff.conditions import condition_changes
from creditrules.policy.diff.speaking import Speaker

_CONDITIONS = (All, Some, Not, Test)
# What tells one part of an entry from another, tried in this order.
_KEYS = ("key", "label", "rule", "unit", "region", "code", "name", "list", "text")


@frozen
class Two:
    """The two catalogues that are compared, as speakers."""

    old: Speaker
    new: Speaker


def field_changes(place: Place, old: Any, new: Any, two: Two, about: Text = NO_TEXT) -> Iterator[Change]:
    """Yield the changes between two things of one class, field by field."""
    for field in attrs.fields(type(new)):
        if field.eq and field.name != "key":
            before, after = getattr(old, field.name), getattr(new, field.name)
            if before != after:
                yield from value_changes(place, field.name, before, after, two, about)


def value_changes(
    place: Place, aspect: str, before: Any, after: Any, two: Two, about: Text = NO_TEXT
) -> Iterator[Change]:
    """Yield the changes between two values of one field."""
    if _are(before, after, _CONDITIONS):
        yield from condition_changes(place, aspect, before, after, two.old, two.new)
    elif _are(before, after, (frozenset,)) or (_are(before, after, (tuple,)) and _plain((*before, *after))):
        yield from plain_changes(place, aspect, before, after, two, about)
    elif _are(before, after, (tuple,)) and all(isinstance(b, Basis) for b in (*before, *after)):
        yield from basis_changes(place, before, after, two.old, two.new)
    elif _are(before, after, (tuple,)):
        yield from part_changes(place, aspect, before, after, two, about)
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mapping_changes(place, aspect, before, after, two)
    elif before is not None and after is not None and _is_thing(before) and type(before) is type(after):
        yield from field_changes(place, before, after, two, about)
    elif isinstance(before, Text) and isinstance(after, Text):
        yield Altered(place, aspect, _in_full(before), _in_full(after), about)
    else:
        yield Altered(place, aspect, two.old.said(aspect, before), two.new.said(aspect, after), about)


def _in_full(text: Text) -> Text:
    """Say of a text in one language that it lacks the other, for that may be all that changed."""
    return text if text in (Text(), NO_TEXT) else Text(text.zh or "（无中文）", text.en or "(no English)")


def plain_changes(
    place: Place, aspect: str, before: Iterable[Any], after: Iterable[Any], two: Two, about: Text = NO_TEXT
) -> Iterator[Change]:
    """Yield what a list of words gained and lost; the order of words means nothing."""
    old, new = list(before), list(after)
    for value in sorted((v for v in old if v not in new), key=str):
        yield Lost(place, aspect, two.old.said(aspect, value), about)
    for value in sorted((v for v in new if v not in old), key=str):
        yield Gained(place, aspect, two.new.said(aspect, value), about)


def part_changes(
    place: Place,
    aspect: str,
    before: tuple[Any, ...],
    after: tuple[Any, ...],
    two: Two,
    about: Text = NO_TEXT,
) -> Iterator[Change]:
    """Yield the changes between two lists of parts; parts are told apart by their keys."""
    gone = [part for part in before if part not in after]
    come = [part for part in after if part not in before]
    pairs = list(_pairs(gone, come))
    for part in gone:
        if all(part is not old for old, _ in pairs):
            yield Lost(place, aspect, two.old.entry(aspect, part), about)
    for old, new in pairs:
        span = getattr(new, "span", None) or place.span
        yield from field_changes(evolve(place, span=span), old, new, two, two.new.entry(aspect, new))
    for part in come:
        if all(part is not new for _, new in pairs):
            span = getattr(part, "span", None) or place.span
            yield Gained(evolve(place, span=span), aspect, two.new.entry(aspect, part), about)


def _pairs(gone: list[Any], come: list[Any]) -> Iterator[tuple[Any, Any]]:
    left = list(come)
    for old in gone:
        new = next((part for part in left if type(part) is type(old) and _key(part) == _key(old)), None)
        if new is None and len(gone) == len(come) == 1 and type(come[0]) is type(old):
            new = come[0]
        if new is not None:
            left.remove(new)
            yield old, new


def _key(part: Any) -> tuple[Any, ...]:
    found = next((getattr(part, name) for name in _KEYS if getattr(part, name, None)), None)
    # What has no name is known by the days it is about.
    return (found,) if found is not None else (getattr(part, "since", None), getattr(part, "until", None))


def _mapping_changes(
    place: Place, aspect: str, before: Mapping[str, Any], after: Mapping[str, Any], two: Two
) -> Iterator[Change]:
    for key in (k for k in before if k not in after):
        yield Lost(place, aspect, two.old.said(aspect, before[key]))
    for key in after:
        if key not in before:
            yield Gained(place, aspect, two.new.said(aspect, after[key]))
        elif before[key] != after[key]:
            about = Text(key, key)
            yield Altered(
                place, aspect, two.old.said(aspect, before[key]), two.new.said(aspect, after[key]), about
            )


def _are(before: Any, after: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(before, kinds) and isinstance(after, kinds)


def _plain(values: tuple[Any, ...]) -> bool:
    return all(isinstance(value, str | int | Text) or not _is_thing(value) for value in values)


def _is_thing(value: Any) -> bool:
    """Say whether a value is told by its parts; texts, days and lengths are told whole."""
    return attrs.has(type(value)) and not isinstance(value, Text | Period | Since | Duration | Clause)
