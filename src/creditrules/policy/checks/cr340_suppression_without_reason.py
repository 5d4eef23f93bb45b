"""a finding let stand without a reason · 免报而未说明理由.

What it finds:
    `{code}` is to be left out here, and no reason is given

    Until a reason is given nothing is left out.
查出什么：
    此处要求不报 `{code}`，但没有写明理由

    写明理由以前照常报告。
Why it matters:
    the next reader cannot tell a decision from an oversight
为何要紧：
    后来的人分不清这是有意为之还是疏忽
Example:
    wrong:
        suppress:
          - {code: CR301}
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
    write the reason in both languages: why the document is as it should be
应当怎样：
    请用两种语言写明理由：文件为何本应如此
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import NOWHERE, Check, Scope


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each suppression that states no reason."""
    for suppression in scope.catalogue.suppressions:
        if not (suppression.reason.zh or suppression.reason.en):
            yield Finding("CR340", suppression.span or NOWHERE, {"code": suppression.code}, "error")


CHECK = Check("CR340", "suppression-without-reason", "error", find)
