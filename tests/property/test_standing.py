"""Laws of listings: the quick answer whether one carries is the long one."""

from __future__ import annotations

from creditrules.model.status import carries, last_day, standing
from creditrules.testing.worlds import World
from tests.support.laws import law


@law
def test_whether_a_listing_carries_is_what_its_standing_says(world: World) -> None:
    """The quick way agrees with the status on every day on which anything may change."""
    for listing in world.seen().listings:
        kind = world.catalogue.lists[listing.list]
        end = last_day(listing, kind)
        days = {world.on, listing.determined, listing.since, listing.until, listing.removed, end}
        for on in filter(None, days):
            assert carries(listing, kind, on) is standing(listing, end, on, kind.level).carries
