"""one number for two measures · 两项措施用同一序号.

What it finds:
    `{measure}`{heading_en} has the number {number}, and so has `{other}`

查出什么：
    `{measure}`{heading_zh}的序号为 {number}，与 `{other}` 相同
Why it matters:
    a decision cites the measure by its number, and the reader finds two
为何要紧：
    决定以序号引用措施，读者却会找到两项
Example:
    wrong:
        measures:
          - {n: 1, key: exit, does: {zh: 不予出境, en: stop at the border}, effect: exit_control,
             matters: [exit], units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
          - {n: 1, key: entry, does: {zh: 加强监管, en: supervise}, effect: heighten_supervision,
             matters: [exit], units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
    right:
        measures:
          - {n: 1, key: exit, does: {zh: 不予出境, en: stop at the border}, effect: exit_control,
             matters: [exit], units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
          - {n: 2, key: entry, does: {zh: 加强监管, en: supervise}, effect: heighten_supervision,
             matters: [exit], units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
Instead:
    give the number of the document; where its numbering begins anew, name the `part`
应当怎样：
    请写文件中的序号；文件分部分重新编号的，请写明 `part`
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure whose number another one of its document bore before it."""
    for memorandum in scope.memoranda:
        first: dict[str, str] = {}
        for measure in memorandum.measures:
            number = measure.number if measure.n is not None else ""
            if number and number in first:
                words = {**of_measure(memorandum, measure), "number": number, "other": first[number]}
                yield Finding("CR317", place_of(memorandum, measure), words, "warning")
            first.setdefault(number, f"{memorandum.key}#{measure.key}")


CHECK = Check("CR317", "duplicate-number", "warning", find)
