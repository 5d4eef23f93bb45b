"""Evaluate: conditions as closures over one route. No text of a document is ever compiled as code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from creditrules.evaluate.index_readers import Reader
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.dossier import Listing, RoleHeld, Subject

# Whether a condition holds for a route: the listing, who is listed, the role, whom an action falls on.
Closure = Callable[[Listing, Subject, RoleHeld | None, Subject], int]
Readers = Callable[[str], Reader]

FALSE, UNKNOWN, TRUE = 0, 1, 2


def closure(condition: Condition, readers: Readers, on: date) -> Closure:
    """Return the function that gives the truth of a condition; `readers` gives the reader of a path."""
    match condition:
        case All(parts):
            return _all(tuple(closure(part, readers, on) for part in parts))
        case Some(parts):
            return _some(tuple(closure(part, readers, on) for part in parts))
        case Not(Test() as test):
            return _test(test, readers(test.path), on, FALSE, TRUE)
        case Not(part):
            inner = closure(part, readers, on)
            return lambda listing, subject, role, target: TRUE - inner(listing, subject, role, target)
        case Test():
            return _test(condition, readers(condition.path), on, TRUE, FALSE)


def _all(parts: tuple[Closure, ...]) -> Closure:
    def every(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> int:
        truth = TRUE
        for part in parts:
            found = part(listing, subject, role, target)
            if not found:
                return FALSE
            if found < truth:
                truth = found
        return truth

    return every


def _some(parts: tuple[Closure, ...]) -> Closure:
    def any_of(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> int:
        truth = FALSE
        for part in parts:
            found = part(listing, subject, role, target)
            if found == TRUE:
                return TRUE
            if found:
                truth = found
        return truth

    return any_of


def _test(test: Test, read: Reader, on: date, passed: int, failed: int) -> Closure:
    """Return what gives *passed* when a known value passes the test, else *failed*; unknown stays unknown."""
    # Values and what they are compared with are of one type, as `load` has checked; none is looked at here.
    asked: Any = test.value

    def of(passes: Callable[[Any], bool]) -> Closure:
        def tested(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> int:
            value = read(listing, subject, role, target)
            return UNKNOWN if value is None else passed if passes(value) else failed

        return tested

    def at_least(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> int:
        value: Any = read(listing, subject, role, target)
        return UNKNOWN if value is None else passed if value >= asked else failed

    def equal(listing: Listing, subject: Subject, role: RoleHeld | None, target: Subject) -> int:
        value = read(listing, subject, role, target)
        return UNKNOWN if value is None else passed if value == asked else failed

    match test.op:
        case Op.IS:
            return equal
        case Op.AT_LEAST:
            return at_least
        case Op.IN:
            among = frozenset(asked)
            return of(lambda value: value in among)
        case Op.AT_MOST:
            return of(lambda value: value <= asked)
        case Op.MORE_THAN:
            return of(lambda value: value > asked)
        case Op.LESS_THAN:
            return of(lambda value: value < asked)
        case Op.EXISTS:
            return of(lambda value: value is not False)
        case Op.WITHIN:
            first = asked.before(on)
            return of(lambda value: first <= value <= on)
        case Op.NOT_OLDER:
            start = asked.before(on)
            return of(lambda value: value >= start)
