"""Policy, checks: every condition a catalogue states, with whose it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve, frozen

from creditrules.errors import Span
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import ALWAYS, Condition, tests_in
from creditrules.model.memorandum import Clause, Exempt, Measure, Memorandum
from creditrules.policy.checks.check import NOWHERE, of_measure, place_of


@frozen
class Written:
    """A condition as somebody wrote it; `owner` names the entry it belongs to."""

    condition: Condition
    owner: str
    span: Span
    measure: str = ""

    @property
    def place(self) -> Span:
        """Where its first test stands; the entry itself where the condition has none."""
        return next((test.span for test in tests_in(self.condition) if test.span), self.span)

    @property
    def words(self) -> dict[str, str]:
        """What a finding about it is filled with."""
        about = self.owner.partition(":")[2] if ":" in self.owner else ""
        return {"owner": self.owner, "measure": self.measure, "about": about}


def conditions_of(catalogue: Catalogue) -> Iterator[Written]:
    """Yield every condition that is more than the one that always holds."""
    return (written for written in _all(catalogue) if written.condition != ALWAYS)


def _all(catalogue: Catalogue) -> Iterator[Written]:
    for memorandum in catalogue.memoranda.values():
        yield from _of_clauses(memorandum.covers, memorandum.key, place_of(memorandum))
        for measure in memorandum.measures:
            yield from _of_measure(memorandum, measure)
    for regime in catalogue.regimes:
        for record in regime.records:
            yield from _of_clauses(record.clauses, f"regime:{regime.key}", regime.span or NOWHERE)
    for provision in catalogue.liabilities:
        yield Written(provision.when, f"liability:{provision.key}", provision.span or NOWHERE)
    for listed in catalogue.lists.values():
        for case in listed.entry:
            if case.when is not None:
                yield Written(case.when, f"list:{listed.key}", case.span or listed.span or NOWHERE)
    yield from _of_procedure(catalogue)


def _of_measure(memorandum: Memorandum, measure: Measure) -> Iterator[Written]:
    owner, place = f"{memorandum.key}#{measure.key}", place_of(memorandum, measure)
    named = of_measure(memorandum, measure)["measure"]
    found = [Written(measure.when, owner, place), *_of_exempts(measure.unless, owner, place)]
    found += [Written(grade.when, owner, place) for grade in measure.duration.grades]
    found += _of_clauses(measure.covers or (), owner, place)
    yield from (evolve(written, measure=named) for written in found)


def _of_clauses(clauses: Iterable[Clause], owner: str, place: Span) -> Iterator[Written]:
    for clause in clauses:
        yield Written(clause.when, owner, clause.span or place)
        for reach in clause.reaches:
            yield Written(reach.when, owner, reach.span or clause.span or place)


def _of_exempts(exempts: Iterable[Exempt], owner: str, place: Span) -> Iterator[Written]:
    return (Written(exempt.when, owner, exempt.span or place) for exempt in exempts)


def _of_procedure(catalogue: Catalogue) -> Iterator[Written]:
    for duty in catalogue.procedure.duties:
        owner, place = f"duty:{duty.key}", duty.span or NOWHERE
        yield Written(duty.when, owner, place)
        yield from (Written(special.when, owner, place) for special in duty.special)
        yield from _of_exempts(duty.excuses, owner, place)
    for way in catalogue.procedure.ways_out:
        owner, place = f"way_out:{way.key}", way.span or NOWHERE
        yield Written(way.applies, owner, place)
        yield from (Written(r.when, owner, place) for r in way.requires if r.when is not None)
        yield from _of_exempts(way.never, owner, place)
