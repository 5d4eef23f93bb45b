"""A disk without room: what does not fit is not done, is told, and is done when there is room again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from creditrules.desk.channels import Address, NotDelivered
from creditrules.desk.folder import SpreadsheetFolder
from creditrules.desk.messages import Composer
from creditrules.desk.tables import outbox
from tests.faults import invariants
from tests.faults.disks import disk_of_a_server, fill, small_disk
from tests.faults.world import RETRY, World, dossier
from tests.support.databases import Databases

__all__ = ["disk_of_a_server", "small_disk"]


def test_a_full_disk_loses_nothing(small_disk: Path, world_on: Callable[[str], World]) -> None:
    """Whoever initiates, answers or delivers keeps nothing or all of it; with room everything goes on."""
    world = world_on(f"sqlite:///{small_disk}/desk.db")
    world.initiated(dossier(1))
    push = world.held()[0]
    said = [{"push": push.id, "unit": push.local or push.unit, "event": "accept", "key": "k1"}]
    ballast = fill(small_disk)

    refused = [world.done("initiate", dossier=dossier(n), on="2018-12-20") for n in range(2, 6)]
    assert refused[-1] == 1
    assert "CR625" in world.nursery.said()
    assert world.done("answers", said=said) == 1
    invariants.whole(world.store)
    pid = world.start("work", retry=RETRY)
    assert world.nursery.wait(pid, 0.3) is None, world.nursery.said()
    invariants.whole(world.store)
    ballast.unlink()

    assert world.nursery.wait(pid) == 0, world.nursery.said()
    assert world.done("answers", said=said) == 0
    world.initiated(*(dossier(number) for number in range(2, 5)))
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_server_whose_disk_is_full_loses_nothing(
    databases: Databases, disk_of_a_server: Path, world_on: Callable[[str], World]
) -> None:
    """PostgreSQL refuses what does not fit, and everybody waits or is told; with room everything goes on."""
    url, drop = databases.url_on(disk_of_a_server)
    world = world_on(url)
    try:
        world.initiated(dossier(1))
        push = world.held()[0]
        said = [{"push": push.id, "unit": push.local or push.unit, "event": "accept", "key": "k1"}]
        ballast = fill(disk_of_a_server)

        # Pages that are there already have some room.
        last = next(n for n in range(2, 60) if world.done("initiate", dossier=dossier(n), on="2018-12-20"))
        assert "No space left" in world.nursery.said()
        invariants.whole(world.store)
        pid = world.start("work", retry=RETRY)
        ended = world.nursery.wait(pid, 0.3)
        invariants.whole(world.store)
        ballast.unlink()

        assert (world.nursery.wait(pid) if ended is None else ended) == 0, world.nursery.said()
        assert world.done("answers", said=said) == 0
        world.initiated(*(dossier(number) for number in range(2, last + 1)))
        world.worked()
        invariants.all_well(world.store, world.catalogue, world.receiver)
    finally:
        world.store.close()
        drop()


def test_a_file_that_may_not_grow_keeps_what_it_has(world_on: Callable[[str], World], tmp_path: Path) -> None:
    """Where a process may write no more, the dossier that does not fit is refused whole."""
    world = world_on(f"sqlite:///{tmp_path}/desk.db")
    world.initiated(dossier(1))
    size = (tmp_path / "desk.db").stat().st_size

    assert world.done("initiate", dossier=dossier(2), on="2018-12-20", largest=size // 8) == 1
    assert "CR625" in world.nursery.said()
    invariants.whole(world.store)
    world.initiated(dossier(2))
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_sheet_is_on_a_full_disk_whole_or_not_at_all(
    small_disk: Path, world_on: Callable[[str], World], tmp_path: Path
) -> None:
    """A folder without room is no delivery and holds no half of a file; with room the file is there."""
    world = world_on(f"sqlite:///{tmp_path}/desk.db")
    world.initiated(dossier(1))
    with world.store.reading() as connection:
        row = connection.execute(select(outbox).where(outbox.c.kind == "push")).first()
    message = Composer(world.store, world.catalogue).message(row)
    address = Address("x", "spreadsheet", str(small_disk))
    ballast = fill(small_disk)

    with pytest.raises(NotDelivered, match="No space"):
        SpreadsheetFolder().deliver(message, address)
    assert list(small_disk.iterdir()) == [ballast]
    ballast.unlink()
    SpreadsheetFolder().deliver(message, address)
    assert [path.suffix for path in small_disk.iterdir()] == [".xlsx"]
