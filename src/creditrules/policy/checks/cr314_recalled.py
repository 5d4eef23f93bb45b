"""content known from memory only · 仅凭记忆的内容.

What it finds:
    not checked: {what_en} `{owner}` is {state_en}

    A recalled or unseen measure never acts unless it is asked for; a recalled list, regime, period, duty or
    unit does, and its state is shown.
查出什么：
    未经核对：{what_zh} `{owner}` {state_zh}

    凭记忆或者未见的措施除非特别要求不会实施；凭记忆的名单、制度、期限、程序任务和单位照常适用，但会标明状态。
Why it matters:
    nobody has read it in a source, and it may be wrong
为何要紧：
    没有人在来源中读到过，可能有误
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
            checked: recalled
    right:
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
            checked: {state: verified, source: s1}
        sources: [{id: s1, title: 虚构来源}]
Instead:
    read it in a source, name the source under `checked`, and change the state only then
应当怎样：
    请在来源中核对，并在 `checked` 中写明来源；核对以后才改状态
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding, Span
from creditrules.model.text import Text
from creditrules.model.words import Checked
from creditrules.policy.checks.check import NOWHERE, Check, Scope, of_measure, place_of

_STATES = {
    Checked.RECALLED: Text("仅凭记忆", "known from memory only"),
    Checked.UNSEEN: Text("未见于任何来源", "seen in no source"),
}
Entry = tuple[Text, str, Checked, Span | None, dict[str, str]]


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each entry that no source was seen to show."""
    for what, owner, checked, span, words in (*_of_memoranda(scope), *_of_rules(scope)):
        state = _STATES.get(checked)
        if state is not None:
            said = {"what_en": what.en, "what_zh": what.zh, "state_en": state.en, "state_zh": state.zh}
            yield Finding("CR314", span or NOWHERE, {"owner": owner, **said, **words}, "note")


def _of_memoranda(scope: Scope) -> Iterator[Entry]:
    for memorandum in scope.memoranda:
        place, about = place_of(memorandum), {"about": memorandum.key}
        yield Text("备忘录", "memorandum"), memorandum.key, memorandum.checked, place, about
        for clause in memorandum.covers:
            owner = f"{memorandum.key}: {clause.party}"
            yield Text("责任范围", "the clause"), owner, clause.checked, clause.span or place, about
    for memorandum, measure in scope.measures:
        words = of_measure(memorandum, measure)
        place = place_of(memorandum, measure)
        yield Text("措施", "measure"), words["measure"], measure.checked, place, words
        for basis in measure.bases:
            owner = f"{words['measure']}: {basis}"
            yield Text("依据", "the basis of"), owner, basis.checked, basis.span or place, words


def _of_rules(scope: Scope) -> Iterator[Entry]:
    catalogue = scope.catalogue
    for listed in catalogue.lists.values():
        about = {"about": listed.key}
        yield Text("名单", "list"), listed.key, listed.checked, listed.span, about
        for period in listed.periods:
            yield Text("名单期限", "a period of list"), listed.key, period.checked, listed.span, about
    for regime in catalogue.regimes:
        yield Text("制度", "regime"), regime.key, regime.checked, regime.span, {"about": regime.key}
    for duty in catalogue.procedure.duties:
        yield Text("程序任务", "duty"), duty.key, duty.checked, duty.span, {"about": duty.key}
    for way in catalogue.procedure.ways_out:
        yield Text("修复途径", "way out"), way.key, way.checked, way.span, {"about": way.key}
    for unit in catalogue.units.by_key.values():
        yield Text("单位", "unit"), unit.key, unit.checked, unit.span, {"about": unit.key}


CHECK = Check("CR314", "recalled", "note", find)
