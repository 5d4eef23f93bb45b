"""The chart of a push."""

from __future__ import annotations

from itertools import product

import pytest

from creditrules.desk.chart import CHART, OF_UNIT, OUTSTANDING, PushEvent, PushState, after, chart_of
from creditrules.errors import UsageError


@pytest.mark.parametrize("state", sorted(OUTSTANDING - {PushState.LIFTING}))
def test_the_end_of_a_listing_reaches_every_outstanding_push(state: PushState) -> None:
    """Whatever a unit has answered so far, a lift can be ordered, and it ends when it is confirmed."""
    assert after(state, PushEvent.ORDER_LIFT) is PushState.LIFTING
    assert after(PushState.LIFTING, PushEvent.CONFIRM_LIFT) is PushState.LIFTED


@pytest.mark.parametrize("event", sorted(OF_UNIT - {PushEvent.CONFIRM_LIFT}))
def test_nothing_a_unit_says_undoes_a_lift_order(event: PushEvent) -> None:
    """While a lift is ordered, answers that crossed it leave it ordered."""
    assert after(PushState.LIFTING, event) is PushState.LIFTING


def test_every_state_can_be_reached_and_every_step_leads_somewhere() -> None:
    """The chart has neither an island nor an arrow into nothing."""
    reached, waiting = {PushState.INITIATED}, [PushState.INITIATED]
    while waiting:
        for following in CHART[waiting.pop()].values():
            if following not in reached:
                reached.add(following)
                waiting.append(following)

    assert reached == set(PushState) == set(CHART)


@pytest.mark.parametrize(("state", "event"), list(product(PushState, PushEvent)))
def test_a_step_is_in_the_chart_or_refused(state: PushState, event: PushEvent) -> None:
    """What the chart does not know is told, with what it knows."""
    if event in CHART[state]:
        assert after(state, event) is CHART[state][event]
    else:
        with pytest.raises(UsageError, match="CR621"):
            after(state, event)


def test_the_diagram_shows_every_step() -> None:
    """What is drawn is what holds."""
    drawn = chart_of("all")

    for state, leads in CHART.items():
        for event, following in leads.items():
            assert f"{state} --> {following}: {event}" in drawn
