"""The bench of populations compares every row before it looks at a clock."""

from __future__ import annotations

import json
from typing import Any

import pytest

from creditrules import load_catalogue
from creditrules.deliver.words import Words
from creditrules.errors import EngineError
from creditrules.testing import bench_page, bench_population
from creditrules.testing.bench_population import (
    JOIN,
    OURS,
    bench_population_shipped,
    bench_population_workload,
)
from creditrules.testing.peers.known import is_installed


@pytest.fixture(autouse=True)
def _few_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the catalogues small."""
    monkeypatch.setattr(bench_population, "LISTS", 4)


def test_everybody_comes_to_the_same_rows() -> None:
    """Our engine, the kernel by hand and the join give equal rows, and each is timed."""
    told: list[tuple[int, int]] = []
    found = bench_population_workload(300, rounds=2, told=lambda *each: told.append(each))

    assert {line.rows for line in found.lines} == {None, found.compared}
    assert found.compared > 1000
    assert (JOIN in [line.name for line in found.lines]) == is_installed(JOIN)
    assert all(line.seconds > 0 for line in found.lines)
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize("spoil", [lambda rows: rows.slice(1), lambda rows: rows.slice(0, rows.num_rows - 1)])
def test_other_rows_are_not_timed(spoil: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row too few ends the measurement with the subject it is about."""
    right = bench_population.numpy_rows
    monkeypatch.setattr(bench_population, "numpy_rows", lambda *given: spoil(right(*given)))

    with pytest.raises(EngineError, match=r"CR598 `population` gives another answer for subject \d+"):
        bench_population_workload(100, (), rounds=1)


def test_what_was_measured_is_told_in_every_form() -> None:
    """Markdown and JSON hold each line, with its times by ours and by copying."""
    sections = [
        bench_population_workload(100, (JOIN,), rounds=1),
        bench_population_shipped(load_catalogue(), 400, rounds=1),
    ]
    page = bench_page.to_markdown(sections, Words("en"))
    work, shipped = json.loads(bench_page.to_json(sections))["sections"]

    assert "| copying the bytes | – | reads |" in page
    assert "rows, the same for everybody" in page
    assert "decided again by the reference engine" in page
    assert (work["work"], shipped["work"]) == ("population_workload", "population_shipped")
    ours = next(line for line in work["lines"] if line["name"] == OURS)
    assert (ours["by_ours"], ours["rows"]) == (1, work["compared"])
    assert shipped["sampled"] > 0


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads the table sees what was left out."""
    monkeypatch.setattr("creditrules.testing.bench.is_installed", lambda name: False)
    found = bench_population_workload(50, rounds=1)

    assert found.absent == (JOIN,)
    assert "Not installed, so not measured: duckdb" in bench_page.to_markdown([found], Words("en"))
