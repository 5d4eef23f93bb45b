"""What tests of faults share: the nursery, and a world on each database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.nursery import Nursery
from tests.faults.world import World, small_catalogue
from tests.support.databases import BACKENDS, Databases, databases

__all__ = ["databases"]


@pytest.fixture(scope="session")
def folder_of_rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small catalogue."""
    return small_catalogue(tmp_path_factory.mktemp("rules") / "small")


@pytest.fixture(scope="session")
def nursery(folder_of_rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """What starts processes."""
    made = Nursery(folder_of_rules, tmp_path_factory.mktemp("nursery") / "notes")
    yield made
    made.close()


@pytest.fixture
def world_on(
    databases: Databases, nursery: Nursery, folder_of_rules: Path, tmp_path: Path
) -> Iterator[Callable[[str], World]]:
    """Make a world at a database."""
    made: list[World] = []

    def make(url: str) -> World:
        made.append(World(url, tmp_path, nursery, folder_of_rules))
        return made[-1]

    yield make
    for world in made:
        world.close()


@pytest.fixture
def one_world(databases: Databases, world_on: Callable[[str], World]) -> World:
    """A world on SQLite, for what does not depend on the database."""
    return world_on(databases.url("sqlite"))


@pytest.fixture(params=BACKENDS)
def world(databases: Databases, world_on: Callable[[str], World], request: pytest.FixtureRequest) -> World:
    """A world, once on each database."""
    return world_on(databases.url(request.param))
