"""Evaluate: the reference engine. It is the meaning of a rulebook, in plain loops; nobody makes it faster.

It reads the dossier and the coverage clauses themselves and shares neither candidates nor compiled
conditions with the other engines, so that agreement with them says something.
"""

from __future__ import annotations

from datetime import date

from creditrules.evaluate.protocol import Match
from creditrules.model.condition import Condition, Value, truth_of
from creditrules.model.dossier import Dossier, Listing, RoleHeld, fact_on
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.status import Status, found, held, last_day, standing
from creditrules.model.words import Direction, Truth


class ReferenceEngine:
    """Every rule, against every listing, along every route."""

    name = "reference"

    def matches(self, rulebook: Rulebook, dossier: Dossier) -> list[Match]:
        """Return what holds or may hold, rule by rule."""
        matches = []
        for number, listing in enumerate(dossier.listings):
            for role_number, role in _routes(listing, dossier):
                case = _Case(rulebook, dossier, listing, role)
                for rule in rulebook.rules:
                    truth = case.truth(rule) if listing.list in rule.lists else Truth.FALSE
                    if truth is not Truth.FALSE:
                        matches.append(Match(rule.number, number, role_number, truth))
        return sorted(matches)


def _routes(listing: Listing, dossier: Dossier) -> list[tuple[int, RoleHeld | None]]:
    joined = [
        (n, role)
        for n, role in enumerate(dossier.roles)
        if listing.subject in (role.organisation, role.person)
    ]
    return [(-1, None), *joined]


class _Case:
    """One listing with one route, on the day of the rulebook."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier, listing: Listing, role: RoleHeld | None) -> None:
        self.rulebook, self.listing, self.role, self.on = rulebook, listing, role, rulebook.on
        self.subject = dossier.subjects[listing.subject]
        self.direction = Direction.SELF
        self.target = self.subject
        if role is not None and role.organisation == self.subject.id:
            self.direction, self.target = Direction.ROLE, dossier.subjects[role.person]
        elif role is not None:
            self.direction, self.target = Direction.ORGANISATION, dossier.subjects[role.organisation]

    def truth(self, rule: Rule) -> Truth:
        """Whether a rule applies: the listing carries it, coverage reaches the target, conditions hold."""
        of_kind = Truth.of(not rule.target_kinds or self.target.kind in rule.target_kinds)
        excepted = max((self.holds(e.when) for e in rule.unless), default=Truth.FALSE)
        covered = max((self.covered(clause) for clause in rule.clauses), default=Truth.FALSE)
        return Truth(min(self.carries(rule), covered, of_kind, self.holds(rule.when), 2 - excepted))

    def carries(self, rule: Rule) -> Truth:
        """Whether the listing stands so that the rule may act: active, or (for records) aggregated."""
        kind = self.rulebook.catalogue.lists[self.listing.list]
        stands = standing(self.listing, last_day(self.listing, kind), self.on, kind.level)
        if rule.record is None:
            return stands.carries
        if stands.status is Status.REVOKED:
            return Truth.FALSE
        aggregated = self.listing.aggregated
        return Truth.of(aggregated <= self.on if isinstance(aggregated, date) else aggregated)

    def covered(self, clause: Clause) -> Truth:
        """Whether a clause speaks of the listed party and one of its items reaches the target."""
        party = self.rulebook.catalogue.parties[clause.party]
        of_kind = Truth.of(not party.kinds or self.subject.kind in party.kinds)
        in_capacity = Truth.TRUE
        if party.capacity is not None:
            stated = self.listing.capacity
            in_capacity = Truth.of(None if stated is None else stated == party.capacity)
        reached = max((self.reached(reach) for reach in clause.reaches), default=Truth.FALSE)
        return Truth(min(of_kind, in_capacity, self.holds(clause.when), reached))

    def reached(self, reach: Reach) -> Truth:
        """Whether an item reaches the target: by its direction, its role, the time it was held, a finding."""
        if reach.direction is not self.direction:
            return Truth.FALSE
        if self.role is None:
            return self.holds(reach.when)
        named = Truth.of(reach.names_role(self.role.role))
        in_time = held(self.role, reach.held, self.listing, self.on)
        asked = reach.finding
        is_found = Truth.TRUE if asked is None else found(self.target.id, asked, self.listing, self.on)
        return Truth(min(named, in_time, is_found, self.holds(reach.when)))

    def holds(self, condition: Condition) -> Truth:
        """Whether a condition of a document holds."""
        return truth_of(condition, self.lookup, self.on)

    def lookup(self, path: str) -> Value | None:
        """Return what the dossier says of a fact, None when it says nothing."""
        declared = self.rulebook.catalogue.facts.get(path)
        if declared is not None:
            owners = {
                "listing": self.listing.facts,
                "subject": self.subject.facts,
                "target": self.target.facts,
            }
            value = fact_on(owners[declared.about], path, self.on)
            return declared.when_missing if value is None else value
        head, _, name = path.partition(".")
        if path == "subject.region":
            return self.rulebook.catalogue.units.division(self.subject.region)
        if path == "listing.publishable":
            return self.listing.publishable is not False
        if path == "role.name":
            return "" if self.role is None else self.role.role
        owners_of = {"listing": self.listing, "subject": self.subject, "target": self.target}
        stated: Value | None = getattr(owners_of[head], name)
        return stated
