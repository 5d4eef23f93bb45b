"""Decide: one dossier on one day, with the joins and look-ups that gathering and explaining share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.fields import Candidate, Reader, reader
from creditrules.evaluate.once import Once
from creditrules.model.condition import Condition, Lookup, Value
from creditrules.model.decision import Reason, Route
from creditrules.model.dossier import Dossier, Listing
from creditrules.model.rulebook import Rule, Rulebook, SetAside
from creditrules.model.text import Text
from creditrules.model.words import HeldAt, Stance

KEPT = 256  # combinations of lists; a dossier rarely has more than two


class Case:
    """A rulebook and a dossier as known on a day; `candidate(listing, role)` finds a route again."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier) -> None:
        self.rulebook = rulebook
        self.dossier = dossier
        self.catalogue = rulebook.catalogue
        self.made = candidates(rulebook, dossier)
        self.routes = {(c.seen.number, c.role_number): c for c in self.made.of}
        self._of_rulebook = _shared(rulebook)
        self._said: dict[tuple[object, ...], tuple[Reason, ...]] = {}
        self._locals: dict[tuple[str, str], str | None] = {}
        self._regions: dict[tuple[str, str], str | None] = {}
        self._ends: dict[tuple[str, ...], tuple[tuple[Text, ...], tuple[Text, ...]]] = {}

    def once(self, key: tuple[object, ...], say: Callable[[], tuple[Reason, ...]]) -> tuple[Reason, ...]:
        """Return reasons that several rules share, saying them the first time."""
        if key not in self._said:
            self._said[key] = say()
        return self._said[key]

    def candidate(self, listing: int, role: int) -> Candidate:
        """Return one candidate by its numbers."""
        return self.routes[listing, role]

    @property
    def rules_by_key(self) -> dict[str, Rule]:
        """The rules of the rulebook by their keys."""
        return self._of_rulebook.rules

    @cached_property
    def listings(self) -> dict[str, Listing]:
        """The listings of the dossier by their ids."""
        return {listing.id: listing for listing in self.dossier.listings}

    def lookup(self, candidate: Candidate) -> Lookup:
        """Return the function that reads a candidate's facts by path; each fact is read once."""
        seen: dict[str, Value | None] = {}

        def look(path: str) -> Value | None:
            if path not in seen:
                seen[path] = self._of_rulebook.reader(path)(candidate, self.rulebook.on)
            return seen[path]

        return look

    def condition(self, rule: int) -> Condition:
        """Return the condition a rule stands under."""
        return self.rulebook.guards[self._of_rulebook.guards[rule]].condition

    def guard(self, rule: int) -> int:
        """Return the number of the guard a rule stands under."""
        return self._of_rulebook.guards[rule]

    def endings(self, behind: tuple[str, ...]) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
        """Return how measures on these listings end, and where to object to them."""
        known = self._ends.get(behind)
        if known is None:
            kinds = [self.catalogue.lists[self.listings[listing].list] for listing in behind]
            ends = dict.fromkeys(text for kind in kinds for text in kind.ends_by)
            known = self._ends[behind] = (tuple(ends), tuple(dict.fromkeys(kind.remedy for kind in kinds)))
        return known

    def local(self, unit: str, target: str, listing: str) -> str | None:
        """Return who acts for a unit where the target, or else the listed subject, is registered."""
        region = self._region(target, listing)
        if region is None:
            return None
        if (unit, region) not in self._locals:
            self._locals[unit, region] = self._of_rulebook.local(unit, region)
        return self._locals[unit, region]

    def _region(self, target: str, listing: str) -> str | None:
        if (target, listing) not in self._regions:
            subjects = self.dossier.subjects
            listed = subjects[self.listings[listing].subject]
            self._regions[target, listing] = subjects[target].region or listed.region
        return self._regions[target, listing]

    @property
    def favours(self) -> frozenset[str]:
        """The keys of the rules that grant something: only beside them can rules contradict each other."""
        return self._of_rulebook.favours

    @property
    def noted(self) -> dict[str, Rule]:
        """The rules that have something to note, by their keys."""
        return self._of_rulebook.noted

    def set_aside(self) -> tuple[SetAside, ...]:
        """Return what was set aside of the documents that speak of the dossier's lists."""
        return self._of_rulebook.set_aside(frozenset(listing.list for listing in self.dossier.listings))

    def is_simple(self, rule: int) -> bool:
        """Say whether a rule's days depend on its listing alone, not on a role or a length of its own."""
        return rule in self._of_rulebook.simple


def route_of(candidate: Candidate) -> Route:
    """Return how a candidate reaches its target."""
    role = candidate.role
    if role is None:
        return Route(candidate.direction)
    return Route(candidate.direction, role.role, role.organisation)


class _Shared:
    """What every case of a rulebook looks up again and again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rules = {rule.key: rule for rule in rulebook.rules}
        self.guards = {rule: guard.number for guard in rulebook.guards for rule in guard.rules}
        self.simple = frozenset(rule.number for rule in rulebook.rules if is_simple(rule))
        self._rulebook = rulebook
        self.favours = frozenset(
            r.key for r in rulebook.rules if r.measure is not None and r.measure.stance is Stance.INCENTIVE
        )
        self.noted = {r.key: r for r in rulebook.rules if r.notes or any(act.notes for act in r.acts)}
        self._readers: dict[str, Reader] = {}
        self._set_aside: dict[frozenset[str], tuple[SetAside, ...]] = {}

    def set_aside(self, lists: frozenset[str]) -> tuple[SetAside, ...]:
        """Return what was set aside of the documents that speak of some lists; answers are kept."""
        if lists not in self._set_aside:
            if len(self._set_aside) >= KEPT:
                self._set_aside.clear()
            items = self._rulebook.set_aside
            self._set_aside[lists] = tuple(item for item in items if item.lists & lists)
        return self._set_aside[lists]

    def reader(self, path: str) -> Reader:
        """Return the reader of a field."""
        if path not in self._readers:
            self._readers[path] = reader(path, self._rulebook)
        return self._readers[path]

    def local(self, unit: str, region: str) -> str | None:
        """Return the local body of a unit, looking from the region upwards."""
        units, on = self._rulebook.catalogue.units, self._rulebook.on
        bodies = (units.by_key[unit].local_name(code, on) for code in units.region_chain(region))
        return next((body.zh for body in bodies if body is not None), None)


def is_simple(rule: Rule) -> bool:
    """Say whether a rule's days depend on its listing alone, not on a role or a length of its own."""
    lasting = rule.measure is not None and not rule.measure.duration.with_listing
    by_day = any(reach.held is HeldAt.DAY for clause in rule.clauses for reach in clause.reaches)
    return not lasting and not by_day and rule.publication_cap is None


_shared = Once(_Shared)
