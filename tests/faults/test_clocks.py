"""A clock that jumps: nothing waits for days, the ledger does not run backwards, no key is used twice."""

from __future__ import annotations

from typing import Any

from creditrules.desk import ledger
from tests.faults import invariants
from tests.faults.world import RETRY, World, dossier

DAY = 86_400


def test_a_clock_that_jumps_loses_nothing(world: World) -> None:
    """Between initiating, failing and delivering the clock goes ahead and back, by days and by years."""
    clock = world.folder / "clock"
    world.receiver.plan = lambda key, n: "500" if n == 1 else "ok"
    steps: list[tuple[int, dict[str, Any]]] = [
        (0, {}),
        (400 * DAY, {"removed": "2019-01-10"}),
        (-400 * DAY, {"labels": "x"}),
    ]
    for number, (jump, change) in enumerate(steps):
        clock.write_text(str(jump))
        given = {"dossier": dossier(1 + number // 2, **change), "on": "2019-01-11"}
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
