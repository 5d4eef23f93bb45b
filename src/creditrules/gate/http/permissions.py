"""Gate: who may do what: one table for every operation of the service and every role.

`OWN` is what belongs to whoever asks: a unit's own pushes, messages and approvals, a district's own region.
Whatever belongs to somebody else is answered as if it were not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from attrs import evolve, frozen

from creditrules.decide.unit_kin import units_meant
from creditrules.desk.tokens import Principal
from creditrules.errors import Finding, Span, UsageError
from creditrules.model.catalogue import Catalogue


class Reach(StrEnum):
    """How far a role reaches in one operation."""

    NOTHING = "nothing"
    OWN = "own"
    ALL = "all"


@frozen
class Right:
    """How far each role reaches in one operation."""

    unit: Reach
    district: Reach
    clerk: Reach
    office: Reach

    def of(self, role: str) -> Reach:
        """Return how far a role reaches; a role nobody knows reaches nothing."""
        found: Reach = getattr(self, role, Reach.NOTHING) if role in ROLES else Reach.NOTHING
        return found


ROLES = ("unit", "district", "clerk", "office")
_NO, _OWN, _ALL = Reach.NOTHING, Reach.OWN, Reach.ALL

RIGHTS: Mapping[str, Right] = {
    # Whoever has a token: who he is, and what the catalogue calls things.
    "whoami": Right(_OWN, _OWN, _OWN, _OWN),
    "list_matters": Right(_ALL, _ALL, _ALL, _ALL),
    "list_units": Right(_ALL, _ALL, _ALL, _ALL),
    # Approvals: a unit asks for its own; a clerk for the unit his token names, for any when it names none.
    "check": Right(_OWN, _NO, _ALL, _ALL),
    "verify_receipt": Right(_ALL, _ALL, _ALL, _ALL),
    # Pushes: the unit they were made to answers; its district sees how far it has come.
    "list_pushes": Right(_OWN, _OWN, _NO, _ALL),
    "read_push": Right(_OWN, _OWN, _NO, _ALL),
    "answer_push": Right(_OWN, _NO, _NO, _ALL),
    "list_messages": Right(_OWN, _OWN, _NO, _ALL),
    "acknowledge_message": Right(_OWN, _OWN, _NO, _ALL),
    "list_orders": Right(_OWN, _OWN, _NO, _ALL),
    # Cases are the office's and, of its region, a district's.
    "list_cases": Right(_NO, _OWN, _NO, _ALL),
    "read_case": Right(_NO, _OWN, _NO, _ALL),
    "initiate": Right(_NO, _NO, _NO, _ALL),
    # What is held on somebody, for himself: at the counter, with a purpose.
    "view_subject": Right(_NO, _NO, _ALL, _ALL),
}

# What needs no token: whether the service is well, what it can do, and the page that asks for the token.
OPEN = frozenset({"health", "ready", "metrics", "openapi", "explain_problem", "page", "asset"})


def admit(operation: str, principal: Principal) -> Reach:
    """Return how far somebody reaches in an operation.

    Raises:
        UsageError: CR652, his role has no part in it.
    """
    right = RIGHTS.get(operation)
    reach = Reach.NOTHING if right is None else right.of(principal.role)
    if reach is Reach.NOTHING:
        raise _refused(operation, principal)
    return reach


def unit_asked(principal: Principal, unit: str | None, catalogue: Catalogue) -> str | None:
    """Return for which unit somebody asks; whoever has a unit asks for his own and need not name it.

    Raises:
        UsageError: CR652, he asks for another unit.
    """
    own = principal.unit if principal.role in ("unit", "clerk") else None
    if own is None:
        return unit
    same = units_meant(own, catalogue.units)
    if unit is not None and unit != own and not (same and same & units_meant(unit, catalogue.units)):
        raise _refused("check", principal)
    return own


def with_unit_key(principal: Principal, catalogue: Catalogue) -> Principal:
    """Return somebody whose unit is called as pushes call it: by its key where his token has its name."""
    keys = catalogue.units.by_name.get(principal.unit or "", ())
    return evolve(principal, unit=keys[0]) if len(keys) == 1 else principal


def _refused(operation: str, principal: Principal) -> UsageError:
    return UsageError([Finding("CR652", Span("token"), {"role": principal.role, "operation": operation})])
