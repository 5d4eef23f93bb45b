"""a measure that reaches nobody · 措施及于任何人都不可能.

What it finds:
    `{measure}`{heading_en} can reach nobody: no item of its clauses agrees with {limits_en}

    A clause says of which kind the listed party is and in which role somebody is reached; the measure limits
    the kinds of target and states its condition.
    Where these exclude each other, for every item, the measure is dead.
查出什么：
    `{measure}`{heading_zh}不可能及于任何人：责任范围中没有一项与{limits_zh}相容

    责任范围写明当事人的类型和职务，措施限定对象的类型和条件。二者逐项相互排斥的，该措施形同虚设。
Why it matters:
    the measure stands in the document and no unit will ever be told to take it
为何要紧：
    措施写在文件里，却永远不会有单位被告知实施
Example:
    wrong:
        covers: {enterprise: [self]}
        measures:
          - n: 1
            does: {zh: 不予出境, en: stop at the border}
            effect: exit_control
            matters: [exit]
            units: [公安部]
            reaches: [natural_person]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        covers: {enterprise: [self, {role: legal_representative, held: conduct}]}
        measures:
          - n: 1
            does: {zh: 不予出境, en: stop at the border}
            effect: exit_control
            matters: [exit]
            units: [公安部]
            reaches: [natural_person]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    widen the clause as the document does, give the measure its own `covers`, or correct `reaches` and `when`
应当怎样：
    请按文件扩大责任范围，或者为该措施单独写 `covers`，或者更正 `reaches`、`when`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.condition import ALWAYS
from creditrules.model.text import Text
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of
from creditrules.policy.checks.targets import clauses_of, reaches_nobody


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure of which every item of every clause is dead."""
    for memorandum, measure in scope.measures:
        # A condition that is dead by itself is told under its own code; a memorandum may state no clause.
        if not clauses_of(memorandum, measure) or scope.logic.never(measure.when):
            continue
        if reaches_nobody(memorandum, measure, scope):
            limits = _LIMITS[bool(measure.target_kinds), measure.when != ALWAYS or bool(measure.unless)]
            words = {**of_measure(memorandum, measure), "limits_en": limits.en, "limits_zh": limits.zh}
            yield Finding("CR308", place_of(memorandum, measure), words, "error")


# By whether the measure limits the kinds of target, and whether it states a condition.
_LIMITS = {
    (True, False): Text("其限定的对象类型", "the kinds of target it is limited to"),
    (True, True): Text("其限定的对象类型和条件", "the kinds of target it is limited to and its conditions"),
    (False, True): Text("其条件", "its conditions"),
    (False, False): Text("当事人的类型", "the kinds of party"),
}

CHECK = Check("CR308", "reaches-nobody", "error", find)
