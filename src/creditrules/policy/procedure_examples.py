"""Policy: say where the duties and ways out of a dossier differ from what an example expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from creditrules.load.example_docs import CaseDoc, ExpectedDuty, ExpectedWayOut, PeriodSet, StepDoc
from creditrules.model.dossier import Dossier
from creditrules.model.procedure import Counted, Duty, Exit, Term
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.time import Period
from creditrules.procedure.proceed import proceed

Found = TypeVar("Found", Duty, Exit)


def proceeding_differences(
    case: CaseDoc, step: StepDoc, rulebook: Rulebook, dossier: Dossier
) -> Iterator[str]:
    """Yield what the procedure says otherwise than a case expects, in words."""
    terms = {key: _term(period) for key, period in case.parameters.items()}
    said = proceed(rulebook, dossier, known=step.known, parameters=terms)
    expect, procedure = step.expect, rulebook.catalogue.procedure
    duties = {rule.key for rule in procedure.duties}
    ways = {way.key for way in procedure.ways_out}
    # An example about a key that does not exist would protect nothing.
    named = [(d.duty, duties) for d in expect.duties] + [(d.duty, duties) for d in expect.no_duties]
    named += [(w.way, ways) for w in expect.ways_out] + [(w.way, ways) for w in expect.no_ways_out]
    named += [(key, set(procedure.parameters)) for key in case.parameters]
    yield from (f"the catalogue has no such key: {key}" for key, known in named if key not in known)
    for duty in expect.duties:
        near = [tuple(_of_duty(d, duty)) for d in _named(duty.duty, duty.listing, said.duties)]
        yield from _unless_one_is(f"duty {duty.duty}", near)
    for way in expect.ways_out:
        near = [tuple(_of_way(e, way)) for e in _named(way.way, way.listing, said.exits)]
        yield from _unless_one_is(f"way out {way.way}", near)
    for absent in expect.no_duties:
        for found in _named(absent.duty, absent.listing, said.duties):
            yield f"duty must not be there: {absent.duty} of {found.listing} (it is {found.state})"
    for closed in expect.no_ways_out:
        for way_found in _named(closed.way, closed.listing, said.exits):
            yield f"way out must not be there: {closed.way} of {way_found.listing}"


def _term(period: PeriodSet) -> Term:
    if period.working_days:
        return Term(working_days=period.working_days)
    return Term(Period(period.years, period.months, period.days))


def _named(key: str, listing: str | None, found: Iterable[Found]) -> list[Found]:
    return [f for f in found if _key(f) == key and listing in (None, f.listing)]


def _key(found: Duty | Exit) -> str:
    return found.rule if isinstance(found, Duty) else found.way


def _unless_one_is(wanted: str, near: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield one difference unless something found has none; only what an example states is compared."""
    if not near:
        yield f"expected {wanted}: there is none"
    elif all(near):
        yield f"expected {wanted}: " + "; or ".join(", ".join(differences) for differences in near)


def _of_duty(found: Duty, wanted: ExpectedDuty) -> Iterator[str]:
    yield from _same("state", wanted.state, found.state)
    yield from _same("arose", wanted.arose, found.arose)
    yield from _same_day("deadline", wanted.deadline, found.deadline)
    yield from _same("provisional", wanted.provisional, bool(found.deadline and found.deadline.provisional))
    yield from _same("met_on", wanted.met_on, found.met_on)
    yield from _same("late", wanted.late, found.late)
    yield from _holds("excuse", wanted.excuse, found.excuse)
    yield from _among("missing", wanted.missing, found.missing)


def _of_way(found: Exit, wanted: ExpectedWayOut) -> Iterator[str]:
    yield from _same("open", wanted.open, found.open)
    for name, answer in (("met", True), ("unmet", False), ("unknown", None)):
        there = tuple(m.requirement for m in found.requirements if m.met is answer)
        yield from _among(name, getattr(wanted, name), there)
    for name in ("earliest", "publicity_ends", "acceptance_due", "decision_due"):
        yield from _same_day(name, getattr(wanted, name), getattr(found, name))
    yield from _holds("barred", wanted.barred, found.barred_by)
    yield from _same("ends", wanted.ends, found.ends)
    yield from _among("missing", wanted.missing, found.missing)


def _same(name: str, wanted: object, found: object) -> Iterator[str]:
    if wanted is not None and wanted != found:
        yield f"{name} is {found}, not {wanted}"


def _same_day(name: str, wanted: object, found: Counted | None) -> Iterator[str]:
    yield from _same(name, wanted, None if found is None else found.day)


def _holds(name: str, wanted: str | None, found: Text | None) -> Iterator[str]:
    if wanted is not None and (found is None or not (wanted in found.zh or wanted in found.en)):
        yield f"{name} is {'none' if found is None else found.en or found.zh}, not “{wanted}”"


def _among(name: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> Iterator[str]:
    if not set(wanted) <= set(found):
        yield f"{name} is {list(found)}, not {list(wanted)}"
