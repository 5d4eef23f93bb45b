"""Population: rules whose days depend on more than their listing: what each pattern says of their length."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from creditrules.compile.coverage import party_condition, reach_condition
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import tests_in
from creditrules.model.memorandum import Duration
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.words import Direction, HeldAt
from creditrules.population.logic import Of, truth

UNKNOWN, TRUE = 1, 2
NONE = -1


@frozen(eq=False)
class OwnDays:
    """A rule with days of its own, for the patterns in which it holds (`truths` 2) or may hold (1).

    `rests` says where it rests on a role that is held on the day; `months` and `days` are the length that is
    certain (`NONE`: there is none); `doubt` is the place in `paths` of what may yet change it; `asks` are the
    questions where it may hold.
    """

    rule: Rule
    patterns: Any
    truths: Any
    rests: Any
    months: Any
    days: Any
    doubt: Any
    paths: tuple[str, ...]
    asks: Any


def own_days(rule: Rule, patterns: Any, holds: Any, of: Of, asks: Any, rulebook: Rulebook) -> OwnDays:
    """Return what patterns say of the days of a rule; only those in which it may hold are kept.

    Args:
        rule: a rule whose days are not simple.
        patterns: the numbers of the patterns.
        holds: the truth of the rule in each.
        of: what each test comes to in each.
        asks: the number of the questions in each.
        rulebook: what the rule is part of.
    """
    kept = np.flatnonzero(holds)
    rests = _rests_on_the_day(rule, holds.shape, of, rulebook.catalogue)[kept]
    months, days, doubt, paths = _length(rule, holds.shape, of, rulebook.on)
    length = (months[kept], days[kept], doubt[kept])
    return OwnDays(rule, patterns[kept], holds[kept], rests, *length, paths, asks[kept])


def _rests_on_the_day(rule: Rule, shape: Any, of: Of, catalogue: Catalogue) -> Any:
    """Say where a rule reaches the target only because a role is held on the day; see `decide.periods`."""
    by_day, otherwise = np.zeros(shape, bool), np.zeros(shape, bool)
    for clause in rule.clauses:
        speaks = truth(party_condition(clause, catalogue), of) == TRUE
        for reach in clause.reaches:
            if reach.direction is Direction.SELF:
                continue
            met = speaks & (truth(reach_condition(reach), of) == TRUE)
            if reach.held is HeldAt.DAY:
                by_day |= met
            else:
                otherwise |= met
    return by_day & ~otherwise


def _length(rule: Rule, shape: Any, of: Of, on: date) -> tuple[Any, Any, Any, tuple[str, ...]]:
    months, days, doubt = (np.full(shape, NONE, np.int64) for _ in range(3))
    duration = Duration() if rule.measure is None else rule.measure.duration
    if duration.period is not None:
        months[:] = duration.period.years * 12 + duration.period.months
        days[:] = duration.period.days
        return months, days, doubt, ()
    longest = np.full(shape, np.iinfo(np.int64).min)
    said = [np.broadcast_to(truth(grade.when, of), shape) for grade in duration.grades]
    reach = [grade.period.after(on).toordinal() for grade in duration.grades]
    for grade, holds, last in zip(duration.grades, said, reach, strict=True):
        longer = (holds == TRUE) & (last > longest)
        months[longer] = grade.period.years * 12 + grade.period.months
        days[longer] = grade.period.days
        longest[longer] = last
    paths: dict[str, int] = {}
    for grade, holds, last in zip(duration.grades, said, reach, strict=True):
        for test in tests_in(grade.when):
            # The first fact that is not known, of the first grade that may yet give a longer period.
            asked = (holds == UNKNOWN) & (last > longest) & (of(test) == UNKNOWN) & (doubt == NONE)
            doubt[asked] = paths.setdefault(test.path, len(paths))
    return months, days, doubt, tuple(paths)
