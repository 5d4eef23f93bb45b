"""Compile, first step: spread a catalogue into rules, one for each effect of each measure.

The rules about records (whose credit file gets what) come from the regimes of the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.compile.bases import in_force
from creditrules.compile.day import Day
from creditrules.model.basis import Basis
from creditrules.model.catalogue import MeasureKind, RecordRule, Regime
from creditrules.model.condition import ALWAYS, Condition, Test
from creditrules.model.condition import Op as Compare
from creditrules.model.memorandum import Effect, Measure, Memorandum
from creditrules.model.rulebook import Act, Open, Rule
from creditrules.model.text import Text
from creditrules.model.words import Level, Strength

NO_EFFECT = Open("effect", Text("来源未显示该项措施的内容", "no source shows what this measure does"))
NO_UNIT = Open(
    "unit", Text("来源未显示该项措施的实施单位", "no source shows which unit carries the measure out")
)


def spread(day: Day) -> tuple[Rule, ...]:
    """Return one rule for each effect of each measure, and one for each record rule, unnumbered."""
    measures = (
        _rule(day, memorandum, measure, place, effect)
        for memorandum in day.catalogue.memoranda.values()
        for measure in memorandum.measures
        for place, effect in enumerate(measure.effects or (Effect(None),))
    )
    return (*measures, *_records(day))


def _rule(day: Day, memorandum: Memorandum, measure: Measure, place: int, effect: Effect) -> Rule:
    kinds = tuple(day.catalogue.measure_kinds[key] for key in measure.kinds)
    acts = _acts(measure, kinds, effect)
    missing = [NO_EFFECT] if effect.effect is None else []
    missing += [] if acts else [NO_UNIT]
    lists = measure.lists or memorandum.lists
    return Rule(
        number=-1,
        key=f"{memorandum.key}#{measure.key}" + (f"/{place + 1}" if len(measure.effects) > 1 else ""),
        memorandum=memorandum,
        measure=measure,
        effect=effect,
        lists=lists,
        clauses=memorandum.covers if measure.covers is None else measure.covers,
        acts=acts,
        bases=(*measure.bases, *_kind_bases(kinds, lists, day)),
        target_kinds=measure.target_kinds,
        when=measure.when,
        unless=measure.unless,
        open=tuple(missing),
        checked=measure.checked,
    )


def _acts(measure: Measure, kinds: tuple[MeasureKind, ...], effect: Effect) -> tuple[Act, ...]:
    """Return the units the document names, else the competent bodies of the measure's kinds."""
    if measure.units or effect.effect is None:
        return tuple(Act(p.unit, p.name, effect.discretion, p.assists) for p in measure.units)
    competent = {part.unit: part for kind in kinds for part in kind.units}
    return tuple(Act(p.unit, p.name, effect.discretion, origin="kind") for p in competent.values())


def _kind_bases(kinds: tuple[MeasureKind, ...], lists: frozenset[str], day: Day) -> Iterator[Basis]:
    """Yield the statutes of the day that carry the kinds on these lists; what limits a kind is no basis."""
    for kind in kinds:
        for basis in kind.bases:
            carries = basis.strength is not Strength.LIMIT and (not basis.lists or lists <= basis.lists)
            if carries and in_force(basis, day):
                yield evolve(basis, origin="kind")


def _records(day: Day) -> Iterator[Rule]:
    for regime in day.regimes:
        # A city's notice speaks of the subjects registered in that city.
        regions = tuple(sorted(c for c in day.catalogue.units.regions if _lies_in(day, c, regime.region)))
        when = Test("subject.region", Compare.IN, regions) if regime.region else ALWAYS
        for record in regime.records:
            for key, kind in day.catalogue.lists.items():
                # What the notice has entered in files is dishonesty; a red list is none.
                if kind.level is not Level.REDLIST:
                    yield _record_rule(regime, record, key, when)


def _record_rule(regime: Regime, record: RecordRule, list_key: str, when: Condition) -> Rule:
    # One rule a list: what the law of a later day asks of a record depends on the bases of the list.
    return Rule(
        number=-1,
        key=f"{regime.key}#{record.key}@{list_key}",
        memorandum=None,
        measure=None,
        effect=Effect("record_in_file"),
        lists=frozenset({list_key}),
        clauses=record.clauses,
        acts=(),
        bases=(record.basis,),
        when=when,
        record=record,
        checked=record.basis.checked,
    )


def _lies_in(day: Day, code: str, region: str | None) -> bool:
    return region in day.catalogue.units.region_chain(code)
