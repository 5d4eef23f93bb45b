"""Load: what a document that replaces another takes away from it, or makes stricter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from creditrules.errors import Span
from creditrules.model.basis import Basis, plain_title
from creditrules.model.catalogue import EffectKind
from creditrules.model.condition import ALWAYS, All, Condition
from creditrules.model.lists import ListKind
from creditrules.model.memorandum import Clause, Duration, Measure, Memorandum
from creditrules.model.time import Period

Change = tuple[str, str]
# What counts as without end when two lengths are compared.
_FOR_EVER = 10**9


def changes_of_list(lower: ListKind, upper: ListKind) -> Iterator[Change]:
    """Yield what a replaced list loses: a basis, its remedy, a way out; or that its level changes."""
    yield from _lost_bases(lower.bases, upper.bases)
    if lower.level is not upper.level:
        yield (
            f"the level is {upper.level.value}, not {lower.level.value}",
            f"级别由 {lower.level.value} 改为 {upper.level.value}",
        )
    if lower.remedy != upper.remedy:
        yield "the remedy is another", "救济途径被改变"
    for end in lower.ends_by:
        if end not in upper.ends_by:
            yield f"a way out is gone: {end('en')}", f"少了一种退出方式：{end('zh')}"


def changes_of_memorandum(
    lower: Memorandum, upper: Memorandum, effects: Mapping[str, EffectKind]
) -> Iterator[tuple[str, Span | None, str, str]]:
    """Yield each measure that lost something or became stricter: its key, where it stood, what changed."""
    before = {measure.key: measure for measure in lower.measures}
    for measure in upper.measures:
        old = before.get(measure.key)
        if old is not None:
            clauses = (_clauses(old, lower), _clauses(measure, upper))
            for en, zh in (*_losses(old, measure), *_stricter(old, measure, effects), *_wider(*clauses)):
                yield measure.key, old.span, en, zh


def _losses(lower: Measure, upper: Measure) -> Iterator[Change]:
    yield from _lost_bases(lower.bases, upper.bases)
    if not _parts(lower.when) <= _parts(upper.when):
        yield "a condition is gone", "少了一项条件"
    for label in {e.label for e in lower.unless} - {e.label for e in upper.unless}:
        yield f"the exception `{label}` is gone", f"少了例外 `{label}`"


def _lost_bases(lower: Iterable[Basis], upper: Iterable[Basis]) -> Iterator[Change]:
    kept = {_place(basis) for basis in upper}
    for basis in lower:
        if _place(basis) not in kept:
            yield f"the basis {basis} is gone", f"少了依据{basis}"


def _place(basis: Basis) -> tuple[str, int | None, str]:
    return plain_title(basis.law), basis.article, basis.item


def _parts(condition: Condition) -> frozenset[Condition]:
    if condition == ALWAYS:
        return frozenset()
    return frozenset(condition.parts) if isinstance(condition, All) else frozenset({condition})


def _stricter(lower: Measure, upper: Measure, effects: Mapping[str, EffectKind]) -> Iterator[Change]:
    old = {effect.effect: effect for effect in lower.effects}
    hardest = max((_strictness(e.effect, effects) for e in lower.effects), default=0)
    for effect in upper.effects:
        same = old.get(effect.effect)
        if same is None and _strictness(effect.effect, effects) > hardest:
            yield f"the effect is `{effect.effect}`, a stricter one", f"措施类型改为更严的 `{effect.effect}`"
        if same is not None and effect.discretion.strictness > same.discretion.strictness:
            yield (
                f"the discretion is {effect.discretion.value}, not {same.discretion.value}",
                f"裁量由 {same.discretion.value} 改为 {effect.discretion.value}",
            )
        if same is not None and set(effect.matters) - set(same.matters):
            yield "it bites on more matters", "所涉事项增加"
    if _length(upper.duration) > _length(lower.duration):
        yield "it lasts longer", "期限更长"


def _strictness(effect: str | None, effects: Mapping[str, EffectKind]) -> int:
    kind = effects.get(effect or "")
    return kind.strictness if kind is not None else 0


def _length(duration: Duration) -> int:
    if duration.for_life:
        return _FOR_EVER
    periods = [duration.period, duration.longest, *(grade.period for grade in duration.grades)]
    # With the listing: as long as anything else may last.
    return max((_days(p) for p in periods if p is not None), default=_FOR_EVER - 1)


def _days(period: Period) -> int:
    return period.years * 366 + period.months * 31 + period.days


def _clauses(measure: Measure, memorandum: Memorandum) -> tuple[Clause, ...]:
    return memorandum.covers if measure.covers is None else measure.covers


def _wider(lower: tuple[Clause, ...], upper: tuple[Clause, ...]) -> Iterator[Change]:
    """Yield that more persons are reached: another party, another role, or one without its finding."""
    old = {(clause.party, reach) for clause in lower for reach in clause.reaches}
    if any((clause.party, reach) not in old for clause in upper for reach in clause.reaches):
        yield "it reaches persons that the other does not", "及于原文件未及的人员"
