"""Each disagreement ever found stays settled, and cases made by hand try what chance seldom finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from creditrules.evaluate.engines import engine_named
from creditrules.testing.conformance import check_world
from creditrules.testing.spelling import read_world, spell

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


@pytest.mark.parametrize("engine", ["indexed", "durable", "checked"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_engines_agree_on_a_kept_case(path: Path, engine: str) -> None:
    """An engine gives the matches and the decision of the reference on a kept case."""
    world = read_world(path.read_text("utf-8"))

    check_world(engine_named(engine), world)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_kept_case_matches_something(path: Path) -> None:
    """A case in which no rule can apply would say nothing, so none is kept."""
    world = read_world(path.read_text("utf-8"))

    assert engine_named("reference").matches(world.rulebook(), world.seen())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_kept_case_is_spelled_as_it_would_be_written(path: Path) -> None:
    """Writing a kept case again gives the file, below the lines that say what it is about."""
    written = path.read_text("utf-8")
    body = "".join(line for line in written.splitlines(keepends=True) if not line.startswith("#"))

    assert spell(read_world(written)) == body
