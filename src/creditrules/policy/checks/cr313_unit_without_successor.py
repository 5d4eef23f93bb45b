"""a unit that does not act on a day in force · 施行期间不存在的单位.

What it finds:
    `{name}`, named by `{owner}`, does not act on {on}: {why_en}

    Asked are the day the memorandum came into force, each day since on which a unit ends, and the day asked
    for, as far as the memorandum is in force.
    A unit that was named before it was set up, or after it had ended with a successor, is a note.
查出什么：
    `{owner}` 所写的 `{name}` 在 {on} 并不履职：{why_zh}

    检查备忘录施行之日、其后各单位撤销之日以及所问之日（以备忘录有效为限）。先写入文件、后设立的，
    以及签署以前已由他人承接的，为提示。
Why it matters:
    nobody acts under that name then; where nobody has taken the work over, every decision about it stays open
为何要紧：
    当日无人以此名义履职；没有承接单位的，有关决定只能悬置
Example:
    wrong:
        units:
          post: {name: 虚构邮政局, en: Invented post office, until: 2018-03-01}
        ---
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [虚构邮政局]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        units:
          post:
            name: 虚构邮政局
            en: Invented post office
            until: 2018-03-01
            becomes: [{unit: police, on: 2018-03-01}]
        ---
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [虚构邮政局]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    say under `becomes` of the unit who took its work over, and since when
应当怎样：
    请在该单位的 `becomes` 中写明由谁、自何日承接其职责
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve

from creditrules.compile.in_force import force_of
from creditrules.compile.units_of_day import unit_of_day
from creditrules.errors import Finding, Span
from creditrules.model.memorandum import Measure, Memorandum, UnitPart
from creditrules.model.text import Text
from creditrules.model.unit import Unit
from creditrules.model.words import Truth
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of

_ENDED = Text(
    "{day} 起不再以自己的名义履职，未见承接单位", "it ended on {day}, and no source shows a successor"
)
_LATER = Text("{day} 才设立", "it is set up only on {day}")
_GONE = Text(
    "签署以前（{day}）已不再履职，现由其承接单位实施",
    "it had ended on {day}, before the document was signed; its successor acts",
)


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each unit of a measure that acts neither itself nor through a successor."""
    ends = {unit.until for unit in scope.catalogue.units.by_key.values() if unit.until is not None}
    for memorandum in scope.memoranda:
        days = _days(memorandum, scope, ends)
        for measure in memorandum.measures:
            for part in measure.units:
                yield from _of_part(memorandum, measure, part, days, scope)


def _days(memorandum: Memorandum, scope: Scope, ends: set[date]) -> list[date]:
    if memorandum.since is None:
        return []
    first = memorandum.since.latest
    days = sorted({first, *(day for day in ends if day > first), max(first, scope.on)})
    return [d for d in days if force_of(memorandum, evolve(scope.day, on=d)).truth is not Truth.FALSE]


def _of_part(
    memorandum: Memorandum, measure: Measure, part: UnitPart, days: list[date], scope: Scope
) -> Iterator[Finding]:
    unit = scope.catalogue.units.by_key[part.unit]
    if unit.is_generic:
        return
    matters: list[str | None] = [matter for effect in measure.effects for matter in effect.matters]
    place = part.span or place_of(memorandum, measure)
    words = of_measure(memorandum, measure)
    words |= {"name": part.name, "owner": words["measure"]}
    if days and unit.since is not None and days[0] < unit.since:
        yield _finding(place, words, days[0], _LATER.filled(day=str(unit.since)), is_grave=False)
    ended = days and unit.until is not None and unit.until <= days[0]
    if ended and not _is_lost(unit, matters or [None], days[0], scope):
        yield _finding(place, words, days[0], _GONE.filled(day=str(unit.until)), is_grave=False)
    for day in days:
        if _is_lost(unit, matters or [None], day, scope):
            why = _ENDED.filled(day=str(unit.until or day))
            yield _finding(place, words, day, why, is_grave=True)
            return


def _is_lost(unit: Unit, matters: list[str | None], day: date, scope: Scope) -> bool:
    that_day = evolve(scope.day, on=day)
    return any(not unit_of_day(scope.catalogue.units, unit, matter, that_day) for matter in matters)


def _finding(place: Span, words: dict[str, str], on: date, why: Text, *, is_grave: bool) -> Finding:
    said = {"on": str(on), "why_en": why.en, "why_zh": why.zh}
    return Finding("CR313", place, {**words, **said}, milder(is_grave))


CHECK = Check("CR313", "unit-without-successor", "warning", find, by_day=True)
