"""Model: the closed vocabularies that the meaning itself depends on.

Everything else that has a list of values (effects, matters, roles, parties, units) is data in `rules/`.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Truth(IntEnum):
    """Kleene's three values; `and` is the smallest, `or` the largest, `not` is `2 - value`."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    @classmethod
    def of(cls, value: bool | None) -> Truth:
        """Turn a yes, a no or a missing answer (None) into a truth value."""
        return _UNKNOWN if value is None else _TRUE if value else _FALSE


# Looked up on the enumeration, each would cost more than the question that it answers.
_FALSE, _UNKNOWN, _TRUE = Truth


class Discretion(StrEnum):
    """裁量: how much is left to the unit. `UNSTATED` is what the source leaves open; it is never guessed."""

    MUST = "must"
    MAY = "may"
    WEIGH = "weigh"
    FREE = "free"
    UNSTATED = "unstated"

    @property
    def strictness(self) -> int:
        """Rank for the overlap of two actions: the stricter discretion wins, an unstated one never does."""
        return ("unstated", "free", "weigh", "may", "must").index(self.value)


class HeldAt(StrEnum):
    """When a role must be held for its holder to be reached. `UNSTATED`: the document does not say."""

    CONDUCT = "conduct"
    DETERMINATION = "determination"
    DAY = "day"
    UNSTATED = "unstated"


class Responsibility(StrEnum):
    """责任认定: what a document finds a person to be with regard to the conduct of an organisation."""

    DIRECT = "directly_responsible"
    LEADERSHIP = "leadership_responsibility"
    RESPONSIBLE = "responsible"
    NONE = "not_responsible"


# A clause that asks for one finding is met by each finding named here: 负有责任的 takes in every kind of
# responsibility, "personal or direct leadership responsibility" takes in the personal one.
MET_BY: dict[Responsibility, frozenset[Responsibility]] = {
    Responsibility.DIRECT: frozenset({Responsibility.DIRECT}),
    Responsibility.LEADERSHIP: frozenset({Responsibility.DIRECT, Responsibility.LEADERSHIP}),
    Responsibility.RESPONSIBLE: frozenset(
        {Responsibility.DIRECT, Responsibility.LEADERSHIP, Responsibility.RESPONSIBLE}
    ),
}


class Checked(StrEnum):
    """How far a fact of a document was checked: read in a source, known from memory, or not seen at all."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    UNSEEN = "unseen"


class Rank(StrEnum):
    """效力位阶: the rank of a basis in the legal order."""

    CONSTITUTION = "constitution"
    LAW = "law"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    CENTRAL_POLICY = "central_policy"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENTAL_RULE = "departmental_rule"
    JUDICIAL_INTERPRETATION = "judicial_interpretation"
    NORMATIVE_DOCUMENT = "normative_document"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """How directly a provision carries a measure; `UNSTATED` where nobody has read it for that purpose.

    `LIMIT` is a provision that forbids or narrows the measure: it is kept with the kind, and no basis.
    """

    DIRECT = "direct"
    CONDITION = "condition"
    POWER = "power"
    GENERAL = "general"
    LIMIT = "limit"
    UNSTATED = "unstated"


class Level(StrEnum):
    """Level of a list: 黑名单, 重点关注名单, or a list of the trustworthy (红名单).

    `DECISION` is no list of names: it stands for decisions that a statute itself attaches an effect to (a
    penalty, a refusal, a judgment). Such a decision carries once it is served, aggregated or not, and enters
    no credit file through the notice of 2018, which speaks of black lists and key-attention lists.
    """

    BLACKLIST = "blacklist"
    WATCHLIST = "watchlist"
    REDLIST = "redlist"
    DECISION = "decision"

    @property
    def is_joint(self) -> bool:
        """Whether a listing counts only once it is aggregated, as joint measures have it."""
        return self is not Level.DECISION


class Stance(StrEnum):
    """Whether a measure takes something away or grants it; one document may hold both."""

    SANCTION = "sanction"
    INCENTIVE = "incentive"


class Direction(StrEnum):
    """How a listing reaches a target: the listed subject itself, a role holder, or an organisation behind."""

    SELF = "self"
    ROLE = "role"
    ORGANISATION = "organisation"


class Approval(StrEnum):
    """What an effect that must be taken means for an approval in its matter.

    `BARS`: it may not be granted; `RESTRICTS`: it may be granted within a limit or under supervision;
    `WEIGHS`: it is one thing to weigh; `NONE`: it is no matter of the approval.
    """

    BARS = "bars"
    RESTRICTS = "restricts"
    WEIGHS = "weighs"
    NONE = "none"


class Outcome(StrEnum):
    """How an objection or an application for repair ended."""

    UPHELD = "upheld"
    REJECTED = "rejected"
    GRANTED = "granted"
    REFUSED = "refused"
