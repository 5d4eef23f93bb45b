"""Decide: a condition with its outcome, said as a reason tree."""

from __future__ import annotations

from creditrules.decide import phrases
from creditrules.evaluate.fields import Candidate
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import All, Condition, Lookup, Not, Some, Test, truth_of
from creditrules.model.decision import Reason
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.words import Direction, HeldAt, Responsibility, Truth

ALL_OF = Text("以下各项均须成立", "all of these must hold")
ANY_OF = Text("以下任一项成立即可", "one of these must hold")
NOT_THIS = Text("以下情形不得成立", "this must not hold")

_RELATION = {
    Direction.SELF: Text("惩戒对象是被列入者本人", "the target is the listed subject itself"),
    Direction.ROLE: Text("惩戒对象在被列入单位任职", "the target holds a role in the listed organisation"),
    Direction.ORGANISATION: Text(
        "被列入者在惩戒对象单位任职", "the listed person holds a role in the target organisation"
    ),
}
_FOUND = {
    Responsibility.DIRECT: Text("经认定负有直接责任", "found directly responsible"),
    Responsibility.LEADERSHIP: Text(
        "经认定负有个人责任或直接领导责任", "found to bear personal or direct leadership responsibility"
    ),
    Responsibility.RESPONSIBLE: Text("经认定负有责任", "found responsible"),
}


def condition_reason(
    condition: Condition,
    candidate: Candidate,
    lookup: Lookup,
    rulebook: Rulebook,
    *,
    only: Truth | None = None,
) -> Reason:
    """Return a condition as a tree.

    With *only*, the parts of that truth are shown and the others left out: what makes a condition hold are
    its true parts, what makes it fail its false ones.
    """
    truth = truth_of(condition, lookup, rulebook.on)
    match condition:
        case All(parts) | Some(parts):
            kept = [p for p in parts if only is None or truth_of(p, lookup, rulebook.on) is only]
            below = tuple(condition_reason(p, candidate, lookup, rulebook, only=only) for p in kept)
            if len(below) == 1:
                return below[0]
            return Reason("condition", ALL_OF if isinstance(condition, All) else ANY_OF, truth, below)
        case Not(part):
            inner = None if only is None else Truth(2 - only)
            return Reason(
                "condition",
                NOT_THIS,
                truth,
                (condition_reason(part, candidate, lookup, rulebook, only=inner),),
            )
        case Test():
            return Reason("fact", said(condition, candidate, lookup, rulebook.catalogue), truth)


def said(test: Test, candidate: Candidate, lookup: Lookup, catalogue: Catalogue) -> Text:
    """Say one test with what the dossier holds for it."""
    head, _, tail = test.path.partition(".")
    if test.path == "relation":
        return _RELATION[Direction(str(test.value))]
    if head == "held":
        return Text(f"{phrases.HELD[HeldAt(tail)].zh}在任", f"held the role {phrases.HELD[HeldAt(tail)].en}")
    if head == "found":
        return _FOUND[Responsibility(tail)]
    if test.path in ("listing.active", "listing.on_record"):
        status = phrases.STATUS[candidate.seen.standing.status]
        wanted = Text("列入有效", "the listing is active")
        if test.path == "listing.on_record":
            wanted = Text("列入信息已归集", "the listing has been aggregated")
        return Text(f"{wanted.zh}（现为：{status.zh}）", f"{wanted.en} (it is: {status.en})")
    has = phrases.value_text(test.path, lookup(test.path), catalogue)
    asked = phrases.compared(test, catalogue)
    name = phrases.fact_name(test.path, catalogue)
    return Text(f"{name.zh} 须{asked.zh}；现为：{has.zh}", f"{name.en} must be: {asked.en}; it is: {has.en}")
