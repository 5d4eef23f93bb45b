"""A decision that a statute attaches its effect to counts once it is served; a list waits for aggregation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from creditrules.model.dossier import Listing
from creditrules.model.status import Status, begins, standing
from creditrules.model.words import Level

DETERMINED, SERVED, LATER, TODAY = date(2025, 3, 10), date(2025, 3, 12), date(2025, 5, 1), date(2026, 6, 1)


def _listing(**entries: Any) -> Listing:
    given = {"determined": DETERMINED, "served": SERVED, **entries}
    return Listing(id="L", list="x", subject="a", **given)


@pytest.mark.parametrize("aggregated", [None, False, LATER])
def test_a_decision_counts_whether_aggregated_or_not(aggregated: date | bool | None) -> None:
    """No day of aggregation, a refusal of it and a late one are all the same to a decision."""
    listing = _listing(aggregated=aggregated)

    now = standing(listing, None, TODAY, Level.DECISION)

    assert (now.status, now.since) == (Status.ACTIVE, SERVED)
    assert begins(listing, Level.DECISION) == SERVED


@pytest.mark.parametrize("level", [Level.BLACKLIST, Level.WATCHLIST, Level.REDLIST])
def test_a_list_waits_for_aggregation(level: Level) -> None:
    """Joint measures follow from what has reached a platform."""
    assert standing(_listing(), None, TODAY, level).missing == "listing.aggregated"
    assert standing(_listing(aggregated=False), None, TODAY, level).status is Status.SERVED
    assert begins(_listing(aggregated=LATER), level) == LATER


@pytest.mark.parametrize(("served", "status"), [(None, Status.UNCERTAIN), (False, Status.DETERMINED)])
def test_a_decision_that_was_not_served_carries_nothing(served: bool | None, status: Status) -> None:
    """Service is what makes a decision known to whom it binds."""
    assert standing(_listing(served=served), None, TODAY, Level.DECISION).status is status
