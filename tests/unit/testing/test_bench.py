"""The bench compares answers before times, with whatever peers are installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from creditrules import load_catalogue
from creditrules.deliver.words import Words
from creditrules.errors import EngineError
from creditrules.evaluate.candidates import candidates
from creditrules.evaluate.durable import DurableEngine
from creditrules.testing import bench, bench_page, bench_shipped, bench_workload
from creditrules.testing.bench import Contestant, contest, present
from creditrules.testing.dossiers_for import dossiers_for
from creditrules.testing.peers import known
from creditrules.testing.peers.flat import FlatRulebook, work_facts, work_problem, work_rows
from creditrules.testing.peers.known import PEERS, is_installed, peer_named
from creditrules.testing.peers.problem import Fact
from creditrules.testing.plain_loop import PlainLoop, as_dict
from creditrules.testing.timing import Times, measure
from creditrules.testing.workload import rules, subjects

# DuckDB takes seconds for a table of a hundred columns.
SLOW = {"duckdb": (pytest.mark.slow,)}
installed = [
    pytest.param(name, marks=pytest.mark.skipif(not is_installed(name), reason="not installed"))
    for name in PEERS
]


@pytest.mark.parametrize("name", installed)
def test_a_peer_gives_the_rows_of_the_workload(name: str) -> None:
    """What is compared in speed says the same, subject by subject."""
    measures = rules()
    loop, peer = PlainLoop(measures), peer_named(name)(work_problem(measures))
    for subject in map(as_dict, subjects(40)):
        found = work_rows(subject, measures, peer.answer(work_facts(subject)))
        assert sorted(found, key=repr) == sorted(loop.rows(subject), key=repr)


@pytest.mark.parametrize(
    "name", [pytest.param(p.values[0], marks=[*p.marks, *SLOW.get(p.values[0], ())]) for p in installed]
)
def test_a_peer_gives_what_the_shipped_catalogue_comes_to(name: str) -> None:
    """Unknown values, dates, regions and roles of a real catalogue fit into the flat facts of a peer."""
    book = load_catalogue().rulebook(on=bench_shipped.ON)
    flat = FlatRulebook(book)
    peer = peer_named(name)(flat.problem)
    truths = set()
    for dossier in dossiers_for(book, 8):
        made = candidates(book, dossier)
        right = DurableEngine().hits(book, made)
        assert flat.hits(peer.answer(flat.facts(made))) == right
        truths |= {truth for _, _, truth in right}

    assert truths == {1, 2}


def test_the_dossiers_for_a_catalogue_are_the_same_every_time() -> None:
    """Nothing of the bench is left to chance."""
    book = load_catalogue().rulebook(on=bench_shipped.ON)

    assert list(dossiers_for(book, 5)) == list(dossiers_for(book, 5))


def _contestants(wrong: bool) -> list[Contestant]:
    inputs = [3, 1, 2]
    return [
        Contestant("one", lambda n: n, inputs, lambda n: n + 1),
        Contestant("two", lambda n: n, inputs, lambda n: n + 1 + (wrong and n == 2)),
    ]


def test_whoever_answers_something_else_is_not_timed() -> None:
    """A wrong answer ends the bench, with the name of who gave it and the input."""
    with pytest.raises(EngineError) as caught:
        contest("loop", _contestants(True), lambda n: n + 1, [3, 1, 2], than="one", size={})

    (finding,) = caught.value.findings
    assert (finding.code, finding.words) == ("CR598", {"name": "two", "number": "2"})


def test_equal_answers_are_timed_side_by_side() -> None:
    """Every contestant has a time for every input, and a count of compared answers."""
    section = contest("workload", _contestants(False), lambda n: n + 1, [3, 1, 2], than="one", size={})

    assert [(line.contestant.name, line.checked, len(line.times.each)) for line in section.lines] == [
        ("one", 3, 3),
        ("two", 3, 3),
    ]
    assert section.line("two").contestant.name == "two"


def test_the_least_of_several_passes_counts() -> None:
    """Medians and the rest are over inputs, not over passes; a slow contestant gets fewer inputs."""
    asked: list[int] = []
    fast, slow = measure([(asked.append, [1, 2, 3, 4]), (_spin, list(range(100)))], passes=2, seconds=0.02)

    assert asked == [1, 2, 3, 4] * 3
    assert len(fast.each) == 4
    assert 1 <= len(slow.each) < 100
    assert slow.median > fast.p99
    assert Times((1.0, 2.0, 9.0)).median == 2.0
    assert Times((1.0, 2.0, 9.0)).p99 == 9.0


def _spin(_: int) -> int:
    return sum(range(60_000))


def test_peers_that_are_absent_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody wonders why an engine is not in the table."""
    monkeypatch.setattr(bench, "is_installed", lambda name: name != "zen-engine")

    assert present(["zen-engine", "clipspy"]) == (["clipspy"], ["zen-engine"])
    assert present([]) == ([], [])


class _Forgetful:
    version = "0"

    def __init__(self, problem: Any) -> None:
        self._number = len(problem.rules)

    def answer(self, facts: Sequence[Fact]) -> list[list[int]]:
        return [[0] for _ in facts]


def test_a_peer_that_is_wrong_ends_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    """No number of the workload is shown beside wrong rows."""
    monkeypatch.setattr(bench, "is_installed", lambda name: True)
    monkeypatch.setattr(bench_workload, "peer_named", lambda name: _Forgetful)

    with pytest.raises(EngineError, match="CR598"):
        bench_workload.bench_workload(5, ["clipspy"])


@pytest.fixture(scope="module")
def section() -> bench.Section:
    """Return the bench on the shipped catalogue, small."""
    return bench_shipped.bench_shipped(load_catalogue(), 6, [], seconds=0.2)


def test_what_was_measured_is_told_in_both_languages(section: bench.Section) -> None:
    """Every line has a name in words, every column a head, and the table is Markdown."""
    for lang in ("zh", "en"):
        lines = bench_page.to_markdown([section], Words(lang)).splitlines()
        table = [line for line in lines if line.startswith("|")]
        assert len(table) == 2 + len(section.lines)
        assert {line.count("|") for line in table} == {10}
        assert "bench." not in "\n".join(lines)


def test_what_was_measured_is_told_to_programs(section: bench.Section) -> None:
    """JSON has the machine, the size of the work, and every line with its ratio."""
    data = json.loads(bench_page.to_json([section]))
    (found,) = data["sections"]

    assert set(data["machine"]) == {"cpu", "system", "python"}
    assert found["size"]["subjects"] == 6
    assert [line["name"] for line in found["lines"]][:4] == ["indexed", "durable", "checked", "reference"]
    assert next(line["times"] for line in found["lines"] if line["name"] == found["than"]) == 1.0
    assert all(0 < line["median"] <= line["p99"] for line in found["lines"])


def test_every_adapter_is_known_by_the_name_of_its_package() -> None:
    """A peer that can be named has an adapter, and every adapter can be named."""
    from importlib.resources import files

    modules = {
        path.name.removesuffix(".py")
        for path in files("creditrules.testing.peers").iterdir()
        if path.name.endswith(".py")
    }

    assert {module for _, module in known.PEERS.values()} == modules - {
        "__init__",
        "problem",
        "flat",
        "known",
    }
