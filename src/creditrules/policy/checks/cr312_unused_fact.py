"""a fact that nothing asks for · 没有任何条件使用的事实.

What it finds:
    fact `{about}` is declared, and no condition and no period uses it

    The opposite, a condition about a fact that nobody declared, is found when documents are linked (CR207).
查出什么：
    事实 `{about}` 已经声明，但没有条件也没有期限使用

    相反的情形（条件使用了未声明的事实）在链接文件时即被查出（CR207）。
Why it matters:
    offices would be asked for it and the answer would change nothing
为何要紧：
    各单位会被要求提供它，而答案什么也改变不了
Example:
    wrong:
        facts:
          tax.mood: {about: subject, type: boolean, ask: {zh: 是否配合？, en: Did it cooperate?}}
    right:
        facts:
          tax.mood: {about: subject, type: boolean, ask: {zh: 是否配合？, en: Did it cooperate?}}
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.mood: false}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    delete the declaration, or write the condition it was meant for
应当怎样：
    请删去声明，或者写出它所服务的条件
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import tests_in
from creditrules.policy.checks.check import NOWHERE, Check, Scope
from creditrules.policy.checks.walks import conditions_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each declared fact that no condition tests and no length of time counts from."""
    used = used_facts(scope.catalogue)
    for name, fact in scope.catalogue.facts.items():
        if name not in used:
            yield Finding("CR312", fact.span or NOWHERE, {"about": name}, "warning")


def used_facts(catalogue: Catalogue) -> set[str]:
    """Return the paths that conditions and lengths of time name."""
    used = {test.path for written in conditions_of(catalogue) for test in tests_in(written.condition)}
    for memorandum in catalogue.memoranda.values():
        used |= {measure.duration.counts_from for measure in memorandum.measures}
    return used | {way.counts_from for way in catalogue.procedure.ways_out}


CHECK = Check("CR312", "unused-fact", "warning", find)
