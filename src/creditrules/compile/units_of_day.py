"""Compile pass: name the units that exist on the day.

A unit dissolved before the day is followed to what took its work over (in 2018 工商总局, 质检总局 and
食药监总局 became 市场监管总局); two that merged become one act. Local bodies are named when a decision is
made, since they depend on where the target is registered.
"""

from __future__ import annotations

from attrs import evolve

from creditrules.compile.day import Day, Passed, aside
from creditrules.model.rulebook import Act, Open, Rule, SetAside
from creditrules.model.text import Text
from creditrules.model.unit import Unit, Units

LAPSED = Text(
    "{unit} 当日已不存在，来源未显示承接单位", "{unit} no longer exists and no source shows a successor"
)
NOT_YET = Text(
    "{unit} 当日尚未成立，来源未显示当时的主管单位",
    "{unit} did not exist yet, and no source shows which body was competent then",
)
GENERIC = Text("文件只写“{unit}”，未指明单位", "the document only says 「{unit}」, which names no body")


def name_units_of_day(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Replace every unit by the one that acts on the day; a rule left without any stays open.

    INVARIANT: every act of a rule names a body, not a phrase, that exists on the day or that a document named
    before it was set up.
    """
    kept: list[Rule] = []
    dropped: list[SetAside] = []
    for rule in rules:
        for part in _by_competence(rule, day):
            acts, lost = _acts_of_day(part, day)
            dropped += [aside(part, "unit", text, detail=act.written) for act, text in lost if acts]
            kept.append(_with_acts(part, acts, lost))
    return tuple(kept), tuple(dropped)


def _by_competence(rule: Rule, day: Day) -> list[Rule]:
    """Split a rule whose matters have gone to different units, so that each part has one set of units."""
    parts: dict[tuple[str, ...], list[str]] = {}
    for matter in rule.effect.matters:
        units = (day.catalogue.units.by_key[act.unit] for act in rule.acts)
        heirs = tuple(h.key for unit in units for h in unit_of_day(day.catalogue.units, unit, matter, day))
        parts.setdefault(heirs, []).append(matter)
    if len(parts) < 2:
        return [rule]
    return [
        evolve(rule, key=f"{rule.key}~{n}", effect=evolve(rule.effect, matters=tuple(matters)))
        for n, matters in enumerate(parts.values(), 1)
    ]


def _acts_of_day(rule: Rule, day: Day) -> tuple[tuple[Act, ...], list[tuple[Act, Text]]]:
    acts: dict[str, Act] = {}
    lost: list[tuple[Act, Text]] = []
    matter = next(iter(rule.effect.matters), None)
    for act in rule.acts:
        unit = day.catalogue.units.by_key[act.unit]
        heirs = unit_of_day(day.catalogue.units, unit, matter, day)
        # A document may name a body about to be set up; the competent body of a kind must exist on the day.
        if act.origin == "kind" and heirs == (unit,) and not unit.exists(day.on):
            heirs = _before(day.catalogue.units, unit, matter, day)
        if unit.is_generic or not heirs:
            lost.append((act, _why_lost(unit, day).filled(unit=act.written)))
            continue
        for heir in heirs:
            named = act if act.unit == heir.key else evolve(act, unit=heir.key)
            acts[heir.key] = _merged(acts.get(heir.key), named)
    return tuple(acts.values()), lost


def unit_of_day(units: Units, unit: Unit, matter: str | None, day: Day) -> tuple[Unit, ...]:
    """Return who acts for a unit in a matter: whom the matter went to, the unit itself, or its heirs."""
    # INVARIANT: `load` has rejected cycles of succession.
    gone = [s for s in unit.successions if s.on <= day.on and s.takes(matter)]
    if not gone and (day.on < (unit.since or day.on) or unit.exists(day.on)):
        return (unit,)
    gone = gone or [s for s in unit.successions if s.whole and s.on <= day.on and not s.matters]
    return tuple(
        dict.fromkeys(h for s in gone for h in unit_of_day(units, units.by_key[s.unit], matter, day))
    )


def _before(units: Units, unit: Unit, matter: str | None, day: Day) -> tuple[Unit, ...]:
    """Return the one body whose work, or work in the matter, a unit was to take over; none when in doubt."""
    alive = [u for u in units.by_key.values() if u.exists(day.on)]
    of_matter = [u for u in alive if any(s.unit == unit.key and s.takes(matter) for s in u.successions)]
    whole = [u for u in alive if any(s.unit == unit.key and s.whole for s in u.successions)]
    found = of_matter or whole
    return tuple(found) if len(found) == 1 else ()


def _why_lost(unit: Unit, day: Day) -> Text:
    if unit.is_generic:
        return GENERIC
    return NOT_YET if unit.since is not None and day.on < unit.since else LAPSED


def _merged(first: Act | None, second: Act) -> Act:
    if first is None:
        return second
    stricter = max(first, second, key=lambda act: act.discretion.strictness)
    written = first.written if second.written in first.written else f"{first.written}、{second.written}"
    return evolve(stricter, written=written, assists=first.assists and second.assists)


def _with_acts(rule: Rule, acts: tuple[Act, ...], lost: list[tuple[Act, Text]]) -> Rule:
    if acts or not lost:
        return rule if acts == rule.acts else evolve(rule, acts=acts)
    return evolve(rule, acts=(), open=(*rule.open, *(Open("unit", text) for _, text in lost)))
