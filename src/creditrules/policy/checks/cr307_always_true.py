"""a condition that always holds · 总是成立的条件.

What it finds:
    {part_en} of `{owner}` holds whatever the facts are: {said_en}

查出什么：
    `{owner}` 的{part_zh}无论事实如何都成立：{said_zh}
Why it matters:
    it reads like a limit and limits nothing; an exception that always holds silences its measure
为何要紧：
    看似限制，实则毫无限制；总是成立的例外会使措施完全落空
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {any: [{tax.cases: {at_least: 3}}, {tax.cases: {less_than: 5}}]}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    leave the condition out, or write the one that was meant
应当怎样：
    请删去该条件，或者写出本来要表达的条件
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.errors import Finding
from creditrules.model.condition import All, Condition
from creditrules.policy.checks.check import Check, Scope
from creditrules.policy.checks.said import said_of
from creditrules.policy.checks.walks import Written, conditions_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each condition that nothing can fail, and for each such part of an `all`."""
    for written in conditions_of(scope.catalogue):
        if scope.logic.always(written.condition):
            yield _finding(written, scope, is_whole=True)
            continue
        for part in _parts(written.condition):
            if scope.logic.always(part):
                yield _finding(evolve(written, condition=part), scope, is_whole=False)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.parts if isinstance(condition, All) else ()


def _finding(written: Written, scope: Scope, *, is_whole: bool) -> Finding:
    part = ("the condition", "条件") if is_whole else ("a part of the condition", "条件中的一部分")
    said = said_of(written.condition, scope.catalogue)
    words = {"part_en": part[0], "part_zh": part[1], "said_en": said.en, "said_zh": said.zh}
    return Finding("CR307", written.place, {**written.words, **words}, "warning")


CHECK = Check("CR307", "always-true", "warning", find)
