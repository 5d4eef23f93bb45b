"""A service on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from creditrules.desk.store import Store
from tests.support.databases import Databases, databases, store
from tests.support.service import Served

__all__ = ["databases", "store"]


@pytest.fixture
def served(store: Store) -> Served:
    """A service with one case, once on each database."""
    return Served(store)


@pytest.fixture
def quick(databases: Databases) -> Iterator[Served]:
    """A service with one case, for what does not depend on the database."""
    made = databases.store("sqlite")
    yield Served(made)
    made.close()
