"""two measures that contradict each other · 相互矛盾的两项措施.

What it finds:
    `{measure}`{heading_en} and `{other}`{other_heading_en} tell {unit_en} different things: {how_en}

    They are of one document, for one unit and one matter, and can hold for one person at one time.
    They contradict when one punishes what the other rewards; when they have one effect and one orders it
    while the other leaves it open; or when they have one effect for two fixed lengths of time.
查出什么：
    `{measure}`{heading_zh}与 `{other}`{other_heading_zh}对{unit_zh}的要求不一：{how_zh}

    二者属于同一文件、同一单位、同一事项，可能同时适用于同一对象。一项惩戒而另一项激励的，措施类型相同而一项应当、
    另一项可由单位裁量的，或者措施类型相同而期限不同的，为矛盾。
Why it matters:
    the library takes the stricter and the longer of two, and the document did not say so
为何要紧：
    遇到两项时本库取较严、较长的一项，而文件并未如此规定
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 应当不予批准, en: must refuse}
            effect: prohibit
            discretion: must
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
          - n: 2
            does: {zh: 可以不予批准, en: may refuse}
            effect: prohibit
            discretion: may
            matters: [exit]
            units: [公安部]
            when: {tax.arrears: {more_than: 100}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 应当不予批准, en: must refuse}
            effect: prohibit
            discretion: must
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
          - n: 2
            does: {zh: 可以不予批准, en: may refuse}
            effect: prohibit
            discretion: may
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {less_than: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    let the conditions exclude each other, or write the exception as `unless` with a label and a basis
应当怎样：
    请使条件相互排斥，或者把例外写成带标签和依据的 `unless`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.condition import conjunction
from creditrules.model.text import Text
from creditrules.model.words import Discretion
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of
from creditrules.policy.checks.parts import Side, pairs_of

_STANCE = Text("一项惩戒，一项激励", "one punishes and the other rewards")
_ORDER = Text("一项应当，一项可由单位裁量", "one orders it and the other leaves it open")
_LENGTH = Text("期限不同", "they last for different lengths of time")


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each two measures of a document that cannot both be followed."""
    for memorandum in scope.memoranda:
        told: set[tuple[str, str]] = set()
        for one, other in pairs_of(scope, memorandum):
            pair = (one.measure.key, other.measure.key)
            how = _contradiction(one, other)
            if how is None or pair in told:
                continue
            if not scope.logic.never(conjunction(one.condition, other.condition)):
                told.add(pair)
                yield _finding(one, other, how, scope)


def _contradiction(one: Side, other: Side) -> Text | None:
    if one.measure.stance is not other.measure.stance:
        return _STANCE
    if one.effect.effect != other.effect.effect:
        return None
    stated = {one.effect.discretion, other.effect.discretion} - {Discretion.UNSTATED}
    if len(stated) > 1 and Discretion.MUST in stated:
        return _ORDER
    lengths = {one.measure.duration.period, other.measure.duration.period}
    return _LENGTH if len(lengths) > 1 and None not in lengths else None


def _finding(one: Side, other: Side, how: Text, scope: Scope) -> Finding:
    unit = scope.catalogue.units.by_key[min(one.units & other.units)].name
    second = of_measure(other.memorandum, other.measure)
    words = {
        **of_measure(one.memorandum, one.measure),
        "other": second["measure"],
        "other_heading_en": second["heading_en"],
        "other_heading_zh": second["heading_zh"],
        "unit_en": unit("en"),
        "unit_zh": unit("zh"),
        "how_en": how.en,
        "how_zh": how.zh,
    }
    related = (other.measure.span,) if other.measure.span else ()
    return Finding("CR311", place_of(one.memorandum, one.measure), words, "warning", related=related)


CHECK = Check("CR311", "contradiction", "warning", find)
