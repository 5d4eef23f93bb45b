"""a list without an end · 名单没有期限.

What it finds:
    list `{about}` ({title_en}) says nothing about how long a listing of {on} lasts

    A row `period: null` says that the rules of the list set no length; then it is a note.
    Lists that have ended by that day are left out, and so are decisions, which are no lists.
查出什么：
    名单 `{about}`（{title_zh}）未说明 {on} 作出的列入持续多久

    写有 `period: null` 的，表示该名单的规则没有规定期限，为提示。当日已经终止的名单和处理决定不在此列。
Why it matters:
    a listing ends by an act alone then: who does not ask for removal stays on it for ever
为何要紧：
    列入只能因某种行为而终止，不申请移出的人将永远留在名单上
Example:
    wrong:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
    right:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods: [{period: {years: 1}, from: published}]
Instead:
    add a row to `periods` with what the rules of the list say, or `period: null` with its source where they
    set none
应当怎样：
    请在 `periods` 中写明该名单规则规定的期限；规则未规定的，写 `period: null` 并注明来源
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.time import covers
from creditrules.policy.checks.check import NOWHERE, Check, Scope, milder


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each list in use on the day of which no row of periods gives a length."""
    for listed in scope.catalogue.lists.values():
        if not listed.level.is_joint or not covers(listed.since, listed.until, scope.on):
            continue
        if listed.succeeded_on is not None and listed.succeeded_on <= scope.on:
            continue
        row = listed.period_of(scope.on)
        if row is None or row.period is None:
            words = {
                "about": listed.key,
                "title_en": listed.title("en"),
                "title_zh": listed.title("zh"),
                "on": str(scope.on),
            }
            yield Finding("CR305", listed.span or NOWHERE, words, milder(row is None))


CHECK = Check("CR305", "list-without-end", "warning", find, by_day=True)
