"""measures that do not add up · 措施数目不符.

What it finds:
    `{about}` says that its document has {stated} measures, and {problem_en}

    A document read in part may hold fewer; one said to be `full` may not.
查出什么：
    `{about}` 称文件共有 {stated} 项措施，但{problem_zh}

    只读到一部分的，可以少于该数；标为 `full` 的，不得少于该数。
Why it matters:
    one of the two numbers is wrong, and how complete the file is decides how far it may be relied on
为何要紧：
    两个数字必有一错，而文件是否完整决定了能在多大程度上依赖它
Example:
    wrong:
        measures_in_document: 1
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
          - {n: 2, does: {zh: 加强监管, en: supervise}, effect: heighten_supervision, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
    right:
        measures_in_document: 2
        measures:
          - {n: 1, does: {zh: 不予出境, en: stop at the border}, effect: exit_control, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
          - {n: 2, does: {zh: 加强监管, en: supervise}, effect: heighten_supervision, matters: [exit],
             units: [公安部], basis: [{law: 税收征收管理法, article: 44}]}
Instead:
    correct `measures_in_document`, `completeness` or the measures by the document
应当怎样：
    请对照文件更正 `measures_in_document`、`completeness` 或者措施
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.memorandum import Memorandum
from creditrules.model.text import Text
from creditrules.policy.checks.check import Check, Scope, place_of

_MORE = Text("此处有 {n} 项", "{n} are here")
_BEYOND = Text("有一项的序号为 {n}", "one here has the number {n}")
_FEWER = Text("标为完整，此处却只有 {n} 项", "it is said to be full with {n} here")


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each document whose measures are more, or too few, for the number it states."""
    for memorandum in scope.memoranda:
        problem = _problem(memorandum)
        if problem is not None:
            stated = str(memorandum.measures_in_document)
            words = {"about": memorandum.key, "stated": stated}
            words |= {"problem_en": problem.en, "problem_zh": problem.zh}
            yield Finding("CR318", place_of(memorandum), words, "warning")


def _problem(memorandum: Memorandum) -> Text | None:
    stated, here = memorandum.measures_in_document, len(memorandum.measures)
    if stated is None:
        return None
    if here > stated:
        return _MORE.filled(n=here)
    if memorandum.completeness == "full" and here < stated:
        return _FEWER.filled(n=here)
    numbers = [m.n for m in memorandum.measures if m.n is not None and m.part is None]
    return _BEYOND.filled(n=max(numbers)) if numbers and max(numbers) > stated else None


CHECK = Check("CR318", "measure-count", "warning", find)
