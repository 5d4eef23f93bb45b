"""Gate: the five answers, and what one action means for an approval."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import frozen

from creditrules.model.decision import Action, Undetermined
from creditrules.model.words import Approval, Discretion


class Verdict(StrEnum):
    """What the gate says of an approval.

    `CLEAR`: nothing stands against it; `WEIGH`: something is to be weighed; `CONDITIONAL`: it may be granted
    with a restriction; `ASK`: facts are missing on which it depends; `BARRED`: it may not be granted.
    """

    CLEAR = "clear"
    WEIGH = "weigh"
    CONDITIONAL = "conditional"
    ASK = "ask"
    BARRED = "barred"


# From the least that stands in the way to the most; an open question counts as what it may come to.
_ORDER = (Verdict.CLEAR, Verdict.WEIGH, Verdict.CONDITIONAL, Verdict.BARRED)
_MUST = {
    Approval.BARS: Verdict.BARRED,
    Approval.RESTRICTS: Verdict.CONDITIONAL,
    Approval.WEIGHS: Verdict.WEIGH,
    Approval.NONE: Verdict.CLEAR,
}


@frozen
class Ground:
    """One action that bears on the approval, and what it means for it."""

    means: Verdict
    action: Action


@frozen
class Doubt:
    """One open point that bears on the approval, and the most it can come to."""

    means: Verdict
    point: Undetermined


def means(approval: Approval, discretion: Discretion) -> Verdict:
    """Return what an effect means for an approval.

    Only what must be done decides by itself. Where a unit may do it, or no source says how binding it is, the
    unit has something to weigh and the decision stays its own.
    """
    verdict = _MUST[approval]
    if discretion is Discretion.MUST or verdict is Verdict.CLEAR:
        return verdict
    return Verdict.WEIGH


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the one that stands most in the way; `clear` when there is none."""
    return max(verdicts, key=_ORDER.index, default=Verdict.CLEAR)


def together(grounds: tuple[Ground, ...], doubts: tuple[Doubt, ...]) -> Verdict:
    """Return the answer: what stands decides, unless an open point could come to something graver."""
    certain, possible = gravest(g.means for g in grounds), gravest(d.means for d in doubts)
    return Verdict.ASK if _ORDER.index(possible) > _ORDER.index(certain) else certain
