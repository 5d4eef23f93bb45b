"""nothing is there to be let stand · 免报而无可免报.

What it finds:
    `{code}` is to be left out here{about_en}, and it is not found here

    It is asked only of checks that ran, of a catalogue that is not stacked on another, and, where the answer
    depends on the day, under the latest law.
查出什么：
    此处{about_zh}要求不报 `{code}`，但此处并无该问题

    只看已经运行的检查和未叠加的目录；结果取决于日期的检查，只按最近的法律判断。
Why it matters:
    whatever it was has been mended, and the next mistake of this kind would be hidden by it
为何要紧：
    原来的问题已经消除，留着它会掩盖下一个同类错误
Example:
    wrong:
        suppress:
          - {code: CR301, reason: {zh: 文件原文即未引用, en: the document itself cites nothing}}
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
    delete it, or correct `measure` or `about` if they name the wrong entry
应当怎样：
    请删去；`measure` 或者 `about` 写错的，请更正
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from creditrules.errors import Finding
from creditrules.model.suppression import Suppression
from creditrules.policy.checks.check import NOWHERE, Check, Scope


def find(scope: Scope) -> Iterator[Finding]:
    """Yield nothing: what is let stand is known only when every other check has run (`idle`)."""
    return iter(())


def idle(
    suppressions: Iterable[Suppression], used: Set[tuple[Suppression, str]], answered: Set[str]
) -> Iterator[Finding]:
    """Yield a finding for each suppression, or each entry one names, that covered no finding.

    Args:
        suppressions: those that state a reason.
        used: those that covered a finding, each with the entry (or the empty text) it was about.
        answered: the codes of which it is known what there is to be let stand.
    """
    for suppression in suppressions:
        for name in (*suppression.measures, *suppression.about) or ("",):
            if suppression.code in answered and (suppression, name) not in used:
                words = {
                    "code": suppression.code,
                    "about_en": f" for `{name}`" if name else "",
                    "about_zh": f"对 `{name}` " if name else "",
                }
                yield Finding("CR342", suppression.span or NOWHERE, words, "warning")


CHECK = Check("CR342", "suppression-of-nothing", "warning", find)
