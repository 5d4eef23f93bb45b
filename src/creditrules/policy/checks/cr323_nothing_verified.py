"""a memorandum in force without a verified measure · 有效而无一项已核对措施的备忘录.

What it finds:
    `{about}` is in force on {on}, and {problem_en}

    A document of which only the existence is known (`inventory_only`) is a note.
查出什么：
    `{about}` 在 {on} 有效，但{problem_zh}

    只知其存在的文件（`inventory_only`）为提示。
Why it matters:
    the catalogue says that the document binds and lets nothing of it act
为何要紧：
    目录称该文件有约束力，却没有一项措施能够实施
Example:
    wrong:
        in_force: {since: 2018-01-01}
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}], checked: recalled}
    right:
        in_force: {since: 2018-01-01}
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}],
             checked: {state: verified, source: s1}}
        sources: [{id: s1, title: 虚构来源}]
Instead:
    read one measure at least in a source, or say since when the document has no force
应当怎样：
    请至少在来源中核对一项措施，或者写明文件自何日起失效
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.text import Text
from creditrules.model.words import Checked
from creditrules.policy.checks.check import Check, Scope, milder, place_of

_EMPTY = Text("没有任何措施", "it has no measures here")
_RECALLED = Text("其 {n} 项措施无一经过核对", "none of its {n} measures is verified")


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each memorandum in force of which no measure may act."""
    for memorandum in scope.memoranda:
        verified = any(measure.checked is Checked.VERIFIED for measure in memorandum.measures)
        if memorandum.key in scope.in_force and not verified:
            problem = _RECALLED.filled(n=len(memorandum.measures)) if memorandum.measures else _EMPTY
            words = {"about": memorandum.key, "on": str(scope.on)}
            words |= {"problem_en": problem.en, "problem_zh": problem.zh}
            severity = milder(memorandum.completeness != "inventory_only")
            yield Finding("CR323", place_of(memorandum), words, severity)


CHECK = Check("CR323", "nothing-verified", "warning", find, by_day=True)
