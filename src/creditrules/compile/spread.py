"""Compile, first step: spread a catalogue into rules, one for each effect of each measure.

The rules about records (whose credit file gets what) come from the regimes of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from creditrules.compile.bases import in_force
from creditrules.compile.day import Day
from creditrules.model.basis import Basis
from creditrules.model.catalogue import MeasureKind, RecordRule, Regime
from creditrules.model.condition import ALWAYS, Condition, Test
from creditrules.model.condition import Op as Compare
from creditrules.model.memorandum import Effect, Exempt, Measure, Memorandum
from creditrules.model.rulebook import Act, Open, Rule
from creditrules.model.text import Text
from creditrules.model.words import Level, Strength

NO_EFFECT = Open("effect", Text("来源未显示该项措施的内容", "no source shows what this measure does"))
Matters = tuple[str, ...]
Carried = Mapping[str, tuple[Basis, ...]]
# 丹信办发〔2018〕14号 二, 六: what cannot be made public is shared on the platform and told to the employer.
UNPUBLISHABLE = Exempt(
    "not_publishable",
    Test("listing.publishable", Compare.IS, False),
    Text("名单信息依法不能公开", "the listing may by law not be made public"),
)
NO_UNIT = Open(
    "unit", Text("来源未显示该项措施的实施单位", "no source shows which unit carries the measure out")
)


def spread(day: Day) -> tuple[Rule, ...]:
    """Return the rules of each effect of each measure, and one for each record rule, unnumbered."""
    carried = {key: _carried(kind, day) for key, kind in day.catalogue.measure_kinds.items()}
    measures = (
        rule
        for memorandum in day.catalogue.memoranda.values()
        for measure in memorandum.measures
        for place, effect in enumerate(measure.effects or (Effect(None),))
        for rule in _rules(day, carried, memorandum, measure, place, effect)
    )
    return (*measures, *_records(day))


def _rules(
    day: Day, carried: Carried, memorandum: Memorandum, measure: Measure, place: int, effect: Effect
) -> Iterator[Rule]:
    """Yield a rule for each kind of measure that an effect is of: each has units and statutes of its own."""
    parts = _by_kind(effect, tuple(day.catalogue.measure_kinds[key] for key in measure.kinds))
    numbered = f"/{place + 1}" if len(measure.effects) > 1 else ""
    for n, (kinds, matters) in enumerate(parts, 1):
        key = f"{memorandum.key}#{measure.key}{numbered}" + (f"+{n}" if len(parts) > 1 else "")
        part = effect if matters == effect.matters else evolve(effect, matters=matters)
        yield _rule(carried, memorandum, measure, key, part, kinds)


def _by_kind(effect: Effect, kinds: tuple[MeasureKind, ...]) -> list[tuple[tuple[MeasureKind, ...], Matters]]:
    """Divide the matters of an effect by the kind each belongs to; what belongs to none goes with the first.

    A kind none of whose matters the effect names shares all of the first one's.
    """
    divided: dict[int, list[str]] = {}
    for matter in effect.matters:
        owner = next((n for n, kind in enumerate(kinds) if _within(matter, kind.matter)), 0)
        divided.setdefault(owner, []).append(matter)
    if len(divided) < 2:
        return [(kinds, effect.matters)]
    idle = tuple(kind for n, kind in enumerate(kinds) if n not in divided)
    first = min(divided)
    return [
        ((kinds[n], *(idle if n == first else ())), tuple(matters)) for n, matters in sorted(divided.items())
    ]


def _within(matter: str, broader: str | None) -> bool:
    return broader is not None and (matter == broader or matter.startswith(broader + "."))


def _rule(
    carried: Carried,
    memorandum: Memorandum,
    measure: Measure,
    key: str,
    effect: Effect,
    kinds: tuple[MeasureKind, ...],
) -> Rule:
    acts = _acts(measure, kinds, effect)
    missing = [NO_EFFECT] if effect.effect is None else []
    missing += [] if acts else [NO_UNIT]
    lists = measure.lists or memorandum.lists
    return Rule(
        number=-1,
        key=key,
        memorandum=memorandum,
        measure=measure,
        effect=effect,
        lists=lists,
        clauses=memorandum.covers if measure.covers is None else measure.covers,
        acts=acts,
        bases=(*measure.bases, *_kind_bases(kinds, lists, carried)),
        target_kinds=measure.target_kinds,
        when=measure.when,
        unless=(*measure.unless, *((UNPUBLISHABLE,) if effect.effect == "publicise" else ())),
        open=tuple(missing),
        checked=measure.checked,
        kinds=tuple(kind.key for kind in kinds),
    )


def _acts(measure: Measure, kinds: tuple[MeasureKind, ...], effect: Effect) -> tuple[Act, ...]:
    """Return the units the document names, else the competent bodies of the measure's kinds."""
    if measure.units or effect.effect is None:
        return tuple(Act(p.unit, p.name, effect.discretion, p.assists) for p in measure.units)
    competent = {part.unit: part for kind in kinds for part in kind.units}
    return tuple(Act(p.unit, p.name, effect.discretion, origin="kind") for p in competent.values())


def _carried(kind: MeasureKind, day: Day) -> tuple[Basis, ...]:
    """Return the statutes of the day that carry a kind; what limits it is no basis."""
    return tuple(
        evolve(basis, origin="kind")
        for basis in kind.bases
        if basis.strength is not Strength.LIMIT and in_force(basis, day)
    )


def _kind_bases(kinds: tuple[MeasureKind, ...], lists: frozenset[str], carried: Carried) -> Iterator[Basis]:
    """Yield the statutes that carry the kinds on these lists."""
    for kind in kinds:
        for basis in carried[kind.key]:
            if not basis.lists or lists <= basis.lists:
                yield basis


def _records(day: Day) -> Iterator[Rule]:
    for regime in day.regimes:
        # A city's notice speaks of the subjects registered in that city.
        regions = tuple(sorted(c for c in day.catalogue.units.regions if _lies_in(day, c, regime.region)))
        when = Test("subject.region", Compare.IN, regions) if regime.region else ALWAYS
        for record in regime.records:
            for key, kind in day.catalogue.lists.items():
                # The notice speaks of black lists and key-attention lists; a red list is no dishonesty.
                if kind.level in (Level.BLACKLIST, Level.WATCHLIST):
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
