"""an item of a clause that no measure can use · 责任范围中无措施可用的一项.

What it finds:
    {item_en} of the clause on `{party}` in `{memorandum}` is reached by no measure of the document

    Asked is whether the item can agree with the limits of at least one measure that uses the clause.
    An item is dead, too, when it names a role in a party that is a natural person: a person has no offices.
查出什么：
    `{memorandum}` 责任范围中关于 `{party}` 的{item_zh}，文件中没有任何措施能够及于

    检查该项能否与至少一项使用该责任范围的措施相容。当事人为自然人而写职务的，该项也无从适用。
Why it matters:
    the document seems to reach these persons, and nothing ever happens to them
为何要紧：
    文件看似及于这些人，实际上永远不会
Example:
    wrong:
        covers:
          natural_person: [self, {role: legal_representative, held: conduct}]
    right:
        covers:
          natural_person: [self]
          enterprise: [self, {role: legal_representative, held: conduct}]
Instead:
    move the item to the party it belongs to, or leave it out
应当怎样：
    请将该项移到其所属的当事人之下，或者删去
"""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.errors import Finding
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Clause, Measure, Memorandum, Reach
from creditrules.model.words import Checked, Direction
from creditrules.policy.checks.check import Check, Scope, place_of
from creditrules.policy.checks.targets import item_is_dead, reaches_nobody


def find(scope: Scope) -> Iterator[Finding]:
    """Yield a finding for each item of a memorandum's clauses that is dead for every measure."""
    for memorandum in scope.memoranda:
        seen = [m for m in memorandum.measures if m.covers is None and m.checked is not Checked.UNSEEN]
        # A measure that reaches nobody at all is told under its own code.
        users = [measure for measure in seen if not reaches_nobody(memorandum, measure, scope)]
        for clause in memorandum.covers:
            for reach in clause.reaches:
                if users and _is_dead(clause, reach, users, scope):
                    yield _finding(memorandum, clause, reach, scope.catalogue)


def _is_dead(clause: Clause, reach: Reach, users: list[Measure], scope: Scope) -> bool:
    kinds = scope.catalogue.parties[clause.party].kinds
    persons = bool(kinds) and all(scope.catalogue.is_natural(kind) for kind in kinds)
    if persons and reach.direction is Direction.ROLE:
        return True
    return all(item_is_dead(clause, reach, measure, scope) for measure in users)


def _finding(memorandum: Memorandum, clause: Clause, reach: Reach, catalogue: Catalogue) -> Finding:
    names = [catalogue.roles[role].name for role in sorted(reach.roles)]
    words = {
        "memorandum": memorandum.key,
        "about": memorandum.key,
        "party": clause.party,
        "item_en": f"the item {', '.join(n('en') for n in names)}" if names else "an item",
        "item_zh": f"“{'、'.join(n('zh') for n in names)}”一项" if names else "一项",
    }
    place = reach.span or clause.span or place_of(memorandum)
    return Finding("CR309", place, words, "warning")


CHECK = Check("CR309", "clause-unused", "warning", find)
