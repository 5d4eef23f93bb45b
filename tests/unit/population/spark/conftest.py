"""For the tests of Spark: one session for all that need one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.sparks import local_session


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Give a session in this process."""
    with local_session(tmp_path_factory.mktemp("spark")) as session:
        yield session
