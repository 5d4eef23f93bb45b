"""A database that goes away and comes back: whoever was at work goes on, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from creditrules.errors import EngineError
from tests.faults import invariants
from tests.faults.world import RETRY, World, dossier, until
from tests.support.databases import Databases


def test_a_server_that_is_gone_is_waited_for(databases: Databases, world_on: Callable[[str], World]) -> None:
    """PostgreSQL loses its power while workers deliver and somebody initiates; all go on when it is back."""
    world = world_on(databases.url("postgresql"))
    world.receiver.plan = lambda key, n: "500" if n < 2 else "ok"
    world.initiated(*(dossier(number) for number in range(1, 3)))
    pids = [world.start("work", retry=RETRY, jitter=n) for n in range(2)]
    cut_off = world.start("initiate", dossier=dossier(1, removed="2019-01-10"), on="2019-01-11")
    until(lambda: len(world.receiver.tried) > 2, world, *pids)
    databases.pause()
    try:
        assert world.nursery.wait(cut_off) in (0, 1)
        with pytest.raises(EngineError) as caught:
            invariants.whole(world.store)
        assert caught.value.findings[0].code == "CR625"
        assert [world.nursery.wait(pid, 0.2) for pid in pids] == [None, None], world.nursery.said()
    finally:
        databases.resume()

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    # Whether it was kept or not when the server went: to say it again is right either way.
    world.initiated(dossier(1, removed="2019-01-10"), on=date(2019, 1, 11))
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_file_that_another_program_holds_is_waited_for(
    databases: Databases, world_on: Callable[[str], World]
) -> None:
    """An SQLite file that somebody has locked, such as for a copy, makes everybody wait and loses nothing."""
    url = databases.url("sqlite")
    world = world_on(url)
    world.initiated(dossier(1))
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    pids = [
        world.start("work", retry=RETRY),
        world.start("initiate", dossier=dossier(2), on="2018-12-20"),
        world.start("answers", said=world.confirmations()),
    ]
    assert [world.nursery.wait(pid, 0.2) for pid in pids] == [None] * 3, world.nursery.said()
    assert world.receiver.booked == {}
    other.execute("ROLLBACK")
    other.close()

    assert {world.nursery.wait(pid) for pid in pids} == {0}, world.nursery.said()
    world.reach()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_file_that_stays_locked_is_told(
    databases: Databases, world_on: Callable[[str], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has waited in vain is told so, and has kept nothing."""
    from creditrules.desk import store as store_module

    monkeypatch.setattr(store_module, "_WAIT_MS", 50)
    url = databases.url("sqlite")
    world = world_on(url)
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(EngineError) as caught, world.store.writing():
        raise AssertionError("it was not locked")
    with pytest.raises(EngineError):
        store_module.open_store(url, key=world.folder / "secret")
    other.close()

    assert [finding.code for finding in caught.value.findings] == ["CR625"]
    assert "locked" in str(caught.value)
    invariants.whole(world.store)
