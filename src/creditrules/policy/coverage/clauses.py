"""Policy, coverage: the items of coverage clauses: whom a case expects to be reached, and to be spared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from creditrules.compile.coverage import party_condition, reach_condition
from creditrules.evaluate.fields import Candidate
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import conjunction
from creditrules.model.memorandum import Clause, Memorandum, Reach
from creditrules.model.words import Direction, Truth
from creditrules.policy.coverage.gather import Gathered
from creditrules.policy.coverage.looks import Looks
from creditrules.policy.coverage.model import Item
from creditrules.policy.mutation.sites import Site, reaches
from creditrules.policy.wording import measure_named, party_named, reach_named, word

_BRANCHES = {
    Direction.SELF: ("reached", "spared"),
    Direction.ROLE: ("reached", "spared", "asked"),
    Direction.ORGANISATION: ("reached", "spared", "asked"),
}


def reach_items(document: Memorandum, looks: Sequence[Looks], catalogue: Catalogue) -> Iterator[Item]:
    """Yield an item for every role of every clause item, and one for each that names none."""
    for site in reaches(document):
        clause = site.clause
        assert clause is not None  # every item stands in a clause
        for key, reach in _by_role(site):
            found = _gathered(document, site, clause, reach, looks, catalogue)
            text = word(
                "coverage.reach" if site.measure is None else "coverage.reach_of",
                measure=measure_named(site.measure),
                party=party_named(clause, catalogue),
                whom=reach_named(reach, catalogue),
            )
            measure = site.measure.key if site.measure else None
            yield Item("reach", key, text, found.branches, site.span, measure)


def _by_role(site: Site[Reach]) -> Iterator[tuple[str, Reach]]:
    roles = sorted(site.value.roles)
    if len(roles) < 2:
        yield site.place, site.value
    else:
        yield from ((f"{site.place}.{role}", evolve(site.value, roles=frozenset({role}))) for role in roles)


def _gathered(
    document: Memorandum,
    site: Site[Reach],
    clause: Clause,
    reach: Reach,
    looks: Sequence[Looks],
    catalogue: Catalogue,
) -> Gathered:
    found = Gathered(_BRANCHES[reach.direction])
    party, whole = party_condition(clause, catalogue), reach_condition(reach)
    for look in looks:
        measures = {(document.key, key) for key in site.measures} & look.rules.keys()
        lists = frozenset(key for named in measures for key in look.rules[named][0].lists)
        acting = _targets(look.acting, measures)
        absent = _targets(look.absent, measures) | look.spared
        opened = _targets(look.opened, measures)
        for candidate in look.around(lists):
            if candidate.direction is not reach.direction:
                continue
            both = look.truth(conjunction(party, whole), candidate)
            who = candidate.target.id
            if both is Truth.TRUE:
                found.look("reached", look.ref) if who in acting else found.see("reached", look.ref)
            elif both is Truth.UNKNOWN and "asked" in found.names:
                found.look("asked", look.ref) if who in opened else found.see("asked", look.ref)
            elif _misses_narrowly(look.truth(party, candidate), reach, candidate):
                found.look("spared", look.ref) if who in absent else found.see("spared", look.ref)
    return found


def _targets(looked: dict[tuple[str, str], set[str]], measures: set[tuple[str, str]]) -> set[str]:
    return set().union(*(looked[named] for named in measures if named in looked))


def _misses_narrowly(party: Truth, reach: Reach, candidate: Candidate) -> bool:
    """Say whether somebody stands beside an item: in the named role, yet not reached.

    A listed subject fails the item about itself only by being another party.
    """
    if reach.direction is Direction.SELF or candidate.role is None:
        return party is Truth.FALSE
    return party is Truth.TRUE and reach.names_role(candidate.role.role)
