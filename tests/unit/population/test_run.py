"""A run writes whole files or none, goes on where it stopped, and keeps to its chunks."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from attrs import evolve

from creditrules.errors import EngineError, FactsError, UsageError
from creditrules.population import run as runs
from creditrules.population import run_population
from creditrules.population.kernel import ANSWERS
from creditrules.population.manifest import progress_of
from creditrules.population.writing import write_whole
from tests.support.crowds import decided as decided_at_once
from tests.support.crowds import people, rulebook, written
from tests.support.tree import PACKAGE


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """Return a folder with the tables of a small population."""
    return written(tmp_path / "in")


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_run_writes_every_table_and_a_report(crowd: Path, tmp_path: Path) -> None:
    """Answers, what explains them, the rejected, a manifest and a report; nothing of the work is left."""
    run = run_population(rulebook(), crowd, tmp_path / "out", chunks=3)
    names = {"manifest.json", "report.json"} | {
        f"{name}.parquet" for name in ("rules", "acts", "lists", "documents_set_aside")
    }
    chunks = {f"{name}/{n:05}.parquet" for name in (*ANSWERS, "rejects") for n in range(3)}

    assert _files(tmp_path / "out") == names | chunks
    assert run.sampled.subjects == 4
    assert run.rows["actions"] == decided_at_once()["actions"].height


def test_every_key_of_an_answer_is_explained_beside_it(crowd: Path, tmp_path: Path) -> None:
    """Rules, acts and lists are tables of their own, with bases, remedies and ends in words."""
    run_population(rulebook(), crowd, tmp_path / "out")
    parts = pl.read_parquet(tmp_path / "out" / "parts" / "*.parquet").cast({"rule": pl.String})
    actions = pl.read_parquet(tmp_path / "out" / "actions" / "*.parquet").cast({"unit": pl.String})
    rules = pl.read_parquet(tmp_path / "out" / "rules.parquet")
    acts = pl.read_parquet(tmp_path / "out" / "acts.parquet")

    joined = (
        parts.join(actions.select("action", "unit"), on="action")
        .join(rules, on="rule")
        .join(acts, on=["rule", "unit"])
    )

    assert joined.height == parts.height
    assert joined["bases"].list.len().min() > 0
    assert set(parts["action"].to_list()) == set(actions["action"].to_list())


@pytest.mark.parametrize("stopped_after", [0, 1, 2])
def test_a_run_goes_on_where_it_stopped(
    crowd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_after: int
) -> None:
    """Chunks that were done are not done again, and the result is that of a run nobody stopped."""
    whole = run_population(rulebook(), crowd, tmp_path / "whole", chunks=3)
    decide = runs._Running.decide

    def until(self: Any, number: int) -> Any:
        if number >= stopped_after:
            raise KeyboardInterrupt
        return decide(self, number)

    monkeypatch.setattr(runs._Running, "decide", until)
    with pytest.raises(KeyboardInterrupt):
        run_population(rulebook(), crowd, tmp_path / "out", chunks=3)
    assert progress_of(tmp_path / "out") == (stopped_after, 3)
    seen: list[int] = []
    monkeypatch.setattr(runs._Running, "decide", lambda self, n: seen.append(n) or decide(self, n))
    resumed = run_population(rulebook(), crowd, tmp_path / "out", resume=True)

    assert seen == list(range(stopped_after, 3))
    assert resumed.rows == whole.rows
    assert _files(tmp_path / "out") == _files(tmp_path / "whole")


def test_a_full_disk_leaves_no_half_file(
    crowd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be written whole is not there at all, what was there stays, and the run says why."""
    import pyarrow.parquet as pq

    write = pq.write_table

    def full(table: Any, where: Path, **options: Any) -> None:
        if where.parent.name == "parts":
            where.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")
        write(table, where, **options)

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(FactsError) as caught:
        run_population(rulebook(), crowd, tmp_path / "out")
    left = _files(tmp_path / "out")
    monkeypatch.setattr(pq, "write_table", write)
    run_population(rulebook(), crowd, tmp_path / "out", resume=True)

    assert [finding.code for finding in caught.value.findings] == ["CR489"]
    assert "the disk is full" in caught.value.findings[0].what()
    assert not any(file.startswith("parts/") for file in left)
    assert "report.json" in _files(tmp_path / "out")


def test_a_process_that_is_killed_leaves_whole_files(crowd: Path, tmp_path: Path) -> None:
    """After `kill -9` every file that is there can be read, and the run is resumed."""
    script = (
        "import os\n"
        "from creditrules.population import run as runs\n"
        "from creditrules.population.run import run_population\n"
        "from tests.support.crowds import rulebook\n"
        "write = runs.write_parquet\n"
        "def killed(path, table):\n"
        "    if path.parent.name == 'records' and path.name == '00001.parquet':\n"
        "        path.with_name('.00001.parquet.part').write_bytes(b'half')\n"
        "        os.kill(os.getpid(), 9)\n"
        "    write(path, table)\n"
        "runs.write_parquet = killed\n"
        f"run_population(rulebook(), {str(crowd)!r}, {str(tmp_path / 'out')!r}, chunks=3)\n"
    )
    root = PACKAGE.parents[1]
    environment = {**os.environ, "PYTHONPATH": f"{PACKAGE.parent}{os.pathsep}{root}"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)

    assert done.returncode == -9
    assert progress_of(tmp_path / "out") == (1, 3)
    for path in (tmp_path / "out").rglob("[0-9]*.parquet"):
        pl.read_parquet(path)
    run = run_population(rulebook(), crowd, tmp_path / "out", resume=True)
    assert run.rows["actions"] == decided_at_once()["actions"].height
    assert not any(file.endswith(".part") for file in _files(tmp_path / "out"))


@pytest.mark.parametrize(
    "changed",
    [
        lambda folder: {"known": date(2018, 6, 1)},
        lambda folder: {"rulebook": rulebook(date(2019, 8, 1))},
        lambda folder: written(folder, people() | {"facts": []}) and {},
    ],
)
def test_a_run_of_something_else_is_not_resumed(
    crowd: Path, tmp_path: Path, changed: Callable[[Path], dict[str, Any]]
) -> None:
    """Another day, another state of knowledge or other tables never go into one result."""
    run_population(rulebook(), crowd, tmp_path / "out")
    more: dict[str, Any] = changed(crowd)
    book = more.pop("rulebook", rulebook())

    with pytest.raises(UsageError, match="CR489"):
        run_population(book, crowd, tmp_path / "out", resume=True, **more)


def test_results_are_not_overwritten(crowd: Path, tmp_path: Path) -> None:
    """A folder that holds results, or anything else, is left alone."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("…", "utf-8")
    run_population(rulebook(), crowd, tmp_path / "out")

    for folder in ("out", "other"):
        with pytest.raises(UsageError, match="CR489"):
            run_population(rulebook(), crowd, tmp_path / folder)


def test_a_run_may_stop_at_the_first_broken_row(tmp_path: Path) -> None:
    """With `stop` nothing is decided without a row, and the rejected are written down."""
    rows = people()
    rows["listings"][0]["list"] = "?"
    source = written(tmp_path / "in", rows)

    with pytest.raises(FactsError, match="CR487"):
        run_population(rulebook(), source, tmp_path / "out", on_error="stop")
    assert pl.read_parquet(tmp_path / "out" / "rejects" / "*.parquet").height > 0
    assert not (tmp_path / "out" / "actions").exists()


def test_a_disagreement_with_the_reference_stops_the_run(
    crowd: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer leaves the engine that the reference engine does not give."""
    answers = runs.answers

    def wrong(*given: Any, **more: Any) -> Any:
        found = answers(*given, **more)
        return evolve(found, tables={**found.tables, "actions": found["actions"].slice(1)})

    monkeypatch.setattr(runs, "answers", wrong)
    with pytest.raises(EngineError, match="CR530"):
        run_population(rulebook(), crowd, tmp_path / "out")
    assert not (tmp_path / "out" / "actions").exists()


def test_memory_asks_for_chunks(crowd: Path, tmp_path: Path) -> None:
    """The less memory a run may take, the more chunks it makes, with one result."""
    small = run_population(rulebook(), crowd, tmp_path / "small", memory=1_000)
    large = run_population(rulebook(), crowd, tmp_path / "large")

    assert small.chunks > 1 == large.chunks
    assert small.rows == large.rows


def test_the_sample_is_as_large_as_asked_for(crowd: Path, tmp_path: Path) -> None:
    """Subjects are decided again as many as asked for, as far as there are any that anything may befall."""
    sizes = [
        run_population(rulebook(), crowd, tmp_path / f"out{n}", sample=n).sampled.subjects for n in (0, 2, 50)
    ]

    assert sizes == [0, 2, 4]


def test_a_draft_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """A file is replaced whole or stays as it was."""
    path = tmp_path / "file"
    path.write_text("before", "utf-8")

    def fail(draft: Path) -> None:
        draft.write_text("half", "utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="space"):
        write_whole(path, fail)
    assert _files(tmp_path) == {"file"}
    assert path.read_text("utf-8") == "before"


def test_who_is_decided_is_told_as_it_goes(crowd: Path, tmp_path: Path) -> None:
    """Progress is told step by step and ends with every chunk done."""
    told: list[tuple[str, int, int]] = []
    run_population(
        rulebook(), crowd, tmp_path / "out", chunks=2, told=lambda p: told.append((p.step, p.done, p.total))
    )

    assert told[-1] == ("deciding", 2, 2)
    assert {step for step, _, _ in told} == {"spreading", "deciding"}
