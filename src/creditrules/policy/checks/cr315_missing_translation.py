"""a text in one language only · 只有一种语言的文字.

What it finds:
    `{field}` of `{owner}` has no {lang_en} text

查出什么：
    `{owner}` 的 `{field}` 没有{lang_zh}文字
Why it matters:
    half of the readers are shown a text they may not understand
为何要紧：
    一半读者看到的可能是不懂的文字
Example:
    wrong:
        measures:
          - n: 1
            does: 不予批准
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    write both, as in `{zh: 不予批准, en: refuse}`
应当怎样：
    请两种都写，例如 `{zh: 不予批准, en: refuse}`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import fields, has

from creditrules.errors import Finding, Span
from creditrules.model.basis import StatuteIndex
from creditrules.model.text import Text
from creditrules.policy.checks.check import NOWHERE, Check, Scope, of_measure

_LANGS = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each text of the documents that has one language and lacks the other."""
    catalogue = scope.catalogue
    for memorandum in scope.memoranda:
        words = {"owner": memorandum.key, "about": memorandum.key}
        yield from _in(memorandum, words, memorandum.span or NOWHERE, without=("measures",))
        for measure in memorandum.measures:
            named = of_measure(memorandum, measure)
            yield from _in(measure, {**named, "owner": named["measure"]}, measure.span or NOWHERE)
    sections: tuple[Iterable[Any], ...] = (
        *(catalogue.lists.values(), catalogue.units.by_key.values(), catalogue.effects.values()),
        *(catalogue.matters.values(), catalogue.roles.values(), catalogue.kinds.values()),
        *(catalogue.capacities.values(), catalogue.parties.values(), catalogue.facts.values()),
        *(catalogue.measure_kinds.values(), catalogue.regimes, catalogue.liabilities),
        *(catalogue.procedure.duties, catalogue.procedure.ways_out),
        *(catalogue.procedure.parameters.values(), catalogue.suppressions),
    )
    for section in sections:
        for entry in section:
            key = getattr(entry, "key", getattr(entry, "name", getattr(entry, "code", "")))
            yield from _in(entry, {"owner": str(key), "about": str(key)}, entry.span or NOWHERE)


def _in(
    entry: Any, words: dict[str, str], place: Span, name: str = "", without: tuple[str, ...] = ()
) -> Iterator[Finding]:
    """Walk through an entry; a text stands where the nearest part that knows its place stands."""
    match entry:
        case Text(zh, en):
            if bool(zh) is not bool(en):
                lang = _LANGS["en" if zh else "zh"]
                said = {"field": name, "lang_en": lang.en, "lang_zh": lang.zh}
                yield Finding("CR315", place, {**words, **said}, "warning")
        case tuple() | list():
            for part in entry:
                yield from _in(part, words, place, name)
        case Mapping():
            for key, part in entry.items():
                yield from _in(part, words, place, f"{name}.{key}")
        case _ if has(type(entry)) and not isinstance(entry, Span | StatuteIndex):
            inner = getattr(entry, "span", None) or place
            for field in fields(type(entry)):
                if field.name not in without:
                    yield from _in(getattr(entry, field.name), words, inner, field.name)


CHECK = Check("CR315", "missing-translation", "warning", find)
