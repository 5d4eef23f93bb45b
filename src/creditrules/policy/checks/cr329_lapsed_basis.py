"""a basis that is no longer in force · 已经失效的依据.

What it finds:
    `{measure}`{heading_en} cites {basis}, which ended on {until}

    Asked are memoranda in force on the day.
    Where no other basis of the measure is left it is a warning, else a note.
    Whether a provision that a document of 2016 cites was renumbered since is shown by `check --citations`.
查出什么：
    `{measure}`{heading_zh}引用的{basis}已于 {until} 失效

    只看当日有效的备忘录；该措施再无其他依据的，为警告，否则为提示。条文是否改编号，见 `check --citations`。
Why it matters:
    on that day the provision carries nothing, and the measure may be left with the document alone
为何要紧：
    当日该条款不再起支撑作用，措施可能只剩文件本身作依据
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44, until: 2017-12-31}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    add what has taken its place, with `since`, and leave the old one for the days before
应当怎样：
    请补充取而代之的条款并写明 `since`，旧条款保留，供此前的日期使用
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each provision a measure in force cites that has ended by the day."""
    carried = scope.catalogue.measure_kinds
    for memorandum, measure in scope.measures:
        if memorandum.key not in scope.in_force:
            continue
        others = [b for key in measure.kinds for b in carried[key].bases]
        left = [b for b in (*measure.bases, *others) if b.until is None or b.until >= scope.on]
        for basis in measure.bases:
            if basis.until is not None and basis.until < scope.on:
                words = {**of_measure(memorandum, measure), "basis": str(basis), "until": str(basis.until)}
                place = basis.span or place_of(memorandum, measure)
                yield Finding("CR329", place, words, milder(not left))


CHECK = Check("CR329", "lapsed-basis", "warning", find, by_day=True)
