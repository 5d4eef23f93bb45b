"""Evaluate: what a candidate is, and how each of its fields is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import frozen

from creditrules.model.condition import Value
from creditrules.model.dossier import Listing, RoleHeld, Subject, fact_on
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import Standing, Status, found, held
from creditrules.model.words import Direction, HeldAt, Responsibility, Truth

SELF = -1


@frozen(slots=False)
class Seen:
    """One listing on the day: who is listed, and where the listing stands."""

    number: int
    listing: Listing
    subject: Subject
    standing: Standing
    last_day: date | None


@frozen(slots=False)
class Candidate:
    """One listing with one route to a target."""

    seen: Seen
    role_number: int
    role: RoleHeld | None
    direction: Direction
    target: Subject


Reader = Callable[[Candidate, date], Value | None]
_ANSWERS: tuple[bool | None, ...] = (False, None, True)
_WORDS = {direction: direction.value for direction in Direction}
_REVOKED = Status.REVOKED

# No role is a value of its own, not an unknown one: a listed subject holds no office towards itself.
NO_ROLE = ""


def reader(path: str, rulebook: Rulebook) -> Reader:
    """Return the function that reads a field from a candidate."""
    declared = rulebook.catalogue.facts.get(path)
    if declared is not None:
        return _fact_reader(path, declared.about, declared.when_missing)
    if path == "subject.region":
        return lambda c, on: rulebook.catalogue.units.division(c.seen.subject.region)
    head, _, tail = path.partition(".")
    match head:
        case "held":
            return _held_reader(HeldAt(tail))
        case "found":
            return _found_reader(Responsibility(tail))
        case "listing" if tail not in _LISTING:
            return _listing_reader(tail)
        case _:
            return _LISTING[tail] if head == "listing" else _OTHERS[path]


def _fact_reader(name: str, about: str, when_missing: bool | None) -> Reader:
    def read(candidate: Candidate, on: date) -> Value | None:
        if about == "listing":
            facts = candidate.seen.listing.facts
        else:
            facts = (candidate.seen.subject if about == "subject" else candidate.target).facts
        value = fact_on(facts, name, on) if name in facts else None
        return when_missing if value is None else value

    return read


def _held_reader(at: HeldAt) -> Reader:
    def read(candidate: Candidate, on: date) -> Value | None:
        if candidate.role is None:
            return False
        return _answer(held(candidate.role, at, candidate.seen.listing, on))

    return read


def _found_reader(asked: Responsibility) -> Reader:
    def read(candidate: Candidate, on: date) -> Value | None:
        return _answer(found(candidate.target.id, asked, candidate.seen.listing, on))

    return read


def _listing_reader(name: str) -> Reader:
    def read(candidate: Candidate, on: date) -> Value | None:
        value: Value | None = getattr(candidate.seen.listing, name)
        return value

    return read


def _answer(truth: Truth) -> bool | None:
    return _ANSWERS[truth]


def _on_record(candidate: Candidate, on: date) -> bool | None:
    # A listing revoked was wrong from the start: its record is deleted (1798号 on objections).
    if candidate.seen.standing.status is _REVOKED:
        return False
    aggregated = candidate.seen.listing.aggregated
    return aggregated <= on if isinstance(aggregated, date) else aggregated


_LISTING: dict[str, Reader] = {
    "active": lambda c, on: _answer(c.seen.standing.carries),
    "on_record": _on_record,
    # Publication is the rule; that it is forbidden is an exception somebody has to record.
    "publishable": lambda c, on: c.seen.listing.publishable is not False,
}
_OTHERS: dict[str, Reader] = {
    "relation": lambda c, on: _WORDS[c.direction],
    "role.name": lambda c, on: NO_ROLE if c.role is None else c.role.role,
    "subject.kind": lambda c, on: c.seen.subject.kind,
    "target.kind": lambda c, on: c.target.kind,
}
