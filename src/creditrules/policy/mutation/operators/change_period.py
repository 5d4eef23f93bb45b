"""Operator: make a length of time a day longer and a day shorter.

*What it asks:* does any example say until when the measure lasts, or stand on the last day and the next?
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Duration, Memorandum
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.policy.mutation.mutant import Mutant, Operator
from creditrules.policy.mutation.sites import measures, replaced
from creditrules.policy.wording import both, measure_named, word

NAME = "change_period"


def mutants(document: Memorandum, catalogue: Catalogue) -> Iterator[Mutant]:
    """Yield two mutants for every length a measure states."""
    for site in measures(document):
        for by in (1, -1):
            for place, period, other in changed_lengths(site.value.duration, by):
                values = {
                    "measure": measure_named(site.value),
                    "period": _said(period, catalogue),
                    "way": word("mutation.longer" if by > 0 else "mutation.shorter"),
                }
                changed = site.put(evolve(site.value, duration=other))
                name = f"{site.place}.{place}{by:+d}"
                yield Mutant(NAME, name, site.measures, NAME, values, changed, site.span)


def changed_lengths(duration: Duration, by: int) -> Iterator[tuple[str, Period, Duration]]:
    """Yield every length of a duration with the duration in which just this one is a day longer."""
    if duration.period is not None:
        yield "period", duration.period, evolve(duration, period=_moved(duration.period, by))
    if duration.shortest is not None:
        yield "shortest", duration.shortest, evolve(duration, shortest=_moved(duration.shortest, by))
    if duration.longest is not None:
        yield "longest", duration.longest, evolve(duration, longest=_moved(duration.longest, by))
    for n, grade in enumerate(duration.grades):
        longer = evolve(grade, period=_moved(grade.period, by))
        other = evolve(duration, grades=replaced(duration.grades, n, longer))
        yield f"grade.{n + 1}", grade.period, other


def _moved(period: Period, by: int) -> Period:
    return evolve(period, days=period.days + by)


def _said(period: Period, catalogue: Catalogue) -> Text:
    from creditrules.deliver.clauses import period_text

    return both(lambda names: period_text(period, names), catalogue)


OPERATOR = Operator(NAME, mutants)
