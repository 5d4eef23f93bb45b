"""a person reached without a role · 未凭职务即及于个人.

What it finds:
    a clause of `{owner}` reaches whoever holds any office there, and asks for no finding

查出什么：
    `{owner}` 的责任范围及于任何任职的人，又不要求责任认定
Why it matters:
    everybody who ever worked in a leading office would answer for what others did
为何要紧：
    凡任过职的人都要为他人的行为负责
Example:
    wrong:
        covers: {enterprise: [self, {any_role: true, held: conduct}]}
    right:
        covers: {enterprise: [self, {any_role: true, held: conduct, finding: directly_responsible}]}
Instead:
    name the roles, or the responsibility finding that singles the person out, as the document does
应当怎样：
    请按文件写明职务，或者写明用以确定该人的责任认定
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.errors import Finding, Span
from creditrules.model.memorandum import Clause
from creditrules.model.words import Direction
from creditrules.policy.checks.check import NOWHERE, Check, Scope, of_measure, place_of


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each item that names neither a role nor a finding."""
    for memorandum in scope.memoranda:
        yield from _in(memorandum.covers, {"owner": memorandum.key}, place_of(memorandum))
    for memorandum, measure in scope.measures:
        words = of_measure(memorandum, measure)
        words["owner"] = words["measure"]
        yield from _in(measure.covers or (), words, place_of(memorandum, measure))
    for regime in scope.catalogue.regimes:
        for record in regime.records:
            words = {"owner": f"{regime.key}#{record.key}", "about": regime.key}
            yield from _in(record.clauses, words, regime.span or NOWHERE)


def _in(clauses: Iterable[Clause], words: dict[str, str], place: Span) -> Iterator[Finding]:
    for clause in clauses:
        for reach in clause.reaches:
            is_open = reach.any_role and not reach.roles and reach.finding is None
            if is_open and reach.direction is not Direction.SELF:
                yield Finding("CR303", reach.span or clause.span or place, words, "error")


CHECK = Check("CR303", "person-without-role", "error", find)
