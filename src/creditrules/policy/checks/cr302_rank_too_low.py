"""a basis of too low a rank · 依据的位阶不足.

What it finds:
    on {on} nothing carries `{measure}`{heading_en}, which reduces rights; the best basis: {best_en}

    The law of the day asked for (`--on`; without it the latest regime) decides which rank is needed, exactly
    as when a rulebook is made.
    It is a warning where that law was in force when the memorandum was signed, else a note.
查出什么：
    {on} 没有条款能支撑减损权益的 `{measure}`{heading_zh}；最好的依据：{best_zh}

    需要何种位阶，由所问之日（`--on`，不写时为最近一次制度变化之日）的法律决定，与生成规则集时相同。
    备忘录签署时该法律已经施行的，为警告；否则为提示。
Why it matters:
    on that day the measure is set aside and no unit may take it ({text_en})
为何要紧：
    当日该措施被搁置，任何单位都不能实施（{text_zh}）
Example:
    wrong:
        regimes:
          - key: strict
            title: {zh: 虚构制度, en: Invented regime}
            since: 2017-06-01
            basis: {law: 虚构意见, cited: 虚构〔2017〕1号, rank: central_policy}
            rules:
              - rule: basis_for_reduction
                types: [A]
                ranks: [law]
                text: {zh: 须以法律为依据, en: must rest on a law}
        ---
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 虚构办法, article: 3, cited: 第三条, rank: departmental_rule}]
    right:
        regimes:
          - key: strict
            title: {zh: 虚构制度, en: Invented regime}
            since: 2017-06-01
            basis: {law: 虚构意见, cited: 虚构〔2017〕1号, rank: central_policy}
            rules:
              - rule: basis_for_reduction
                types: [A]
                ranks: [law]
                text: {zh: 须以法律为依据, en: must rest on a law}
        ---
        measures:
          - n: 1
            does: {zh: 不予批准, en: refuse}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            basis: [{law: 中华人民共和国税收征收管理法, article: 44, cited: 第四十四条}]
Instead:
    quote a provision of a rank that is enough, with its article, or drop the measure
应当怎样：
    请引用位阶足够的条款并写明条数，或者删去该措施
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.compile.bases import in_force
from creditrules.deliver.words import word_table
from creditrules.errors import Finding
from creditrules.model.basis import Basis
from creditrules.model.memorandum import Measure
from creditrules.model.text import Text
from creditrules.model.words import Checked, Rank, Strength
from creditrules.policy.checks.check import Check, Scope, milder, of_measure, place_of, signed_under

_ORDER = tuple(Rank)
_UNPLACED = Text("未写明条款", "without its article")
_CONDUCT = Text("只针对行为本身", "answers conduct of its own")
_RECALLED = Text("凭记忆", "recalled")


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each measure with a basis that the law of the day sets aside for want of rank."""
    since = {regime.key: regime.since for regime in scope.day.regimes}
    gone = {
        (aside.memorandum, aside.measure): aside
        for aside in scope.rulebook.set_aside
        if aside.reason == "no_basis_for_reduction" and aside.regime in since
    }
    for memorandum, measure in scope.measures:
        aside = gone.get((memorandum.key, measure.key))
        bases = _bases(measure, scope)
        if aside is None or not bases or aside.regime is None:
            continue
        best = _said(min(bases, key=_place))
        words = {
            **of_measure(memorandum, measure),
            "on": str(scope.on),
            "best_en": best.en,
            "best_zh": best.zh,
            "text_en": aside.text.en,
            "text_zh": aside.text.zh,
        }
        severity = milder(signed_under(memorandum, since[aside.regime]))
        yield Finding("CR302", place_of(memorandum, measure), words, severity)


def _bases(measure: Measure, scope: Scope) -> list[Basis]:
    kinds = (scope.catalogue.measure_kinds[key] for key in measure.kinds)
    found = [*measure.bases, *(basis for kind in kinds for basis in kind.bases)]
    return [b for b in found if in_force(b, scope.day) and b.strength is not Strength.LIMIT]


def _place(basis: Basis) -> tuple[int, bool, bool]:
    weak = basis.strength in (Strength.GENERAL, Strength.POWER)
    return (_ORDER.index(basis.rank), weak, basis.conduct)


def _said(basis: Basis) -> Text:
    """Name a basis with what it is short of: its rank, or what else keeps it from carrying the measure."""
    words = word_table()
    marks = [words[f"rank.{basis.rank.value}"]]
    if basis.strength in (Strength.GENERAL, Strength.POWER):
        marks.append(words[f"strength.{basis.strength.value}"])
    marks += [_CONDUCT] if basis.conduct else []
    marks += [_UNPLACED] if not (basis.article or basis.item or basis.cited) else []
    marks += [_RECALLED] if basis.origin == "kind" and basis.checked is not Checked.VERIFIED else []
    return Text(
        f"{basis}（{'，'.join(mark.zh for mark in marks)}）",
        f"{basis} ({', '.join(mark.en for mark in marks)})",
    )


CHECK = Check("CR302", "rank-too-low", "warning", find, by_day=True)
