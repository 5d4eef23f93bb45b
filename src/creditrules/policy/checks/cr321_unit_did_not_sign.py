"""a unit that did not sign · 未签署的单位.

What it finds:
    `{name}` carries out `{measure}`{heading_en} and is not among those who signed

    Phrases such as 各相关单位 are left out, and so are documents whose signatories were not seen.
    Where the document was not read in full it is a note: its list may be cut off.
查出什么：
    `{name}` 实施 `{measure}`{heading_zh}，但不在签署单位之列

    “各相关单位”一类的泛称不在此列，未见签署单位的文件也不在此列。文件未完整读到的，为提示。
Why it matters:
    a memorandum binds those who signed it; the unit may be misread, or the list of signatories cut off
为何要紧：
    备忘录只约束签署单位；可能是单位误读，也可能是签署单位不全
Example:
    wrong:
        signatories: [国务院]
        completeness: full
    right:
        signatories: [国务院, 公安部]
        completeness: full
Instead:
    compare both with the document; a unit that acts without having signed deserves a `note`
应当怎样：
    请对照文件核对二者；未签署而实施的，请写 `note` 说明
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each unit of a measure that did not sign the memorandum, nor lead it."""
    units = scope.catalogue.units.by_key
    for memorandum, measure in scope.measures:
        signed = {*memorandum.signatories, *memorandum.lead_units}
        for part in measure.units if memorandum.signatories else ():
            if part.unit not in signed and not units[part.unit].is_generic:
                words = {**of_measure(memorandum, measure), "name": part.name}
                severity = milder(memorandum.completeness == "full")
                yield Finding("CR321", part.span or place_of(memorandum, measure), words, severity)


CHECK = Check("CR321", "unit-did-not-sign", "warning", find)
