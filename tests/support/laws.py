"""Laws over random worlds: how a test becomes one, and what laws have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hypothesis import HealthCheck, Phase, given, settings

from creditrules.decide.case import Case, route_of
from creditrules.decide.decide import decide
from creditrules.evaluate.fields import Candidate
from creditrules.model.condition import truth_of
from creditrules.model.decision import Action, Decision, Part, Reason
from creditrules.model.memorandum import Reach
from creditrules.model.rulebook import Rule
from creditrules.model.status import found, held
from creditrules.model.text import Text
from creditrules.model.words import Truth
from creditrules.testing.worlds import World, worlds

Law = Callable[[World], None]
LAWS: dict[str, Law] = {}
QUICK = 25
PHASES = (Phase.generate, Phase.shrink)


def law(check: Law) -> Callable[[], None]:
    """Make a law into a test that is quick; `test_laws_at_length` runs all of them for long."""
    LAWS[check.__name__] = check
    return run(check, QUICK)


def run(check: Law, examples: int) -> Callable[[], None]:
    """Return a test that holds a law against so many random worlds."""
    health = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    tested = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        report_multiple_bugs=False,
        phases=PHASES,
        suppress_health_check=health,
    )(given(world=worlds())(check))
    return tested


def decided(world: World) -> Decision:
    """Decide a world with the engine that is quickest; conformance tests say that any other says the same."""
    return decide(world.rulebook(), world.dossier, known=world.known, engine="indexed")


def case_of(world: World) -> Case:
    """Return the joined dossier of a world."""
    return Case(world.rulebook(), world.dossier.as_known(world.known))


def rules_of(world: World) -> dict[str, Rule]:
    """Return the rules of a world's day by their keys."""
    return {rule.key: rule for rule in world.rulebook().rules}


def parts_of(decision: Decision) -> Iterator[tuple[Action, Part]]:
    """Yield every part of every action."""
    return ((action, part) for action in decision.actions for part in action.parts)


def carriers(case: Case, rule: Rule, action: Action, part: Part) -> list[tuple[Candidate, list[Reach]]]:
    """Return the routes that may carry a part, each with the coverage items that are true for it."""
    return [
        (candidate, true)
        for candidate in case.routes.values()
        if candidate.seen.listing.id == part.listing
        and candidate.target.id == action.target
        and route_of(candidate) == part.route
        and (true := true_reaches(case, rule, candidate))
    ]


def true_reaches(case: Case, rule: Rule, candidate: Candidate) -> list[Reach]:
    """Return the coverage items of a rule that reach the target of a candidate for certain."""
    lookup, listing, on = case.lookup(candidate), candidate.seen.listing, case.rulebook.on

    def holds(reach: Reach) -> bool:
        if reach.direction is not candidate.direction or truth_of(reach.when, lookup, on) is not Truth.TRUE:
            return False
        if candidate.role is None:
            return True
        in_time = held(candidate.role, reach.held, listing, on) is Truth.TRUE
        asked = reach.finding
        is_found = asked is None or found(candidate.target.id, asked, listing, on) is Truth.TRUE
        return reach.names_role(candidate.role.role) and in_time and is_found

    parties = case.catalogue.parties
    return [
        reach
        for clause in rule.clauses
        if not parties[clause.party].kinds or candidate.seen.subject.kind in parties[clause.party].kinds
        if parties[clause.party].capacity in (None, listing.capacity)
        if truth_of(clause.when, lookup, on) is Truth.TRUE
        for reach in clause.reaches
        if holds(reach)
    ]


def lines(reason: Reason) -> Iterator[Reason]:
    """Yield a reason and everything below it."""
    yield reason
    for child in reason.children:
        yield from lines(child)


def texts_of(reason: Reason) -> Iterator[Text]:
    """Yield every text of a reason tree."""
    return (line.text for line in lines(reason))
