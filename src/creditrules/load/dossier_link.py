"""Load: turn a dossier as written into the model, everything in it looked up in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from creditrules.load.dossier_checks import (
    check_distinct,
    check_identity,
    check_listing,
    check_references,
    check_role,
    check_versions,
)
from creditrules.load.dossier_event_order import check_order, check_relisting, check_years
from creditrules.load.dossier_events import Placed, check_fields, read_events
from creditrules.load.dossier_facts import read_facts
from creditrules.load.dossier_names import key_of, list_of
from creditrules.load.dossier_problems import Path, Places, Problems
from creditrules.load.forbidden import is_relative
from creditrules.load.identifiers import compact
from creditrules.model.catalogue import Catalogue
from creditrules.model.dossier import (
    Dossier,
    Listing,
    Objection,
    Repair,
    ResponsibilityFinding,
    RoleHeld,
    Subject,
)
from creditrules.model.event import EventKind
from creditrules.model.folding import folded
from creditrules.model.words import Outcome, Responsibility

if TYPE_CHECKING:
    from creditrules.load.dossier_docs import (
        DossierDoc,
        ListingDoc,
        ObjectionDoc,
        RepairDoc,
        ResponsibilityDoc,
        SubjectDoc,
    )

_OF_SUBJECTS = frozenset({"subject", "target"})
_OF_LISTINGS = frozenset({"listing"})


class Linker:
    """Links one dossier; `problems` receives what is wrong, and what it returns is then not to be used."""

    def __init__(self, catalogue: Catalogue, places: Places, problems: Problems) -> None:
        self.catalogue = catalogue
        self.places = places
        self.problems = problems
        self.people: frozenset[str] = frozenset()
        self.placed: list[list[Placed]] = []

    def dossier(self, doc: DossierDoc) -> Dossier:
        """Return the dossier without its digest."""
        subjects: dict[str, Subject] = {}
        listings: list[Listing] = []
        roles: list[RoleHeld] = []
        natural: list[bool | None] = []
        self.people = frozenset(each.id for each in doc.subjects)
        for i, each in enumerate(doc.subjects):
            path: Path = ("subjects", i)
            kind = key_of(each.kind, self.catalogue.kinds, "CR418", (*path, "kind"), self.problems)
            natural.append(None if kind is None else self.catalogue.is_natural(kind))
            subjects[each.id] = self.subject(each, kind or "", natural[-1], path)
            roles += self.roles(each, path)
            for j, listing in enumerate(each.listings):
                listings.append(self.listing(listing, each.id, (*path, "listings", j)))
        self.check_events(listings)
        if not doc.subjects:
            self.problems.add("CR441", ("subjects",))
        check_distinct(doc, self.problems)
        check_references(doc, natural, self.problems)
        check_versions(doc, self.problems)
        return Dossier(subjects, tuple(listings), tuple(roles))

    def subject(self, doc: SubjectDoc, kind: str, natural: bool | None, path: Path) -> Subject:
        """Return a subject; the region of an organisation is read from its code when it is not stated."""
        check_identity(doc, natural, path, self.problems)
        code = None if doc.code is None else compact(doc.code)
        return Subject(
            id=doc.id,
            kind=kind,
            name=doc.name,
            code=code,
            id_number=None if doc.id_number is None else compact(doc.id_number),
            region=doc.region or (None if code is None else code[2:8]),
            facts=read_facts(doc.facts, _OF_SUBJECTS, (*path, "facts"), self.catalogue.facts, self.problems),
            span=self.places.span(path),
        )

    def roles(self, doc: SubjectDoc, path: Path) -> list[RoleHeld]:
        """Return the roles a subject holds."""
        held: list[RoleHeld] = []
        first: dict[tuple[object, ...], Path] = {}
        for i, each in enumerate(doc.roles):
            place = (*path, "roles", i)
            check_role(each, place, self.problems)
            if is_relative(each.role):
                self.problems.add("CR411", (*place, "role"), word=each.role)
                continue
            role = key_of(each.role, self.catalogue.roles, "CR420", (*place, "role"), self.problems)
            if role is None:
                continue
            same = first.setdefault((each.organisation, role, each.since, each.recorded), place)
            if same != place:
                self.problems.add("CR440", (*place, "role"), same, word=each.role)
            days = (each.since, each.until, each.confirmed, each.recorded)
            held.append(RoleHeld(doc.id, each.organisation, role, *days))
        return held

    def listing(self, doc: ListingDoc, subject: str, path: Path) -> Listing:
        """Return a listing of a subject."""
        placed = read_events(doc.events, self.people, path, self.places, self.problems)
        self.placed.append(placed)
        by_event = next((e.on for e, _ in placed if e.kind is EventKind.DETERMINATION), None)
        check_listing(doc, path, self.problems, by_event)
        capacity, place = doc.capacity, (*path, "capacity")
        if capacity is not None:
            capacity = key_of(capacity, self.catalogue.capacities, "CR422", place, self.problems)
        listing = Listing(
            id=doc.id,
            subject=subject,
            list=list_of(doc.list, self.catalogue.lists, (*path, "list"), self.problems) or "",
            authority=doc.authority,
            doc_no=doc.doc_no,
            capacity=capacity,
            conduct_since=doc.conduct.since if doc.conduct else None,
            conduct_until=doc.conduct.until if doc.conduct else None,
            determined=doc.determined,
            served=doc.served,
            aggregated=doc.aggregated,
            published=doc.published,
            since=doc.since,
            until=doc.until,
            review=doc.review,
            removed=doc.removed,
            revoked=doc.revoked,
            publishable=doc.publishable,
            findings=tuple(_finding(each) for each in doc.findings),
            findings_complete=doc.findings_complete,
            objections=tuple(_objection(each) for each in doc.objections),
            repairs=tuple(_repair(each) for each in doc.repairs),
            events=tuple(event for event, _ in placed),
            facts=read_facts(doc.facts, _OF_LISTINGS, (*path, "facts"), self.catalogue.facts, self.problems),
            recorded=doc.recorded,
            span=self.places.span(path),
        )
        check_fields(listing, placed, path, self.problems)
        # What was recorded later counts only from then on, so it cannot be folded in for good.
        return listing if any(event.recorded for event in listing.events) else folded(listing)

    def check_events(self, listings: Sequence[Listing]) -> None:
        """Warn of what is odd about the events of all listings."""
        for listing, placed in zip(listings, self.placed, strict=True):
            if placed:
                whole = folded(listing)
                check_order(whole, placed, self.problems)
                same = [v for v in listings if v.subject == listing.subject and v.list == listing.list]
                check_relisting([folded(v) for v in same if v.id != listing.id], placed, self.problems)
        check_years((each for placed in self.placed for each in placed), self.problems)


def _finding(doc: ResponsibilityDoc) -> ResponsibilityFinding:
    finds = Responsibility(doc.finds)
    return ResponsibilityFinding(doc.person, finds, doc.on, doc.authority, doc.doc_no, doc.recorded)


def _objection(doc: ObjectionDoc) -> Objection:
    return Objection(doc.filed, doc.suspends, doc.decided, _outcome(doc.outcome), doc.recorded)


def _repair(doc: RepairDoc) -> Repair:
    return Repair(doc.applied, doc.decided, _outcome(doc.outcome), doc.revoked, doc.recorded)


def _outcome(word: str | None) -> Outcome | None:
    return None if word is None else Outcome(word)
