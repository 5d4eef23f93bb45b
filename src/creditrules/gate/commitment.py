"""Gate: whether an approval may be given on the applicant's word (告知承诺), with the reason. Pure.

Which matters are run so is for the approving body to say; no source lists them, so without its word it is not
known. Two things close the way whatever the matter: a commitment the applicant has broken, and a listing
whose own rules take it from him.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from attrs import frozen

from creditrules.gate.verdict import Verdict
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier
from creditrules.model.event import EventKind
from creditrules.model.status import Status
from creditrules.model.text import Text

# 市场监督管理严重违法失信名单管理办法 (国家市场监督管理总局令第44号): nothing is granted by commitment.
CLOSING_LISTS = {
    "market-regulation-serious": Text(
        "申请人在严重违法失信名单中，不适用告知承诺制（国家市场监督管理总局令第44号）",
        "the applicant is on the list of serious breaches of market regulation: nothing is granted by"
        " commitment (Order 44 of the State Administration for Market Regulation)",
    )
}
BROKEN = Text(
    "申请人于 {day} 被记录违背信用承诺", "the applicant was recorded on {day} as having broken a commitment"
)
NOT_GRANTED = Text("结论为不得批准或者尚须查明", "the approval is barred, or facts are missing")
NOT_SAID = Text(
    "审批机关没有说明该事项是否实行告知承诺",
    "the approving body has not said whether the matter is run by commitment",
)


@frozen
class ByCommitment:
    """Whether the way by commitment is open: yes, no, or (None) not known; and why not."""

    is_open: bool | None
    because: tuple[Text, ...] = ()


def by_commitment(
    decision: Decision,
    dossier: Dossier,
    applicant: str,
    matter: str,
    verdict: Verdict,
    matters: Collection[str],
) -> ByCommitment:
    """Say whether an approval may be given on the applicant's word.

    Args:
        decision: what was decided on the applicant.
        dossier: what it was decided on.
        applicant: his label.
        matter: the matter of the approval.
        verdict: the answer of the gate.
        matters: the matters that the approving body runs by commitment.
    """
    closed = [NOT_GRANTED] if verdict in (Verdict.BARRED, Verdict.ASK) else []
    seen = dossier.as_known(decision.known)
    active = {listing for listing, status, _ in decision.statuses if status == Status.ACTIVE.value}
    for listing in seen.listings:
        if listing.subject != applicant:
            continue
        if listing.id in active and listing.list in CLOSING_LISTS:
            closed.append(CLOSING_LISTS[listing.list])
        days = [e.on for e in listing.events if e.kind is EventKind.COMMITMENT_BROKEN and e.on <= decision.on]
        closed += [BROKEN.filled(day=str(max(days, default=date.min)))] if days else []
    if closed:
        return ByCommitment(False, tuple(closed))
    return ByCommitment(True) if matter in matters else ByCommitment(None, (NOT_SAID,))
