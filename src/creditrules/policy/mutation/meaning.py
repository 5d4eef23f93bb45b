"""Policy, mutation: whether two versions of a rule reach the same people in every dossier there could be.

What kind of route it is (relation, role, kinds of subject and target) settles most of a condition. Where what
is left to ask is the same for every kind of route, no dossier can tell the two versions apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from creditrules.compile.coverage import condition_of, covered
from creditrules.evaluate.residue import residue
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition, Test, holds, tests_in
from creditrules.model.rulebook import Rule
from creditrules.model.words import Direction

Route = dict[str, str]


def mean_the_same(one: Rule, other: Rule, catalogue: Catalogue) -> bool:
    """Say whether the conditions of two rules ask the same along every kind of route."""
    first, second = (condition_of(rule, covered(rule.clauses, catalogue)) for rule in (one, other))
    if first == second:
        return True
    return all(_left(first, route) == _left(second, route) for route in _routes((first, second), catalogue))


def _left(condition: Condition, route: Route) -> Condition | bool:
    def decided(test: Test) -> bool | None:
        known = route.get(test.path)
        # Of a word nothing but its identity is ever asked, whatever the day.
        return None if known is None else holds(known, test.op, test.value, date.min)

    return residue(condition, decided)


def _routes(conditions: tuple[Condition, ...], catalogue: Catalogue) -> Iterator[Route]:
    """Yield every kind of route; roles that no condition names are all alike."""
    named = {role for condition in conditions for role in _named(condition)}
    roles = sorted(named & catalogue.roles.keys()) + [r for r in catalogue.roles if r not in named][:1]
    for subject in catalogue.kinds:
        yield _route(Direction.SELF, "", subject, subject)
        for target in catalogue.kinds:
            for role in roles:
                yield _route(Direction.ROLE, role, subject, target)
                yield _route(Direction.ORGANISATION, role, subject, target)


def _named(condition: Condition) -> Iterator[str]:
    for test in tests_in(condition):
        if test.path == "role.name":
            values = test.value if isinstance(test.value, tuple) else (test.value,)
            yield from (str(value) for value in values)


def _route(direction: Direction, role: str, subject: str, target: str) -> Route:
    return {
        "relation": direction.value,
        "role.name": role,
        "subject.kind": subject,
        "target.kind": target,
    }
