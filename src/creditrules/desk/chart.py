"""Desk: the published chart of a push: which event leads from which state to which, and whose it is.

Source of the three steps: 丹信办发〔2018〕14号 七 (发起—响应—反馈). What it leaves open (return, question,
lift) follows from what has to be said back and taken back.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from creditrules.errors import Finding, Span, UsageError


class PushState(StrEnum):
    """Where a push stands with the unit that received it."""

    INITIATED = "initiated"
    RECEIVED = "received"
    ASKED = "asked"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    NOT_APPLICABLE = "not_applicable"
    IMPLEMENTED = "implemented"
    NO_OCCASION = "no_occasion"
    LIFTING = "lifting"
    LIFTED = "lifted"
    WITHDRAWN = "withdrawn"


class PushEvent(StrEnum):
    """What happens to a push."""

    RECEIVE = "receive"
    ACCEPT = "accept"
    RETURN = "return"
    NOT_APPLICABLE = "not_applicable"
    ASK = "ask"
    ANSWER = "answer"
    IMPLEMENT = "implement"
    NO_OCCASION = "no_occasion"
    ORDER_CHANGE = "order_change"
    CONFIRM_CHANGE = "confirm_change"
    ORDER_LIFT = "order_lift"
    CONFIRM_LIFT = "confirm_lift"
    REISSUE = "reissue"
    WITHDRAW = "withdraw"


class CaseState(StrEnum):
    """Where a case stands: open, closing while an order is unconfirmed, closed."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


S, E = PushState, PushEvent

# The unit's own events; every other one is the office's.
OF_UNIT = frozenset(
    {
        *(E.RECEIVE, E.ACCEPT, E.RETURN, E.NOT_APPLICABLE, E.ASK),
        *(E.IMPLEMENT, E.NO_OCCASION, E.CONFIRM_CHANGE, E.CONFIRM_LIFT),
    }
)
# States in which a unit may be acting, or about to: the end of a listing has to reach it.
OUTSTANDING = frozenset(
    {S.INITIATED, S.RECEIVED, S.ASKED, S.ACCEPTED, S.IMPLEMENTED, S.NO_OCCASION, S.LIFTING}
)
# States in which the office waits for the first answer, and those in which it waits for feedback.
UNANSWERED = frozenset({S.INITIATED, S.RECEIVED})
WITHOUT_FEEDBACK = frozenset({S.INITIATED, S.RECEIVED, S.ASKED, S.ACCEPTED})

_ANSWERS = {
    E.ACCEPT: S.ACCEPTED,
    E.RETURN: S.RETURNED,
    E.NOT_APPLICABLE: S.NOT_APPLICABLE,
    E.ASK: S.ASKED,
    E.IMPLEMENT: S.IMPLEMENTED,
    E.NO_OCCASION: S.NO_OCCASION,
}
_FEEDBACK = {E.IMPLEMENT: S.IMPLEMENTED, E.NO_OCCASION: S.NO_OCCASION}
_BACK = {E.REISSUE: S.INITIATED, E.WITHDRAW: S.WITHDRAWN}


def _outstanding(state: PushState, leads: Mapping[PushEvent, PushState]) -> dict[PushEvent, PushState]:
    """An outstanding push may be changed or lifted by the office at any time."""
    return {**leads, E.ORDER_LIFT: S.LIFTING, E.ORDER_CHANGE: state, E.CONFIRM_CHANGE: state}


CHART: Mapping[PushState, Mapping[PushEvent, PushState]] = {
    S.INITIATED: _outstanding(S.INITIATED, {E.RECEIVE: S.RECEIVED, **_ANSWERS}),
    S.RECEIVED: _outstanding(S.RECEIVED, {E.RECEIVE: S.RECEIVED, **_ANSWERS}),
    S.ASKED: _outstanding(S.ASKED, {E.ANSWER: S.RECEIVED, **_ANSWERS}),
    S.ACCEPTED: _outstanding(
        S.ACCEPTED, {E.RETURN: S.RETURNED, E.NOT_APPLICABLE: S.NOT_APPLICABLE, E.ASK: S.ASKED, **_FEEDBACK}
    ),
    S.IMPLEMENTED: _outstanding(S.IMPLEMENTED, _FEEDBACK | {E.NO_OCCASION: S.IMPLEMENTED}),
    S.NO_OCCASION: _outstanding(S.NO_OCCASION, _FEEDBACK),
    S.RETURNED: _BACK,
    S.NOT_APPLICABLE: _BACK,
    # What a unit reports while a lift order is on its way is kept; the order stands until it is confirmed.
    S.LIFTING: {
        **dict.fromkeys((E.RECEIVE, E.CONFIRM_CHANGE, *_ANSWERS), S.LIFTING),
        E.CONFIRM_LIFT: S.LIFTED,
        # The listing came back before the unit confirmed.
        E.REISSUE: S.INITIATED,
    },
    S.LIFTED: {E.REISSUE: S.INITIATED},
    S.WITHDRAWN: {E.REISSUE: S.INITIATED},
}


def after(state: PushState, event: PushEvent) -> PushState:
    """Return the state an event leads to.

    Raises:
        UsageError: CR621, the chart knows no such step.
    """
    following = CHART[state].get(event)
    if following is None:
        words = {"event": event.value, "state": state.value, "known": ", ".join(sorted(CHART[state]))}
        raise UsageError([Finding("CR621", Span("desk"), words)])
    return following


def chart_of(party: str) -> str:
    """Return the chart as a Mermaid diagram; *party* `unit` or `office` leaves out the other's events."""
    lines = ["stateDiagram-v2", f"    [*] --> {S.INITIATED}"]
    for state, leads in CHART.items():
        for event, following in leads.items():
            if (event in OF_UNIT) is (party == "unit") or party == "all":
                lines.append(f"    {state} --> {following}: {event}")
    lines += [f"    {state} --> [*]" for state in (S.LIFTED, S.WITHDRAWN)]
    return "\n".join(lines)
