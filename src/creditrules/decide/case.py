"""Decide: one dossier on one day, with the joins and look-ups that gathering and explaining share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache, partial

from attrs import frozen

from creditrules.compile.coverage import clause_condition, party_condition, reach_condition
from creditrules.evaluate.candidates import Candidates, candidate_of, candidates, see
from creditrules.evaluate.fields import Candidate, Reader, Seen, reader
from creditrules.evaluate.once import Once
from creditrules.model.condition import Condition, Lookup, Value, conjunction
from creditrules.model.decision import Reason, Route
from creditrules.model.dossier import Dossier, Listing, Subject
from creditrules.model.memorandum import Clause, Reach
from creditrules.model.rulebook import Rule, Rulebook, SetAside
from creditrules.model.text import Text
from creditrules.model.time import latest
from creditrules.model.words import HeldAt

KEPT = 256  # combinations of lists; a dossier rarely has more than two
REGIONS = 4096  # whose local bodies are remembered; a province has fewer

# How measures end, where to object, and when they are reviewed.
Ending = tuple[tuple[Text, ...], tuple[Text, ...], date | None]


class Case:
    """A rulebook and a dossier as known on a day; `candidate(listing, role)` finds a route again."""

    def __init__(self, rulebook: Rulebook, dossier: Dossier) -> None:
        self.rulebook = rulebook
        self.dossier = dossier
        self.catalogue = rulebook.catalogue
        self._of_rulebook = _shared(rulebook)
        self._seen: dict[int, Seen] = {}
        self._candidates: dict[tuple[int, int], Candidate] = {}
        self._said: dict[tuple[object, ...], tuple[Reason, ...]] = {}
        self._ends: dict[tuple[str, ...], Ending] = {}

    @cached_property
    def made(self) -> Candidates:
        """All candidates of the dossier."""
        return candidates(self.rulebook, self.dossier)

    @cached_property
    def routes(self) -> dict[tuple[int, int], Candidate]:
        """All candidates by the numbers of their listing and their role."""
        return {(c.seen.number, c.role_number): c for c in self.made.of}

    def once(self, key: tuple[object, ...], say: Callable[[], tuple[Reason, ...]]) -> tuple[Reason, ...]:
        """Return reasons that several rules share, saying them the first time."""
        if key not in self._said:
            self._said[key] = say()
        return self._said[key]

    def candidate(self, listing: int, role: int) -> Candidate:
        """Return one candidate by its numbers."""
        made = self._candidates.get((listing, role))
        if made is None:
            made = self._candidates[listing, role] = candidate_of(self.seen(listing), role, self.dossier)
        return made

    def seen(self, number: int) -> Seen:
        """Return a listing with where it stands, by its number."""
        seen = self._seen.get(number)
        if seen is None:
            seen = self._seen[number] = see(number, self.rulebook, self.dossier)
        return seen

    @property
    def all_seen(self) -> tuple[Seen, ...]:
        """Every listing with where it stands."""
        return tuple(self.seen(number) for number in range(len(self.dossier.listings)))

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

    def covers(self, clause: Clause) -> Covers:
        """Return what a clause of a rule asks for, as conditions."""
        return self._of_rulebook.covers(clause)

    def ending(self, behind: tuple[str, ...]) -> Ending:
        """Return how measures on these listings end, where to object to them, and when they are reviewed."""
        known = self._ends.get(behind)
        if known is None:
            listings = [self.listings[listing] for listing in behind]
            kinds = [self.catalogue.lists[listing.list] for listing in listings]
            known = self._ends[behind] = (
                tuple(dict.fromkeys(text for kind in kinds for text in kind.ends_by)),
                tuple(dict.fromkeys(kind.remedy for kind in kinds)),
                latest(*(listing.review for listing in listings)),
            )
        return known

    def bodies(self, target: Subject, listing: Listing) -> Mapping[str, str | None]:
        """Return who acts for each unit where the target, or else the listed subject, is registered."""
        region = target.region or self.dossier.subjects[listing.subject].region
        return self._of_rulebook.bodies(region)

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


@frozen
class Covers:
    """A coverage clause as conditions: on the party, on each of its items with the party, and all of it."""

    party: Condition
    items: tuple[tuple[Reach, Condition], ...]
    whole: Condition


class _Shared:
    """What every case of a rulebook looks up again and again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rules = {rule.key: rule for rule in rulebook.rules}
        self.guards = {rule: guard.number for guard in rulebook.guards for rule in guard.rules}
        self.simple = frozenset(rule.number for rule in rulebook.rules if is_simple(rule))
        self._rulebook = rulebook
        self.bodies = lru_cache(REGIONS)(partial(Bodies, rulebook))
        self._readers: dict[str, Reader] = {}
        # By identity: the clauses belong to the rulebook, which lives as long as this.
        self._covers: dict[int, Covers] = {}
        self._set_aside: dict[frozenset[str], tuple[SetAside, ...]] = {}

    def set_aside(self, lists: frozenset[str]) -> tuple[SetAside, ...]:
        """Return what was set aside of the documents that speak of some lists; answers are kept."""
        if lists not in self._set_aside:
            if len(self._set_aside) >= KEPT:
                self._set_aside.clear()
            items = self._rulebook.set_aside
            self._set_aside[lists] = tuple(item for item in items if item.lists & lists)
        return self._set_aside[lists]

    def covers(self, clause: Clause) -> Covers:
        """Return a clause as conditions."""
        found = self._covers.get(id(clause))
        if found is None:
            catalogue = self._rulebook.catalogue
            party = party_condition(clause, catalogue)
            items = tuple((reach, conjunction(party, reach_condition(reach))) for reach in clause.reaches)
            found = self._covers[id(clause)] = Covers(party, items, clause_condition(clause, catalogue))
        return found

    def reader(self, path: str) -> Reader:
        """Return the reader of a field."""
        if path not in self._readers:
            self._readers[path] = reader(path, self._rulebook)
        return self._readers[path]


class Bodies(dict[str, "str | None"]):
    """The local body of each unit in one region, looking from there upwards; found when first asked for."""

    def __init__(self, rulebook: Rulebook, region: str | None) -> None:
        super().__init__()
        self._units, self._on = rulebook.catalogue.units, rulebook.on
        self._chain = () if region is None else self._units.region_chain(region)

    def __missing__(self, unit: str) -> str | None:
        names = (self._units.by_key[unit].local_name(code, self._on) for code in self._chain)
        self[unit] = found = next((name.zh for name in names if name is not None), None)
        return found


def is_simple(rule: Rule) -> bool:
    """Say whether a rule's days depend on its listing alone, not on a role or a length of its own."""
    lasting = rule.measure is not None and not rule.measure.duration.with_listing
    by_day = any(reach.held is HeldAt.DAY for clause in rule.clauses for reach in clause.reaches)
    return not lasting and not by_day and rule.publication_cap is None


_shared = Once(_Shared)
