"""periods of a list that leave a gap or overlap · 名单期限有空档或者重叠.

What it finds:
    the periods of list `{about}` {problem_en}

查出什么：
    名单 `{about}` 的各时期期限{problem_zh}
Why it matters:
    for a listing determined on such a day the length is unknown, or the first of two rows is taken
为何要紧：
    在这些日子认定的列入，期限不明，或者取两行中的前一行
Example:
    wrong:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods:
              - {until: 2017-12-31, period: {years: 1}, from: published}
              - {since: 2018-02-01, period: {years: 2}, from: published}
    right:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods:
              - {until: 2017-12-31, period: {years: 1}, from: published}
              - {since: 2018-01-01, period: {years: 2}, from: published}
Instead:
    let each row begin on the day after the one before it ends
应当怎样：
    请使后一行自前一行截止的次日起算
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from creditrules.errors import Finding
from creditrules.model.lists import ListPeriod
from creditrules.model.text import Text
from creditrules.policy.checks.check import NOWHERE, Check, Scope

_GAP = Text("在 {since} 至 {until} 之间没有规定", "say nothing of {since} to {until}")
_OVERLAP = Text("在 {since} 至 {until} 有两行", "have two rows for {since} to {until}")


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each two rows that follow each other with days between them, or in common."""
    for listed in scope.catalogue.lists.values():
        rows = sorted(listed.periods, key=lambda row: row.since or date.min)
        for problem in (_between(one, other) for one, other in pairwise(rows)):
            if problem is not None:
                words = {"about": listed.key, "problem_en": problem.en, "problem_zh": problem.zh}
                yield Finding("CR331", listed.span or NOWHERE, words, "warning")


def _between(one: ListPeriod, other: ListPeriod) -> Text | None:
    ends, begins = one.until or date.max, other.since or date.min
    if ends >= begins:
        last = min(ends, other.until or date.max)
        return _OVERLAP.filled(since=str(begins), until="…" if last == date.max else str(last))
    if ends + timedelta(days=1) < begins:
        gap = (ends + timedelta(days=1), begins - timedelta(days=1))
        return _GAP.filled(since=str(gap[0]), until=str(gap[1]))
    return None


CHECK = Check("CR331", "period-gap", "warning", find)
