"""Policy: what changed in one measure, in the words a lawyer would use."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.memorandum import Effect, Measure, Memorandum, UnitPart
from creditrules.model.text import Text
from creditrules.policy.diff.bases import basis_changes
from creditrules.policy.diff.changes import Altered, Change, Gained, Lost, Place
from creditrules.policy.diff.clauses import clause_changes
from creditrules.policy.diff.conditions import condition_changes
from creditrules.policy.diff.generic import Two, part_changes, plain_changes

# Compared as they are said; what is spoken of by parts is compared below.
_WHOLE = ("does", "heading", "stance", "duration", "leads_to", "checked", "note", "source")
_WORDS = (("kinds", "kinds"), ("procedure", "procedure"))


def measure_place(memorandum: Memorandum, measure: Measure, title: Text) -> Place:
    """Return the place of a measure."""
    number = measure.number or measure.key
    heading = measure.heading or ""
    zh = f"第{number}项" + (f" {heading}" if heading else f" {measure.does.zh}")
    en = f"no. {number} " + (measure.does.en or heading or measure.does.zh)
    item = Text(zh.strip(), en.strip())
    spans = (measure.span, memorandum.span, measure.span)
    return Place("memoranda", memorandum.key, title, measure.key, item, *spans)


def measure_changes(
    place: Place, old: tuple[Memorandum, Measure], new: tuple[Memorandum, Measure], two: Two
) -> Iterator[Change]:
    """Yield the changes of a measure. Clauses and lists of the memorandum are told once, there."""
    (_, was), (_, now) = old, new
    if (was.part, was.n) != (now.part, now.n):
        yield Altered(place, "number", Text(was.number, was.number), Text(now.number, now.number))
    yield from _effect_changes(place, was.effects, now.effects, two)
    yield from _unit_changes(place, was.units, now.units, two)
    if was.when != now.when:
        yield from condition_changes(place, "when", was.when, now.when, two.old, two.new)
    if was.unless != now.unless:
        yield from part_changes(place, "unless", was.unless, now.unless, two)
    yield from _own_clauses(place, old, new, two)
    yield from _own_lists(place, old, new, two)
    if was.target_kinds != now.target_kinds:
        yield Altered(
            place,
            "targets",
            two.old.said("targets", was.target_kinds),
            two.new.said("targets", now.target_kinds),
        )
    if was.bases != now.bases:
        yield from basis_changes(place, was.bases, now.bases, two.old, two.new)
    for name, field in _WORDS:
        yield from plain_changes(place, name, getattr(was, field), getattr(now, field), two)
    for field in _WHOLE:
        before, after = getattr(was, field), getattr(now, field)
        if before != after:
            yield Altered(place, field, two.old.said(field, before), two.new.said(field, after))


def _effect_changes(
    place: Place, was: tuple[Effect, ...], now: tuple[Effect, ...], two: Two
) -> Iterator[Change]:
    gone = [effect for effect in was if effect not in now]
    come = [effect for effect in now if effect not in was]
    pairs = [(e, next(c for c in come if c.effect == e.effect)) for e in gone if _has(come, e.effect)]
    gone = [e for e in gone if not _has(come, e.effect)]
    come = [c for c in come if not any(c is now for _, now in pairs)]
    if len(gone) == len(come) == 1:
        pairs += [(gone.pop(), come.pop())]
    for effect in gone:
        yield Lost(place, "effect", _effect(effect, two, old=True))
    for before, after in pairs:
        several = len(now) > 1
        about = _effect(after, two, old=False) if several else Text()
        if before.effect != after.effect:
            yield Altered(place, "effect", _effect(before, two, old=True), _effect(after, two, old=False))
        if before.discretion is not after.discretion:
            yield Altered(
                place,
                "discretion",
                two.old.said("discretion", before.discretion),
                two.new.said("discretion", after.discretion),
                about,
            )
        yield from plain_changes(place, "matters", before.matters, after.matters, two, about)
    for effect in come:
        yield Gained(place, "effect", _effect(effect, two, old=False))


def _has(effects: list[Effect], key: str | None) -> bool:
    return any(effect.effect == key for effect in effects)


def _effect(effect: Effect, two: Two, *, old: bool) -> Text:
    speaker = two.old if old else two.new
    if effect.effect is None:
        return Text("来源未显示", "not shown by a source")
    return speaker.named("effect", effect.effect)


def _unit_changes(
    place: Place, was: tuple[UnitPart, ...], now: tuple[UnitPart, ...], two: Two
) -> Iterator[Change]:
    before, after = {part.unit: part for part in was}, {part.unit: part for part in now}
    for key in (k for k in before if k not in after):
        yield Lost(place, "units", _unit(before[key], two, old=True))
    for key, part in after.items():
        at = evolve(place, span=part.span or place.span)
        if key not in before:
            yield Gained(at, "units", _unit(part, two, old=False))
        elif before[key].assists != part.assists:
            yield Altered(at, "part", _role(before[key]), _role(part), two.new.named("unit", key))
        elif before[key].name != part.name:
            names = (Text(p.name, p.name) for p in (before[key], part))
            yield Altered(at, "unit_name", *names)


def _unit(part: UnitPart, two: Two, *, old: bool) -> Text:
    name = (two.old if old else two.new).named("unit", part.unit)
    helps = Text("（协助）", " (assists)")
    return Text(name("zh") + helps.zh, name("en") + helps.en) if part.assists else name


def _role(part: UnitPart) -> Text:
    return Text("协助", "assists") if part.assists else Text("实施", "acts")


def _own_clauses(
    place: Place, old: tuple[Memorandum, Measure], new: tuple[Memorandum, Measure], two: Two
) -> Iterator[Change]:
    """Compare what the measure reaches where it says so itself, now or before."""
    (old_memorandum, was), (new_memorandum, now) = old, new
    if was.covers is None and now.covers is None:
        return
    before = old_memorandum.covers if was.covers is None else was.covers
    after = new_memorandum.covers if now.covers is None else now.covers
    yield from clause_changes(place, before, after, two.old, two.new)


def _own_lists(
    place: Place, old: tuple[Memorandum, Measure], new: tuple[Memorandum, Measure], two: Two
) -> Iterator[Change]:
    (old_memorandum, was), (new_memorandum, now) = old, new
    if was.lists != now.lists:
        before, after = was.lists or old_memorandum.lists, now.lists or new_memorandum.lists
        yield from plain_changes(place, "lists", before, after, two)
