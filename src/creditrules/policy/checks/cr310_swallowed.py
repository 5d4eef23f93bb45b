"""a measure that another one always swallows · 总是被另一项吸收的措施.

What it finds:
    `{measure}`{heading_en} does nothing that `{other}`{other_heading_en} does not do already

    The other measure of the document has the same effect, for the same units and matters or for more, on the
    same lists, with a condition that always holds when this one's does, as strictly, and for as long.
    Where the two cite different provisions it is a note: the one may outlive the other.
查出什么：
    `{measure}`{heading_zh}所做的，`{other}`{other_heading_zh}都已做到

    同一文件中的另一项措施类型相同，单位、事项、名单相同或者更宽，条件总是随之成立，裁量不更宽松，期限不更短。
    二者引用的条款不同的，为提示：其一失效时另一项仍可能有效。
Why it matters:
    whoever changes or drops one of the two believes that something has changed
为何要紧：
    改动或者删去其中一项的人会以为有所改变
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
          - n: 2
            does: {zh: 案件三起以上的不予批准, en: refuse after three cases}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {less_than: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
          - n: 2
            does: {zh: 案件三起以上的不予批准, en: refuse after three cases}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    drop the narrower measure, or say what sets it apart: its condition, matter, unit or length
应当怎样：
    请删去较窄的一项，或者写明其不同之处：条件、事项、单位或者期限
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.basis import plain_title
from creditrules.model.memorandum import Measure
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of
from creditrules.policy.checks.parts import Side, pairs_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure whose every effect some other measure of the document covers."""
    for memorandum in scope.memoranda:
        told: set[str] = set()
        for one, other in pairs_of(scope, memorandum):
            for narrow, wide in ((other, one), (one, other)):
                key = narrow.measure.key
                if key in told or wide.measure.key in told or len(narrow.measure.effects) > 1:
                    continue
                if _swallows(wide, narrow, scope):
                    told.add(key)
                    yield _finding(narrow, wide)


def _swallows(wide: Side, narrow: Side, scope: Scope) -> bool:
    return (
        wide.effect.effect == narrow.effect.effect
        and wide.measure.stance is narrow.measure.stance
        and narrow.units <= wide.units
        and set(narrow.effect.matters) <= set(wide.effect.matters)
        and narrow.lists <= wide.lists
        and wide.effect.discretion.strictness >= narrow.effect.discretion.strictness
        and (wide.measure.duration == narrow.measure.duration or wide.measure.duration.with_listing)
        and wide.measure.leads_to == narrow.measure.leads_to
        and not scope.logic.never(narrow.condition)
        and scope.logic.implies(narrow.condition, wide.condition)
    )


def _finding(narrow: Side, wide: Side) -> Finding:
    words = of_measure(narrow.memorandum, narrow.measure)
    other = of_measure(wide.memorandum, wide.measure)
    words |= {"other": other["measure"], "other_heading_en": other["heading_en"]}
    words |= {"other_heading_zh": other["heading_zh"]}
    severity = milder(_cited(narrow.measure) <= _cited(wide.measure))
    related = (wide.measure.span,) if wide.measure.span else ()
    place = place_of(narrow.memorandum, narrow.measure)
    return Finding("CR310", place, words, severity, related=related)


def _cited(measure: Measure) -> frozenset[tuple[str, int | None, str]]:
    own = {(plain_title(b.law), b.article, b.item) for b in measure.bases}
    return frozenset(own | {(kind, None, "") for kind in measure.kinds})


CHECK = Check("CR310", "swallowed", "warning", find)
