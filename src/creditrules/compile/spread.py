"""Compile, first step: spread a catalogue into rules, one for each effect of each measure.

The rules about records (whose credit file gets what) come from the regimes of the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.compile.day import Day
from creditrules.model.catalogue import RecordRule, Regime
from creditrules.model.condition import ALWAYS, Condition, Test
from creditrules.model.condition import Op as Compare
from creditrules.model.memorandum import Effect, Measure, Memorandum
from creditrules.model.rulebook import Act, Open, Rule
from creditrules.model.text import Text

NO_EFFECT = Open("effect", Text("来源未显示该项措施的内容", "no source shows what this measure does"))
NO_UNIT = Open(
    "unit", Text("来源未显示该项措施的实施单位", "no source shows which unit carries the measure out")
)


def spread(day: Day) -> tuple[Rule, ...]:
    """Return one rule for each effect of each measure, and one for each record rule, unnumbered."""
    measures = (
        _rule(memorandum, measure, place, effect)
        for memorandum in day.catalogue.memoranda.values()
        for measure in memorandum.measures
        for place, effect in enumerate(measure.effects or (Effect(None),))
    )
    return (*measures, *_records(day))


def _rule(memorandum: Memorandum, measure: Measure, place: int, effect: Effect) -> Rule:
    acts = tuple(Act(part.unit, part.name, effect.discretion, part.assists) for part in measure.units)
    missing = [NO_EFFECT] if effect.effect is None else []
    missing += [] if acts else [NO_UNIT]
    return Rule(
        number=-1,
        key=f"{memorandum.key}#{measure.key}" + (f"/{place + 1}" if len(measure.effects) > 1 else ""),
        memorandum=memorandum,
        measure=measure,
        effect=effect,
        lists=measure.lists or memorandum.lists,
        clauses=memorandum.covers if measure.covers is None else measure.covers,
        acts=acts,
        bases=measure.bases,
        target_kinds=measure.target_kinds,
        when=measure.when,
        unless=measure.unless,
        open=tuple(missing),
        checked=measure.checked,
    )


def _records(day: Day) -> Iterator[Rule]:
    for regime in day.regimes:
        # A city's notice speaks of the subjects registered in that city.
        regions = tuple(sorted(c for c in day.catalogue.units.regions if _lies_in(day, c, regime.region)))
        when = Test("subject.region", Compare.IN, regions) if regime.region else ALWAYS
        for record in regime.records:
            for key in day.catalogue.lists:
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
