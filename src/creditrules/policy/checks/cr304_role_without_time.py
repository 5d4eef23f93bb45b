"""a role without its time · 职务未定时点.

What it finds:
    `{owner}` reaches {roles_en} without saying when the office must have been held

查出什么：
    `{owner}` 及于{roles_zh}，但未说明应在何时任职
Why it matters:
    who held the office at the conduct, at the determination or only today stays open, and nobody is reached
    until the authority confirms it
为何要紧：
    行为时、认定时还是当日任职，无从确定；认定部门确认以前，任何人都不会被及于
Example:
    wrong:
        covers: {enterprise: [self, legal_representative]}
    right:
        covers: {enterprise: [self, {role: legal_representative, held: conduct}]}
Instead:
    write `held: conduct`, `determination` or `day` where the document says so; leave it open where it does
    not
应当怎样：
    文件写明的，请写 `held: conduct`、`determination` 或者 `day`；文件未写明的，保持原样
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.errors import Finding, Span
from creditrules.model.memorandum import Clause
from creditrules.model.words import Direction, HeldAt
from creditrules.policy.checks.check import Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a note for each item of a clause that names roles and no time."""
    for memorandum in scope.memoranda:
        yield from _in(memorandum.covers, {"owner": memorandum.key}, place_of(memorandum), scope)
    for memorandum, measure in scope.measures:
        words = of_measure(memorandum, measure)
        words["owner"] = words["measure"]
        yield from _in(measure.covers or (), words, place_of(memorandum, measure), scope)


def _in(clauses: Iterable[Clause], words: dict[str, str], place: Span, scope: Scope) -> Iterator[Finding]:
    for clause in clauses:
        for reach in clause.reaches:
            if reach.direction is not Direction.SELF and reach.held is HeldAt.UNSTATED:
                names = [scope.catalogue.roles[role].name for role in sorted(reach.roles)]
                roles = {
                    "roles_en": ", ".join(name("en") for name in names) or "whoever held any office",
                    "roles_zh": "、".join(name("zh") for name in names) or "任何任职的人",
                }
                yield Finding("CR304", reach.span or clause.span or place, {**words, **roles}, "note")


CHECK = Check("CR304", "role-without-time", "note", find)
