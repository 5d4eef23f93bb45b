"""a measure without a matter · 措施没有事项.

What it finds:
    `{measure}`{heading_en} says what is done ({effect}) and not in which business

查出什么：
    `{measure}`{heading_zh}写明了措施类型（{effect}），没有写明事项
Why it matters:
    a unit that asks about an application finds measures by their matter, and would not find this one
为何要紧：
    单位审批时按事项查找措施，这一项无法查到
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    name it under `matters`; `rules/matters.yaml` has the words
应当怎样：
    请在 `matters` 中写明；可用的词见 `rules/matters.yaml`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure of which an effect is known and no matter."""
    for memorandum, measure in scope.measures:
        for effect in measure.effects:
            if effect.effect is not None and not effect.matters:
                words = {**of_measure(memorandum, measure), "effect": effect.effect}
                yield Finding("CR319", place_of(memorandum, measure), words, "warning")
                break


CHECK = Check("CR319", "no-matter", "warning", find)
