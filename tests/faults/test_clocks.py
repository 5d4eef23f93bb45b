"""A clock that jumps: nothing waits for days, the ledger does not run backwards, no key is used twice."""

from __future__ import annotations

from datetime import date

import pytest

from creditrules.desk import ledger
from tests.faults import invariants
from tests.faults.world import RETRY, World, dossier

DAY = 86_400


@pytest.mark.parametrize("jumps", [(0, 400 * DAY, 0), (0, -400 * DAY, 30 * DAY)], ids=["ahead", "back"])
def test_a_clock_that_jumps_loses_nothing(world: World, jumps: tuple[int, ...]) -> None:
    """Between initiating, failing and delivering the clock goes ahead, goes back, and ahead again."""
    clock = world.folder / "clock"
    world.receiver.plan = lambda key, n: "500" if n == 1 else "ok"
    changes = [{}, {"removed": "2019-01-10"}, {"labels": "x"}]
    for number, (jump, change) in enumerate(zip(jumps, changes, strict=True)):
        clock.write_text(str(jump))
        given = {"dossier": dossier(1 + number // 2, **change), "on": date(2019, 1, 11).isoformat()}  # type: ignore[arg-type]
        assert world.done("initiate", clock=str(clock), **given) == 0, world.nursery.said()
        world.reach()
        pid = world.start("work", retry=RETRY, clock=str(clock))
        clock.write_text(str(jump + 3 * DAY))
        world.nursery.wait(pid, 0.1)
        clock.write_text(str(jump))
        assert world.nursery.wait(pid) == 0, world.nursery.said()

    invariants.all_well(world.store, world.catalogue, world.receiver)
    with world.store.reading() as connection:
        times = [row["at"] for row in ledger.rows(connection)]
    assert times == sorted(times)
