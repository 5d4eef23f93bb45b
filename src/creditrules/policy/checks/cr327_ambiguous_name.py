"""one name for two entries · 两个条目用同一名称.

What it finds:
    「{name}」 names both `{about}` and `{other}` among the {what_en}; documents that write it mean `{other}`

    Units may bear one name one after the other; that two bear it at one time is found when they are linked
    (CR220).
查出什么：
    “{name}”既是{what_zh}中的 `{about}`，又是 `{other}`；写此名称的文件指的是 `{other}`

    先后使用同一名称的单位不在此列；同时使用的，在链接时查出（CR220）。
Why it matters:
    which of the two is meant depends on the order of files, and nobody is told
为何要紧：
    究竟指哪一个取决于文件的先后，而没有人知道
Example:
    wrong:
        lists:
          tax-minor:
            title: {zh: 税务黑名单, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods: [{period: {years: 1}, from: published}]
    right:
        lists:
          tax-minor:
            title: {zh: 轻微税收违法名单, en: Minor tax violations}
            level: blacklist
            determined_by: {zh: 税务机关, en: tax authority}
            remedy: {zh: 向税务机关提出异议, en: object to the tax authority}
            ends_by: [{zh: 缴清税款, en: payment}]
            periods: [{period: {years: 1}, from: published}]
Instead:
    give one of them another name, or remove the alias
应当怎样：
    请为其中之一改名，或者删去别名
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.model.text import Text
from creditrules.policy.checks.check import NOWHERE, Check, Scope


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each spelling that a vocabulary or the lists hold twice."""
    for what, table in _vocabularies(scope.catalogue):
        first: dict[str, str] = {}
        for key, entry in table.items():
            title: Text = entry.title if hasattr(entry, "title") else entry.name
            for name in dict.fromkeys((title.zh, *getattr(entry, "aliases", ()))):
                other = first.setdefault(name, key)
                if name and other != key:
                    words = {"name": name, "about": key, "other": other}
                    words |= {"what_en": what.en, "what_zh": what.zh}
                    yield Finding("CR327", entry.span or NOWHERE, words, "warning")


def _vocabularies(catalogue: Catalogue) -> Iterator[tuple[Text, Mapping[str, Any]]]:
    yield Text("名单", "lists"), catalogue.lists
    yield Text("事项", "matters"), catalogue.matters
    yield Text("措施类型", "effects"), catalogue.effects
    yield Text("职务", "roles"), catalogue.roles
    yield Text("主体类型", "kinds of subject"), catalogue.kinds
    yield Text("身份", "capacities"), catalogue.capacities
    yield Text("当事人", "parties"), catalogue.parties
    yield Text("措施种类", "kinds of measure"), catalogue.measure_kinds


CHECK = Check("CR327", "ambiguous-name", "warning", find)
