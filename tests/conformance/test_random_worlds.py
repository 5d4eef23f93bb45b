"""Every engine means the same as the reference: on random worlds, by matches and by decisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from creditrules.evaluate.engines import engine_named
from creditrules.testing.conformance import Disagreement, check_engine
from creditrules.testing.spelling import spell

CASES = Path(__file__).parent / "cases"
ENGINES = ("indexed", "durable", "checked")


@contextmanager
def _kept() -> Iterator[None]:
    """Keep the smallest world on which engines disagree, so that it is tried from now on."""
    try:
        yield
    except Disagreement as found:
        written = spell(found.world)
        name = sha256(written.encode()).hexdigest()[:8]
        (CASES / f"found-{name}.yaml").write_text(written, "utf-8")
        raise


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_gives_the_matches_and_the_decision_of_the_reference(name: str) -> None:
    """On two hundred random worlds an engine agrees with the reference."""
    with _kept():
        check_engine(engine_named(name), examples=200)


@pytest.mark.slow
@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_gives_them_for_long(name: str) -> None:
    """On thousands of random worlds an engine agrees with the reference."""
    with _kept():
        check_engine(engine_named(name), examples=4000)
