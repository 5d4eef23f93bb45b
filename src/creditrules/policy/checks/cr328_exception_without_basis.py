"""an exception without a basis · 没有依据的例外.

What it finds:
    the exception `{label}` of `{measure}`{heading_en} cites no provision

查出什么：
    `{measure}`{heading_zh}的例外 `{label}` 没有引用条款
Why it matters:
    an exception takes somebody out of a measure as surely as a measure takes him in, and both need a ground
为何要紧：
    例外使人免于措施，与措施使人受限一样，都需要根据
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
            unless:
              - {label: few, when: {tax.cases: 1}}
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
            unless:
              - {label: few, when: {tax.cases: 1}, basis: [{law: 税收征收管理法, article: 44}]}
Instead:
    cite it under `basis` of the exception; the number of the measure is enough where the document grants it
应当怎样：
    请在例外的 `basis` 中引用；由文件本身规定的，引用文件及其序号即可
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each exception to a measure without a basis of its own."""
    for memorandum, measure in scope.measures:
        for exempt in measure.unless:
            if not exempt.bases:
                words = {**of_measure(memorandum, measure), "label": exempt.label}
                yield Finding("CR328", exempt.span or place_of(memorandum, measure), words, "warning")


CHECK = Check("CR328", "exception-without-basis", "warning", find)
