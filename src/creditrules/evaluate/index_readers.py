"""Evaluate: how the indexed engine reads a field, straight from the entries of the dossier.

The other engines read candidates (`fields`). What two ways of reading agree on is right twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from creditrules.model.condition import Value
from creditrules.model.dossier import Facts, Listing, RoleHeld, Subject, fact_on
from creditrules.model.lists import ListKind
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import Status, carries, found, held, last_day, standing
from creditrules.model.words import Direction, HeldAt, Responsibility, Truth

# A field of one route: the listing, who is listed, the role (None: no role), whom an action falls on.
Reader = Callable[[Listing, Subject, RoleHeld | None, Subject], Value | None]

# No role is a value of its own, not an unknown one: a listed subject holds no office towards itself.
NO_ROLE = ""
# Codes of regions whose division is kept; a province has fewer.
_REGIONS = 4096
# What a truth value is as an answer.
ANSWER: tuple[bool | None, ...] = (False, None, True)


def reader(path: str, rulebook: Rulebook) -> Reader:
    """Return the function that reads a field on the day of a rulebook."""
    declared = rulebook.catalogue.facts.get(path)
    on, lists = rulebook.on, rulebook.catalogue.lists
    if declared is not None:
        return _fact(path, declared.about, declared.when_missing, on)
    head, _, tail = path.partition(".")
    match head, tail:
        case "held", _:
            return _held(HeldAt(tail), on)
        case "found", _:
            asked = Responsibility(tail)
            return lambda listing, subject, role, target: ANSWER[found(target.id, asked, listing, on)]
        case "relation", "":
            return lambda listing, subject, role, target: relation(subject, role).value
        case "role", "name":
            return lambda listing, subject, role, target: NO_ROLE if role is None else role.role
        case "subject", "region":
            division = lru_cache(_REGIONS)(rulebook.catalogue.units.division)
            return lambda listing, subject, role, target: division(subject.region)
        case "subject", "kind":
            return lambda listing, subject, role, target: subject.kind
        case "target", "kind":
            return lambda listing, subject, role, target: target.kind
        case "listing", "active":
            return lambda listing, subject, role, target: ANSWER[carries(listing, lists[listing.list], on)]
        case "listing", "on_record":
            return lambda listing, subject, role, target: ANSWER[on_record(listing, lists[listing.list], on)]
        case "listing", "publishable":
            return lambda listing, subject, role, target: listing.publishable is not False
        case "listing", _:
            return lambda listing, subject, role, target: getattr(listing, tail)
    raise KeyError(path)


def relation(subject: Subject, role: RoleHeld | None) -> Direction:
    """Return how a role joins the listed subject to somebody else; no role, to nobody."""
    if role is None:
        return Direction.SELF
    return Direction.ROLE if role.organisation == subject.id else Direction.ORGANISATION


def on_record(listing: Listing, kind: ListKind, on: date) -> Truth:
    """Say whether a listing is in the records: aggregated, and not revoked as wrong from the start."""
    may_be_revoked = listing.revoked is not None or listing.objections
    if may_be_revoked and standing(listing, last_day(listing, kind), on, kind.level).status is Status.REVOKED:
        return Truth.FALSE
    aggregated = listing.aggregated
    return Truth.of(aggregated <= on if isinstance(aggregated, date) else aggregated)


def _held(at: HeldAt, on: date) -> Reader:
    def read(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> bool | None:
        return False if role is None else ANSWER[held(role, at, listing, on)]

    def read_day(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> bool:
        if role is None:
            return False
        since, until = role.since, role.until
        return (since is None or since <= on) and (until is None or on <= until)

    return read_day if at is HeldAt.DAY else read


def _fact(name: str, about: str, missing: bool | None, on: date) -> Reader:
    def stated(facts: Facts) -> Value | None:
        value = fact_on(facts, name, on)
        return missing if value is None else value

    def of_listing(
        listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject
    ) -> Value | None:
        entries = listing.facts.get(name)
        if not entries:
            return missing
        # One entry that always holds is what most facts are.
        only = entries[0]
        return only.value if only.since is None and only.until is None else stated(listing.facts)

    def of_subject(
        listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject
    ) -> Value | None:
        entries = subject.facts.get(name)
        if not entries:
            return missing
        only = entries[0]
        return only.value if only.since is None and only.until is None else stated(subject.facts)

    def of_target(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> Value | None:
        return of_subject(listing, target, role, target)

    return {"listing": of_listing, "subject": of_subject, "target": of_target}[about]
