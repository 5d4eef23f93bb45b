"""a measure without an example · 没有用例的措施.

What it finds:
    no example expects anything of `{measure}`{heading_en}

    Looked at are the files given with `--examples`, or those in `examples/` beside the catalogue.
    An example speaks of a measure when it expects an action of it, that it is open, or that it is set aside.
    `creditrules coverage` tells more: conditions, clauses and near misses.
查出什么：
    没有用例对 `{measure}`{heading_zh}有所期待

    检查 `--examples` 给出的文件，或者目录旁 `examples/` 中的文件。
    期待该项措施实施、未决或者被搁置的，即为用例。
    `creditrules coverage` 给出更多：条件、责任范围和反例。
Why it matters:
    a mistake in it, or a change to it, is noticed by nobody
为何要紧：
    其中的错误或者改动不会有人察觉
Example:
    wrong:
        examples: other
        cases:
          - name: 名单外的企业不受影响
            on: 2018-03-01
            given:
              subjects:
                - {id: firm, kind: enterprise, name: 虚构公司}
            expect:
              untouched: [{against: firm}]
    right:
        examples: other
        cases:
          - name: 名单内的企业不予批准
            on: 2018-03-01
            given:
              subjects:
                - {id: firm, kind: enterprise, name: 虚构公司}
            expect:
              actions: [{measure: '1', against: firm}]
Instead:
    write one case in which the measure acts and one in which it just does not
应当怎样：
    请写一个措施实施的用例和一个恰好不实施的用例
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.words import Checked
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each measure a source shows of which no example expects anything."""
    for memorandum, measure in scope.measures:
        words = of_measure(memorandum, measure)
        can_act = measure.checked is Checked.VERIFIED and any(e.effect for e in measure.effects)
        if can_act and words["measure"] not in (scope.tested or ()):
            yield Finding("CR316", place_of(memorandum, measure), words, "note")


CHECK = Check("CR316", "untested", "note", find, by_examples=True)
