"""a list that nobody uses · 没有任何文件使用的名单.

What it finds:
    list `{about}` ({title_en}) is named by no memorandum, provision, duty or other list

    Key-attention lists, of whose level the procedure speaks, and decisions, which are no lists, are left out.
查出什么：
    名单 `{about}`（{title_zh}）没有任何备忘录、条款、程序任务或者其他名单提到

    程序按级别规定的重点关注名单，以及不是名单的处理决定，不在此列。
Why it matters:
    a subject on it meets no measure, which is rarely what the list was entered for
为何要紧：
    列入该名单不产生任何措施，这很少是设立名单的本意
Example:
    wrong:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods: [{period: {years: 1}, from: published}]
    right:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods: [{period: {years: 1}, from: published}]
        ---
        lists: [轻微税收违法]
Instead:
    name it in the memorandum it belongs to, or say why it stands alone
应当怎样：
    请在相应的备忘录中写明该名单，或者说明其为何单独存在
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import tests_in
from creditrules.model.words import Level
from creditrules.policy.checks.check import NOWHERE, Check, Scope
from creditrules.policy.checks.walks import conditions_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each list to which nothing else in the catalogue leads."""
    used = set(_used(scope.catalogue))
    for listed in scope.catalogue.lists.values():
        # What the procedure says of key-attention lists it says of their level; a decision is no list.
        if listed.key not in used and listed.level in (Level.BLACKLIST, Level.REDLIST):
            words = {"about": listed.key, "title_en": listed.title("en"), "title_zh": listed.title("zh")}
            yield Finding("CR322", listed.span or NOWHERE, words, "warning")


def _used(catalogue: Catalogue) -> Iterator[str]:
    for memorandum in catalogue.memoranda.values():
        yield from memorandum.lists
        for measure in memorandum.measures:
            yield from measure.lists
            yield from (measure.leads_to,) if measure.leads_to else ()
            yield from (key for basis in measure.bases for key in basis.lists)
    for listed in catalogue.lists.values():
        yield from (trigger.list for trigger in listed.triggers if trigger.list)
        yield from (listed.succeeded_by,) if listed.succeeded_by else ()
    for provision in catalogue.liabilities:
        yield from provision.lists
    for kind in catalogue.measure_kinds.values():
        yield from (key for basis in kind.bases for key in basis.lists)
    for way in catalogue.procedure.ways_out:
        yield from way.lists
    for written in conditions_of(catalogue):
        for test in tests_in(written.condition):
            if test.path == "listing.list":
                values = test.value if isinstance(test.value, tuple) else (test.value,)
                yield from (value for value in values if isinstance(value, str))


CHECK = Check("CR322", "unused-list", "warning", find)
