"""Evaluate: whether a condition is within the limits of durable-rules, without compiling it."""

from __future__ import annotations

from math import prod

from creditrules.evaluate.normal_form import MOST_ALTERNATIVES
from creditrules.evaluate.rule_texts import MOST_PROPERTIES
from creditrules.model.condition import All, Condition, Not, Op, Some, Test


def surely_fits(condition: Condition) -> bool:
    """Whether a condition is within every limit, by a count that is never too low.

    Guards that pass it need not be compiled to be known to compile.
    """
    fields: set[tuple[str, bool]] = set()
    if _most_alternatives(condition, fields, wanted=True) > MOST_ALTERNATIVES:
        return False
    # Two properties a field, and the one that says that something is unknown.
    return 2 * len(fields) + 1 <= MOST_PROPERTIES


def _most_alternatives(condition: Condition, fields: set[tuple[str, bool]], *, wanted: bool) -> int:
    """Count the alternatives as if none contained or contradicted another, and note the fields on the way.

    INVARIANT: the count of a part never exceeds that of the whole, so a whole within the limit has no part
    beyond it.
    """
    match condition:
        case Test(path, op):
            fields.add((path, op is Op.EXISTS))
            return 1
        case Not(part):
            return _most_alternatives(part, fields, wanted=not wanted)
        case All(parts) | Some(parts):
            counts = [_most_alternatives(part, fields, wanted=wanted) for part in parts]
            return max(1, prod(counts) if isinstance(condition, All) is wanted else sum(counts))
