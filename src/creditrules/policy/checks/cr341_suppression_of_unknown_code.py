"""an unknown code is let stand · 免报的代码不存在.

What it finds:
    there is no finding `{code}`

查出什么：
    没有代码为 `{code}` 的检查
Why it matters:
    what was meant goes on being reported, or will be let stand once a code of that name exists
为何要紧：
    本想免报的仍会报告；将来若有此代码，又会误被免报
Example:
    wrong:
        suppress:
          - {code: CR3O1, reason: {zh: 文件原文即未引用, en: the document itself cites nothing}}
    right:
        suppress:
          - {code: CR301, reason: {zh: 文件原文即未引用, en: the document itself cites nothing}}
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
Instead:
    {near_en}all codes: `creditrules explain`
应当怎样：
    {near_zh}全部代码见 `creditrules explain`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding, finding_texts
from creditrules.load.findings import near
from creditrules.policy.checks.check import NOWHERE, Check, Scope


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each suppression of a code that no page describes."""
    if not scope.catalogue.suppressions:
        return
    known = finding_texts()
    for suppression in scope.catalogue.suppressions:
        if suppression.code not in known:
            words = {"code": suppression.code, **near(suppression.code, known)}
            yield Finding("CR341", suppression.span or NOWHERE, words, "error")


CHECK = Check("CR341", "suppression-of-unknown-code", "error", find)
