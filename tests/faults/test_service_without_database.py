"""The service while its database is gone or its disk is full: it says so, and goes on afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults import invariants
from tests.faults.disks import fill, small_disk
from tests.faults.serving import Service, asked, token_of
from tests.faults.world import World, dossier
from tests.support.databases import Databases

__all__ = ["small_disk"]


def _question(number: int) -> dict[str, Any]:
    code = dossier(number)["subjects"][0]["code"]
    return {
        "matter": "government_procurement",
        "applicant": code,
        "on": "2018-12-20",
        "purpose": f"试{number}",
    }


def _unit(world: World) -> tuple[str, dict[str, Any]]:
    """Return a push, and what its unit says to it."""
    push = world.held()[0]
    headers = {"authorization": token_of(world, "unit", push.local or push.unit), "idempotency-key": "k1"}
    return f"/v1/pushes/{push.id}/answers", headers


def test_a_service_whose_server_is_gone_says_so_and_goes_on(
    databases: Databases, world_on: Callable[[str], World]
) -> None:
    """Questions, answers and dossiers are refused with 503 and kept nowhere; later the same are taken."""
    world = world_on(databases.url("postgresql"))
    world.initiated(dossier(1))
    clerk, office, service = token_of(world, "clerk"), token_of(world, "office"), Service(world)
    path, unit = _unit(world)
    new = {"dossier": dossier(2), "on": "2018-12-20"}
    service.start()
    try:
        assert asked(service, "/v1/checks", _question(1), authorization=clerk).status_code == 200
        databases.pause()
        try:
            gone = [
                asked(service, "/v1/checks", _question(1), authorization=clerk),
                asked(service, path, {"event": "accept", "details": {}}, **unit),
                asked(service, "/v1/dossiers", new, authorization=office),
            ]
            assert [(r.status_code, r.json()["code"]) for r in gone] == [(503, "CR625")] * 3
            assert (service.get("/health"), service.get("/ready")) == (200, 503)
        finally:
            databases.resume()
        _until_ready(service)
        back = [
            asked(service, "/v1/checks", _question(1), authorization=clerk),
            asked(service, path, {"event": "accept", "details": {}}, **unit),
            asked(service, "/v1/dossiers", new, authorization=office),
        ]
    finally:
        service.close()

    assert [reply.status_code for reply in back] == [200] * 3
    world.reach()
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def test_a_service_on_a_full_disk_answers_nothing_it_cannot_write_down(
    small_disk: Path, world_on: Callable[[str], World]
) -> None:
    """No verdict without its entry in the ledger; with room again everything is answered."""
    world = world_on(f"sqlite:///{small_disk}/desk.db")
    world.initiated(dossier(1))
    clerk, service = token_of(world, "clerk"), Service(world)
    path, unit = _unit(world)
    service.start()
    try:
        assert asked(service, "/v1/checks", _question(1), authorization=clerk).status_code == 200
        ballast = fill(small_disk)
        # What the log of SQLite has room for is still kept, and not more.
        statuses = [
            asked(service, "/v1/checks", _question(1), authorization=clerk).status_code for _ in range(40)
        ]
        assert 503 in statuses
        assert set(statuses) <= {200, 503}
        assert asked(service, path, {"event": "accept", "details": {}}, **unit).status_code == 503
        assert service.get("/health") == 200
        ballast.unlink()
        assert asked(service, "/v1/checks", _question(1), authorization=clerk).status_code == 200
        assert asked(service, path, {"event": "accept", "details": {}}, **unit).status_code == 200
    finally:
        service.close()

    with world.store.reading() as connection:
        entries = [row for row in invariants.ledger.rows(connection) if row["kind"] == "asked"]
    assert len(entries) == statuses.count(200) + 2
    world.worked()
    invariants.all_well(world.store, world.catalogue, world.receiver)


def _until_ready(service: Service) -> None:
    for _ in range(200):
        if service.get("/ready") == 200:
            return
        time.sleep(0.05)
    raise AssertionError(service.world.nursery.said())
