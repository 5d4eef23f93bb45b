"""a measure without a basis · 措施没有依据.

What it finds:
    `{measure}`{heading_en} cites no provision, and no statute carries its kind

    Only sanctions are looked at.
    It is a warning where the law already asked for a basis when the memorandum was signed, else a note.
查出什么：
    `{measure}`{heading_zh}没有引用任何条款，其种类也没有法规支撑

    只看惩戒措施。备忘录签署时法律已经要求依据的，为警告；否则为提示。
Why it matters:
    it rests on the document alone, and since 2020 the document alone takes nobody's rights away
为何要紧：
    该措施只有文件本身作依据，而2020年以后单凭文件不能减损任何人的权益
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44, cited: 第四十四条}]
Instead:
    cite under `basis` the provision that carries the measure, with its article, or give the `kind` it is of
应当怎样：
    请在 `basis` 中引用支撑该措施的条款并写明条数，或者写明其 `kind`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.words import Checked, Stance, Strength
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of, signed_under


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each sanction that neither cites a provision nor is of a kind that one carries."""
    asked = [r.since for r in scope.catalogue.regimes for s in r.rules if s.rule == "basis_for_reduction"]
    carried = {
        key
        for key, kind in scope.catalogue.measure_kinds.items()
        if any(basis.strength is not Strength.LIMIT for basis in kind.bases)
    }
    for memorandum, measure in scope.measures:
        seen = measure.stance is Stance.SANCTION and measure.checked is not Checked.UNSEEN
        if seen and not measure.bases and not carried.intersection(measure.kinds):
            severity = milder(any(signed_under(memorandum, since) for since in asked))
            words = of_measure(memorandum, measure)
            yield Finding("CR301", place_of(memorandum, measure), words, severity)


CHECK = Check("CR301", "no-basis", "warning", find)
