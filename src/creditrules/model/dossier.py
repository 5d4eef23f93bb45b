"""Model: a dossier, which is what is known of one or more subjects, each entry with its days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from attrs import evolve, field, frozen

from creditrules.errors import Finding, Span
from creditrules.model.condition import Value
from creditrules.model.event import Event
from creditrules.model.time import covers
from creditrules.model.words import Outcome, Responsibility


@frozen
class FactEntry:
    """One statement of a fact: its value, the days it holds, the day it was recorded, and its source."""

    value: Value
    since: date | None = None
    until: date | None = None
    recorded: date | None = None
    source: str = ""


# Entries of one fact, the one recorded last first; INVARIANT: `load` sorts them so.
Facts = Mapping[str, tuple[FactEntry, ...]]


@frozen
class Subject:
    """信用主体: an organisation or a natural person; `id` is the dossier's own label, never an ID number.

    `code` is the unified social credit code, `id_number` the citizen number; `region` a GB/T 2260 code.
    """

    id: str
    kind: str
    name: str
    code: str | None = None
    id_number: str | None = None
    region: str | None = None
    facts: Facts = field(factory=dict)
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class ResponsibilityFinding:
    """责任认定: the document that finds a person responsible (or not) for the conduct behind a listing."""

    person: str
    finds: Responsibility
    on: date | None = None
    authority: str = ""
    doc_no: str = ""
    recorded: date | None = None


@frozen
class Objection:
    """An objection to a listing; `suspends` None: nobody recorded whether it stays the measures."""

    filed: date
    suspends: bool | None = None
    decided: date | None = None
    outcome: Outcome | None = None
    recorded: date | None = None


@frozen
class Repair:
    """An application for credit repair and what became of it; `revoked` ends a granted one."""

    applied: date | None = None
    decided: date | None = None
    outcome: Outcome | None = None
    revoked: date | None = None
    recorded: date | None = None


@frozen
class Listing:
    """列入名单: one determination that put a subject on a list.

    `served` and `aggregated` are three-valued: a day, `False` (it is known not to have happened), or None
    (not recorded). `findings_complete` says that the determination names everyone found responsible.
    `events` are what happened around it, by day; `creditrules.model.folding` says what they mean for the
    other fields.
    """

    id: str
    subject: str
    list: str
    authority: str = ""
    doc_no: str = ""
    capacity: str | None = None
    conduct_since: date | None = None
    conduct_until: date | None = None
    determined: date | None = None
    served: date | bool | None = None
    aggregated: date | bool | None = None
    published: date | None = None
    since: date | None = None
    until: date | None = None
    review: date | None = None
    removed: date | None = None
    revoked: date | None = None
    publishable: bool | None = None
    findings: tuple[ResponsibilityFinding, ...] = ()
    findings_complete: bool = False
    objections: tuple[Objection, ...] = ()
    repairs: tuple[Repair, ...] = ()
    events: tuple[Event, ...] = ()
    facts: Facts = field(factory=dict)
    recorded: date | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen
class RoleHeld:
    """职务: who is what in which organisation, from when to when.

    `confirmed` answers, for a clause that does not say when the role must be held, whether the authority
    holds this tenure to be the one that counts.
    """

    person: str
    organisation: str
    role: str
    since: date | None = None
    until: date | None = None
    confirmed: bool | None = None
    recorded: date | None = None

    def held_on(self, day: date) -> bool:
        """Say whether the role was held on a day."""
        return covers(self.since, self.until, day)


@frozen
class Dossier:
    """Everything known of the subjects one decision is about.

    `listings` holds one entry per version: a later entry with the same id corrects the earlier one from the
    day it was `recorded`. Roles likewise, by person, organisation, role and `since`. `notes` are warnings of
    reading it: what can still be said is said.
    """

    subjects: Mapping[str, Subject]
    listings: tuple[Listing, ...] = ()
    roles: tuple[RoleHeld, ...] = ()
    digest: str = ""
    notes: tuple[Finding, ...] = field(default=(), eq=False, repr=False)

    @cached_property
    def is_plain(self) -> bool:
        """Whether no entry was ever corrected or recorded late, so that every `known` day sees the same.

        A dossier with events is not: what they mean for their listing depends on which of them were known.
        """
        if any(listing.events for listing in self.listings):
            return False
        stated = (*(s.facts for s in self.subjects.values()), *(v.facts for v in self.listings))
        days = [entry.recorded for facts in stated for entries in facts.values() for entry in entries]
        for listing in self.listings:
            days += [listing.recorded, *(f.recorded for f in listing.findings)]
            days += [*(o.recorded for o in listing.objections), *(r.recorded for r in listing.repairs)]
        days += [role.recorded for role in self.roles]
        return not any(days)

    def as_known(self, known: date | None) -> Dossier:
        """Return the dossier as it stood on the day *known*; None: with everything recorded since."""
        subjects = {k: evolve(s, facts=_facts_known(s.facts, known)) for k, s in self.subjects.items()}
        listings = [_listing_known(v, known) for v in self.listings if _by(v.recorded, known)]
        newest: dict[str, Listing] = {}
        for version in sorted(listings, key=lambda v: v.recorded or date.min):
            newest[version.id] = version
        roles: dict[tuple[object, ...], RoleHeld] = {}
        for held in sorted(self.roles, key=lambda r: r.recorded or date.min):
            if _by(held.recorded, known):
                roles[(held.person, held.organisation, held.role, held.since)] = held
        return Dossier(subjects, tuple(newest.values()), tuple(roles.values()), self.digest, self.notes)


def _by(recorded: date | None, known: date | None) -> bool:
    return recorded is None or known is None or recorded <= known


def _listing_known(listing: Listing, known: date | None) -> Listing:
    # The fields that events fill are filled from what was known, so this cannot be done once and for all.
    from creditrules.model.folding import folded  # it makes listings, which are made here

    if known is None:
        return folded(listing)
    seen = evolve(
        listing,
        findings=tuple(f for f in listing.findings if _by(f.recorded, known)),
        objections=tuple(o for o in listing.objections if _by(o.recorded, known)),
        repairs=tuple(r for r in listing.repairs if _by(r.recorded, known)),
        events=tuple(e for e in listing.events if _by(e.recorded, known)),
        facts=_facts_known(listing.facts, known),
    )
    return folded(seen)


def _facts_known(facts: Facts, known: date | None) -> Facts:
    if known is None:
        return facts
    kept = {name: tuple(e for e in entries if _by(e.recorded, known)) for name, entries in facts.items()}
    return {name: entries for name, entries in kept.items() if entries}


def fact_on(facts: Facts, name: str, on: date) -> Value | None:
    """Return the value of a fact on a day, or None when nobody stated one for it."""
    for entry in facts.get(name, ()):
        if covers(entry.since, entry.until, on):
            return entry.value
    return None
