"""a source that is not listed · 未列出的来源.

What it finds:
    `{measure}`{heading_en} was checked against {names_en}

    A measure that says `checked: {state: verified, source: …}` names sources of its document by their `id`.
查出什么：
    `{measure}`{heading_zh}的核对来源：{names_zh}

    写有 `checked: {state: verified, source: …}` 的措施，以 `id` 指明文件 `sources` 中的来源。
Why it matters:
    nobody can look up what was seen, and "verified" says nothing
为何要紧：
    无从查证所见为何，“已核对”也就没有意义
Example:
    wrong:
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}],
             checked: {state: verified, source: s2}}
        sources: [{id: s1, title: 虚构来源}]
    right:
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}],
             checked: {state: verified, source: s1}}
        sources: [{id: s1, title: 虚构来源}]
Instead:
    add the source under `sources`, or correct its id
应当怎样：
    请在 `sources` 中补充该来源，或者更正编号
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.words import Checked
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of

_BETWEEN = re.compile(r"[,，、;；\s]+")
_NAMED = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each verified measure with a source its document does not list, or with none."""
    for memorandum, measure in scope.measures:
        if measure.checked is not Checked.VERIFIED or not memorandum.sources:
            continue
        words = of_measure(memorandum, measure)
        listed = {source.key for source in memorandum.sources}
        named = [name for name in _BETWEEN.split(measure.source) if _NAMED.fullmatch(name)]
        strange = [name for name in named if name not in listed]
        if not measure.source:
            words |= {"names_en": "nothing that it names", "names_zh": "没有写明"}
        elif strange:
            names = ", ".join(strange)
            words |= {"names_en": f"{names}, which `sources` does not list"}
            words |= {"names_zh": f"{names}，`sources` 中没有列出"}
        else:
            continue
        yield Finding("CR330", place_of(memorandum, measure), words, "warning")


CHECK = Check("CR330", "source-not-listed", "warning", find)
