"""`creditrules bench`: what it prints, and what it says of a word it does not know."""

from __future__ import annotations

import json

import pytest

from tests.unit.cli.conftest import Run


def test_the_bench_of_the_shipped_catalogue_prints_a_table(run: Run) -> None:
    """Whoever asks sees the machine, each engine with its times, and against what they are told."""
    result = run("bench", "--catalogue", "shipped", "--subjects", "3", "--peers", "none", small=False)

    assert result.exit_code == 0
    assert "Python 3." in result.stdout
    assert "decide by checked" in result.stdout
    assert "times: as many times the median of our indexed" in result.stdout


@pytest.mark.slow
def test_the_whole_bench_is_told_as_json(run: Run) -> None:
    """Both catalogues are measured with every peer there is."""
    result = run("bench", "--subjects", "20", "--format", "json", small=False)
    workload, shipped = json.loads(result.stdout)["sections"]

    assert (workload["work"], shipped["work"]) == ("workload", "shipped")
    assert {line["name"] for line in workload["lines"]} >= {"loop", "indexed", "durable", "checked"}
    assert set(workload["tenfold"]) == {"indexed", "durable"}


def test_a_peer_nobody_knows_is_named_with_its_neighbours(run: Run) -> None:
    """A misspelt engine is told before anything is measured."""
    result = run("bench", "--peers", "zen,clipspy", small=False)

    assert result.exit_code == 2
    assert "CR597 there is no adapter for `zen`" in result.output
    assert "did you mean `zen-engine`?" in result.output


def test_populations_are_measured_when_asked_for(run: Run) -> None:
    """`--population` measures a whole population of a catalogue, beside copying its bytes."""
    given = ("bench", "--population", "500", "--catalogue", "shipped")
    table, text = run(*given, small=False), run(*given, "--format", "json", small=False)
    (section,) = json.loads(text.stdout)["sections"]

    assert (table.exit_code, table.stderr) == (0, "")
    assert "The shipped catalogue on a population" in table.stdout
    assert "by copying" in table.stdout
    assert [line["name"] for line in section["lines"]] == ["copy", "population"]
