"""Runs of many cases: the same answers from one process and from several, however these are started."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from creditrules.errors import EngineError, UsageError
from creditrules.policy import running
from creditrules.policy.gathering import Gathered, chosen, gathered, names_of
from creditrules.policy.results import RunResult
from creditrules.policy.rulebooks import Rulebooks, starts
from creditrules.policy.running import processors, run_all
from tests.policy.test_examples import FILE
from tests.support.examples import FOLDER, examples, shipped

FILES = [FOLDER / f"{name}.examples.yaml" for name in ("patents", "accounting", "timelines")]


@pytest.fixture
def files(tmp_path: Path) -> list[Gathered]:
    """Return some files: good ones, one whose case differs, one that cannot be read."""
    bad, differing = tmp_path / "bad.examples.yaml", tmp_path / "differing.examples.yaml"
    bad.write_text("examples: x\ncases: []\n", encoding="utf-8")
    differing.write_text(FILE.replace("EXPECT", "{status: {L1: repaired}}"), encoding="utf-8")
    return gathered([*FILES, tmp_path])


def told(result: RunResult) -> object:
    """Return what a run says, without how long it took."""
    return [
        (f.file, f.findings, [(c.name, c.span, c.differences, c.findings) for c in f.cases])
        for f in result.files
    ]


def test_files_are_run_in_order_and_counted(files: list[Gathered]) -> None:
    """A file that cannot be read keeps no other from being run."""
    result = run_all(files, shipped(), engine="indexed", jobs=1)

    assert [Path(file.file).name for file in result.files] == [
        "patents.examples.yaml",
        "accounting.examples.yaml",
        "timelines.examples.yaml",
        "bad.examples.yaml",
        "differing.examples.yaml",
    ]
    there = sum(len(file.examples) for file in files)
    assert (result.cases, result.failed, result.unread, result.passed) == (there, 1, 1, False)
    assert result.files[3].findings[0].code == "CR450"
    assert [case.name for case in result.files[4].failed] == ["the case"]
    assert all(case.seconds > 0 for file in result.files for case in file.cases)


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_several_processes_say_what_one_says(
    files: list[Gathered], way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How processes are started makes no difference either."""
    monkeypatch.setattr(running, "WAY", way)
    one = run_all(files, shipped(), engine="indexed", jobs=1)

    two = run_all(files, shipped(), engine="indexed", jobs=2)

    assert told(two) == told(one)
    assert (one.jobs, two.jobs) == (1, 2)


def test_few_cases_are_run_in_one_process() -> None:
    """Starting a process costs more than a handful of cases."""
    assert run_all(gathered(FILES[2:]), shipped(), engine="indexed").jobs == 1
    assert processors() >= 1


def test_progress_is_told_until_all_is_done() -> None:
    """From none to all, never back."""
    heard: list[tuple[int, int]] = []

    some = gathered(FILES[2:])
    run_all(some, shipped(), engine="indexed", jobs=1, progress=lambda *now: heard.append(now))

    number = len(some[0].examples)
    assert heard[0] == (0, number)
    assert heard[-1] == (number, number)
    assert heard == sorted(heard)


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_engine_that_does_not_exist_stops_the_run(jobs: int) -> None:
    """It is no finding of a case."""
    with pytest.raises(UsageError):
        run_all(gathered(FILES), shipped(), engine="none", jobs=jobs)


def test_engines_that_disagree_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is no fault of the example."""

    def disagree(*_: object, **__: object) -> None:
        raise EngineError([])

    monkeypatch.setattr(running, "run", disagree)

    with pytest.raises(EngineError):
        run_all(gathered(FILES), shipped(), jobs=1)


def test_cases_are_chosen_by_all_words() -> None:
    """In the name of the case, the name of the file or the memorandum, whatever the size of the letters."""
    files = gathered([FOLDER])

    some = chosen(files, ["tax-major-violations", "出境", "第2项"])

    assert {file.path.name for file in some} >= {"tax-major-violations.examples.yaml"}
    assert 0 < len(names_of(some)) < len(names_of(files))
    assert all("出境" in name for name in names_of(some))
    assert [file.path.name for file in chosen(files, ["PATENTS.examples"])] == ["patents.examples.yaml"]
    assert chosen(files, ["no such words"]) == []
    assert chosen(files, []) == files


def test_a_file_with_findings_is_chosen_by_its_name_alone(files: list[Gathered]) -> None:
    """It has no cases that could hold the words."""
    assert [file.path.name for file in chosen(files, ["bad"])] == ["bad.examples.yaml"]
    assert all(not file.findings for file in chosen(files, ["第"]))


def test_all_days_between_two_dates_of_the_catalogue_have_one_rulebook_but_for_the_day() -> None:
    """On every day of every example what is kept is what would be compiled."""
    books = Rulebooks(shipped())
    days = sorted({(step.on, case.doc.recalled) for case in examples() for step in case.steps})

    differing = []
    for on, recalled in days[::3]:
        compiled, kept = shipped().rulebook(on=on, recalled=recalled), books(on, recalled)
        if evolve(kept, key="") != evolve(compiled, key=""):
            differing.append((on, recalled))

    assert differing == []


def test_a_rulebook_of_another_day_has_a_key_of_its_own() -> None:
    """What engines keep for one day is not taken for another."""
    books = Rulebooks(shipped())
    first = starts(shipped())[-1] + timedelta(days=10)
    one, other = books(first, False), books(first + timedelta(days=1), False)

    assert books.span_of(first) == books.span_of(first + timedelta(days=1))
    assert one.rules is other.rules
    assert one.key != other.key
    assert (one.on, other.on) == (first, first + timedelta(days=1))


def test_the_dates_of_a_catalogue_begin_spans() -> None:
    """A memorandum may begin to bind on one of them, or a unit cease to act the day after."""
    found = starts(shipped())

    assert found == sorted(set(found))
    assert {date(2018, 3, 21), date(2020, 12, 18)} & set(found)
