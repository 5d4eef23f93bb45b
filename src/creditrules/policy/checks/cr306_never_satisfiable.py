"""a condition that can never hold · 永远不能满足的条件.

What it finds:
    {part_en} of `{owner}` can never hold: {said_en}

    Looked at are the conditions of measures, exceptions, clauses, lists, provisions on liability and
    procedure.
    A part of an `any` that can never hold is a warning, a whole condition an error.
查出什么：
    `{owner}` 的{part_zh}永远不能满足：{said_zh}

    检查措施、例外、责任范围、名单、责任规定和程序中的条件。
    `any` 中的一支永远不能满足的，为警告；整个条件如此的，为错误。
Why it matters:
    the measure (or the exception) stands in the document and never applies, and nobody is told
为何要紧：
    措施（或者例外）写在文件里，却从不适用，也没有人知道
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 5, less_than: 3}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            when: {tax.cases: {at_least: 3, less_than: 5}}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    look at the bounds and at what excludes what; alternatives are written under `any`
应当怎样：
    请检查界限以及相互排斥之处；择一的条件写在 `any` 之下
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from attrs import evolve

from creditrules.errors import Finding
from creditrules.model.condition import All, Condition, Not, Op, Some, tests_in
from creditrules.policy.checks.check import Check, Scope
from creditrules.policy.checks.said import said_of
from creditrules.policy.checks.truth import Logic
from creditrules.policy.checks.walks import Written, conditions_of

_MOVING = (Op.WITHIN, Op.NOT_OLDER)
_FAR = timedelta(days=20_000)


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each condition that nothing can meet, and for each such branch of one."""
    other_days = [Logic(scope.catalogue, scope.on + sign * _FAR) for sign in (-1, 1)]
    for written in conditions_of(scope.catalogue):
        if never(written.condition, scope, other_days):
            yield _finding(written, scope, is_whole=True)
            continue
        for branch in _branches(written.condition):
            if never(branch, scope, other_days):
                yield _finding(evolve(written, condition=branch), scope, is_whole=False)


def never(condition: Condition, scope: Scope, other_days: list[Logic]) -> bool:
    """Say whether a condition cannot hold on any day; what looks back from the day is asked on three."""
    moves = any(test.op in _MOVING for test in tests_in(condition))
    return all(logic.never(condition) for logic in (scope.logic, *(other_days if moves else ())))


def _branches(condition: Condition) -> Iterator[Condition]:
    match condition:
        case Some(parts):
            for part in parts:
                yield part
                yield from _branches(part)
        case All(parts):
            for part in parts:
                yield from _branches(part)
        case Not(part):
            yield from _branches(part)


def _finding(written: Written, scope: Scope, *, is_whole: bool) -> Finding:
    part = ("the condition", "条件") if is_whole else ("a branch of the condition", "条件中的一支")
    said = said_of(written.condition, scope.catalogue)
    words = {"part_en": part[0], "part_zh": part[1], "said_en": said.en, "said_zh": said.zh}
    return Finding("CR306", written.place, {**written.words, **words}, "error" if is_whole else "warning")


CHECK = Check("CR306", "never-satisfiable", "error", find)
