"""Policy, coverage: duties and ways out: which case expects one, and which expects that there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from creditrules.load.example_docs import PeriodSet
from creditrules.model.catalogue import Catalogue
from creditrules.model.procedure import Proceedings, Term
from creditrules.model.time import Period
from creditrules.policy.coverage.gather import Gathered
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.model import Item
from creditrules.policy.ready import Ready
from creditrules.procedure.proceed import proceed


def procedure_items(looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every duty and for every way out."""
    procedure = catalogue.procedure
    duties = {rule.key: Gathered(("expected", "absent")) for rule in procedure.duties}
    ways = {way.key: Gathered(("open", "closed")) for way in procedure.ways_out}
    for look in looks:
        _gather(look, duties, ways)
    for rule in procedure.duties:
        yield Item("duty", rule.key, rule.does, duties[rule.key].branches, rule.span)
    for way in procedure.ways_out:
        yield Item("way_out", way.key, way.title, ways[way.key].branches, way.span)


def tells_of_procedure(ready: Ready) -> bool:
    """Say whether duties and ways out are worked out for a day: expected, or arisen from events."""
    events = any(listing.events for listing in ready.dossier.listings)
    return events or ready.expect.speaks_of_procedure


def _gather(look: Looks, duties: dict[str, Gathered], ways: dict[str, Gathered]) -> None:
    expect = look.ready.expect
    if look.passed:
        for duty in expect.duties:
            duties[duty.duty].look("expected", look.ref)
        for absent in expect.no_duties:
            duties[absent.duty].look("absent", look.ref)
        for way in expect.ways_out:
            is_open = way.open if way.open is not None else not (way.unmet or way.unknown or way.barred)
            ways[way.way].look("open" if is_open else "closed", look.ref)
        for closed in expect.no_ways_out:
            ways[closed.way].look("closed", look.ref)
    if tells_of_procedure(look.ready):
        said = _proceedings(look)
        for found in said.duties:
            duties[found.rule].see("expected", look.ref)
        for exit_ in said.exits:
            ways[exit_.way].see("open" if exit_.open else "closed", look.ref)


def _proceedings(look: Looks) -> Proceedings:
    ready = look.ready
    terms = {key: _term(period) for key, period in ready.example.doc.parameters.items()}
    return proceed(look.book, ready.dossier, known=ready.step.known, parameters=terms)


def _term(period: PeriodSet) -> Term:
    if period.working_days:
        return Term(working_days=period.working_days)
    return Term(Period(period.years, period.months, period.days))
