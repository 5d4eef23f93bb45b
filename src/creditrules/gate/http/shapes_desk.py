"""Gate: what the service says of pushes, messages, orders and cases."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from creditrules.gate.http.shapes import Doc, TextDoc

# A field may be called `list` below.
Strings = list[str]


class WhoDoc(Doc):
    """Whom a token stands for, and what it may do."""

    name: str
    role: str
    unit: str | None
    region: str | None
    may: list[str] = Field(description="The operations it may use. 可用的操作。")


class MatterDoc(Doc):
    """A matter of approvals; dotted keys run from broad to narrow."""

    key: str
    name: TextDoc


class MattersDoc(Doc):
    """Every matter of the catalogue."""

    catalogue: str
    matters: list[MatterDoc]


class UnitNameDoc(Doc):
    """A unit, and the bodies that act for it in regions."""

    key: str
    name: TextDoc
    locals: list[str]


class UnitsDoc(Doc):
    """Every unit of the catalogue that acts today."""

    units: list[UnitNameDoc]


class OrderDoc(Doc):
    """An order about a push that waits for its unit: to lift, or to take note of a change."""

    id: int
    push: int
    case: int | None = None
    kind: str
    because: str
    unit: str | None = None
    local: str | None = None
    target: str | None = None
    action: str | None = None
    ordered_at: str
    body: dict[str, Any] | None = None


class PushDoc(Doc):
    """A push: who is asked to do what about whom, and where it stands. `target` is a label, not a name."""

    id: int
    case: int
    unit: str
    local: str | None
    region: str | None
    target: str
    action: str
    state: str
    state_since: str
    round: int
    initiated_at: str
    respond_by: str | None
    responded_at: str | None
    feedback_at: str | None
    orders: list[OrderDoc]


class PushesDoc(Doc):
    """Some pushes, and what to send as `after` for the next ones."""

    pushes: list[PushDoc]
    next: int | None


class PersonDoc(Doc):
    """Who a label stands for; a natural person is masked here and named in full in messages alone."""

    label: str
    kind: str
    name: str
    number: str | None


class WholePushDoc(PushDoc):
    """A push with everything that is asked, and the steps that may be taken now."""

    list: str
    listing: str
    subject: PersonDoc | None
    asked: dict[str, Any] = Field(description="Measures, discretion, period, bases, ends, remedy. 所请事项。")
    may: Strings = Field(description="The answers the chart allows now. 现在可以作出的答复。")


class BookedDoc(Doc):
    """What became of an answer; `again` when the same was booked before."""

    push: int
    state: str
    again: bool


class WaitingDoc(Doc):
    """A message that waits: a CloudEvent that names in full whom it is about, or why there is none."""

    id: int
    key: str
    address: str
    kind: str
    added_at: str
    event: dict[str, Any] | None
    problem: str | None = None


class MessagesDoc(Doc):
    """Some messages that wait, in the order they were posted."""

    messages: list[WaitingDoc]
    next: int | None


class AcknowledgedDoc(Doc):
    """A message that has arrived."""

    id: int
    key: str
    at: str
    again: bool


class OrdersDoc(Doc):
    """Some open orders."""

    orders: list[OrderDoc]
    next: int | None


class CaseDoc(Doc):
    """A case: one listing, and where it stands. `subject` is a label, not a name."""

    id: int
    list: str
    listing: str
    subject: str
    region: str | None
    state: str
    status: str
    decided_on: str
    opened_at: str
    closed_at: str | None


class CasesDoc(Doc):
    """Some cases."""

    cases: list[CaseDoc]
    next: int | None


class CaseEventDoc(Doc):
    """What happened to a case: when, by whom and why."""

    entry: int
    at: str
    kind: str
    by: str
    because: str
    push: int | None


class WholeCaseDoc(CaseDoc):
    """A case with whom it is about, its pushes and what happened to it."""

    person: PersonDoc | None
    catalogue: str
    dossier: str
    pushes: list[PushDoc]
    events: list[CaseEventDoc]
    entry: int = Field(description="The number of this look-up in the ledger. 台账号。")


class SettledDoc(Doc):
    """What initiating came to: the cases, and how many steps of each kind were taken."""

    cases: list[int]
    counts: dict[str, int]
    changed: bool
