"""a measure that nobody carries out · 没有实施单位的措施.

What it finds:
    `{measure}`{heading_en} names no unit, and its kind has no competent body

    What is known from memory only, or from its heading alone, is a note.
查出什么：
    `{measure}`{heading_zh}没有写明实施单位，其种类也没有主管单位

    仅凭记忆或者文件仅有小标题的，为提示。
Why it matters:
    every decision about it stays open, for nobody can be told to act
为何要紧：
    没有单位可以通知，关于它的决定都只能悬置
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
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
    write under `units` whom the document names, exactly as it is written, or give the `kind` it is of
应当怎样：
    请在 `units` 中照文件原文写明单位，或者写明其 `kind`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.words import Checked
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure for which neither the document nor its kind names a unit."""
    kinds = scope.catalogue.measure_kinds
    for memorandum, measure in scope.measures:
        competent = any(kinds[key].units for key in measure.kinds)
        if measure.checked is Checked.UNSEEN or measure.units or competent:
            continue
        read = measure.checked is Checked.VERIFIED and memorandum.completeness != "headings_only"
        words = of_measure(memorandum, measure)
        yield Finding("CR320", place_of(memorandum, measure), words, milder(read))


CHECK = Check("CR320", "no-unit", "warning", find)
