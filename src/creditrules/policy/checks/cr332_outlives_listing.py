"""a measure longer than its listing · 期限长于列入的措施.

What it finds:
    `{measure}`{heading_en} is to last {length}, and a listing on `{about}` lasts {listing}

    Both are counted from the same day; the period of the list is that of the day asked for.
查出什么：
    `{measure}`{heading_zh}的期限为 {length}，而 `{about}` 的列入期限为 {listing}

    二者自同一日起算；名单期限取所问之日的规定。
Why it matters:
    no measure outlives its listing, so the longer time never runs
为何要紧：
    措施不得超出列入的期限，较长的期限永远不会届满
Example:
    wrong:
        measures:
          - n: 1
            does: {zh: 三年内不予批准, en: refuse for three years}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            duration: {years: 3, from: listing.published}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
    right:
        measures:
          - n: 1
            does: {zh: 一年内不予批准, en: refuse for a year}
            effect: prohibit
            matters: [exit]
            units: [公安部]
            duration: {years: 1, from: listing.published}
            basis: [{law: 中华人民共和国税收征收管理法, article: 44}]
Instead:
    check both lengths in their documents; the shorter one decides
应当怎样：
    请分别对照文件核对；以较短者为准
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each measure whose own length no listing on its lists can reach."""
    for memorandum, measure in scope.measures:
        longest = _longest(memorandum, measure, scope)
        if longest is not None:
            words = {**of_measure(memorandum, measure), "length": str(measure.duration.period)}
            words |= {"about": longest[0], "listing": longest[1]}
            yield Finding("CR332", place_of(memorandum, measure), words, "note")


def _longest(memorandum: Memorandum, measure: Measure, scope: Scope) -> tuple[str, str] | None:
    """Return the list whose listings last longest, when even those are shorter than the measure."""
    duration = measure.duration
    if duration.period is None:
        return None
    own = duration.period.after(scope.on)
    found = []
    for key in sorted(measure.lists or memorandum.lists):
        row = scope.catalogue.lists[key].period_of(scope.on)
        if row is None or row.period is None or f"listing.{row.counts_from}" != duration.counts_from:
            return None
        found.append((row.period.after(scope.on), key, str(row.period)))
    if not found or max(found)[0] >= own:
        return None
    return max(found)[1:]


CHECK = Check("CR332", "outlives-listing", "note", find, by_day=True)
