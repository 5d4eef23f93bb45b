"""`test`: what it runs, what it says, how it ends, and what it writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from .conftest import SMALL, SOURCE, Run, process

CASES = """\
# a comment
examples: tax
given: known.yaml
cases:
  - name: 出境受限制
    on: 2018-12-20
    expect: {actions: [{measure: 1, against: wang}], status: {L1: active}} # kept
  - name: second
    on: 2018-02-15
    expect: {untouched: [{against: fengyuan}]}
"""
HERE = ("--catalogue", SMALL)


@pytest.fixture
def cases(folder: Path) -> Path:
    """Return a folder with cases that pass."""
    (folder / "one.examples.yaml").write_text(CASES, "utf-8")
    return folder


def differ(cases: Path) -> None:
    """Let one case expect something else than is decided."""
    (cases / "one.examples.yaml").write_text(CASES.replace("L1: active", "L1: repaired"), "utf-8")


def test_a_run_in_which_all_agrees_ends_with_zero(run: Run, cases: Path) -> None:
    """A table of the files, and one line that sums up."""
    result = run("test", ".", *HERE, "--lang", "en")

    assert result.exit_code == 0, result.output
    head, row, _, summed = result.stdout.splitlines()
    assert head.split() == ["file", "cases", "passed", "failed", "seconds"]
    assert row.split()[:4] == ["one.examples.yaml", "2", "2", "0"]
    assert summed.startswith("2 cases, all passed (")


def test_a_difference_is_told_in_full_and_ends_with_one(run: Run, cases: Path) -> None:
    """The case with its place, and what differs with its own."""
    differ(cases)

    result = run("test", ".", *HERE, "--lang", "zh")

    assert result.exit_code == 1
    assert "出境受限制 ─" in result.stdout
    assert "one.examples.yaml:5:11" in result.stdout
    assert "✗ 列入 L1 应为“已修复”，实为“生效中”  one.examples.yaml:7:67" in result.stdout
    assert result.stdout.splitlines()[-1].startswith("2 例，通过 1，不符 1（")


def test_findings_are_told_beside_the_cases_that_run(run: Run, cases: Path) -> None:
    """A file that cannot be read, and a case about nobody, keep no other from being run."""
    (cases / "bad.examples.yaml").write_text("examples: tax\ncases: []\n", "utf-8")
    strange = CASES.replace("{against: fengyuan}", "{against: fengyuen}")
    (cases / "one.examples.yaml").write_text(strange, "utf-8")

    result = run("test", *HERE, ".", "--lang", "en")

    assert result.exit_code == 1
    assert "bad.examples.yaml cannot be read" in result.stdout
    assert "CR450 `cases`: at least one entry is expected" in result.stdout
    assert "CR464 there is no subject `fengyuen`" in result.stdout
    assert "did you mean `fengyuan`?" in result.stdout
    assert "2 cases, 1 passed, 1 failed, files that could not be read: 1 (" in result.stdout


def test_nothing_has_passed_where_nothing_could_be_read(run: Run, cases: Path) -> None:
    """The line that sums up does not speak of success."""
    (cases / "bad.examples.yaml").write_text("examples: tax\ncases: []\n", "utf-8")

    result = run("test", *HERE, "bad.examples.yaml", "--lang", "en")

    assert result.exit_code == 1
    assert "0 cases, 0 passed, 0 failed, files that could not be read: 1 (" in result.stdout


def test_k_runs_the_cases_that_hold_the_words(run: Run, cases: Path) -> None:
    """The others are counted, not run."""
    result = run("test", ".", *HERE, "-k", "出境", "--lang", "en")

    assert result.exit_code == 0
    assert "1 case, passed, 1 not asked for" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nowhere",), "CR557"),
        (("empty",), "CR590"),
        ((".", "-k", "no such words"), "CR591"),
        ((".", "--jobs", "0"), "CR555"),
        ((".", "--jobs", "many"), "CR555"),
        ((".", "--engine", "none"), "CR531"),
        ((".", "--accept", "--watch"), "CR592"),
        ((".", "--format", "json", "--watch"), "CR592"),
        ((".", "--junit", "nowhere/out.xml"), "CR569"),
        ((".", "--format", "xml"), "CR556"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_command_line_that_is_wrong_ends_with_two(
    run: Run, cases: Path, arguments: tuple[str, ...], code: str, lang: str
) -> None:
    """What is wrong with it is a finding."""
    (cases / "empty").mkdir()

    result = run("test", *arguments, *HERE, "--lang", lang)

    assert result.exit_code == 2
    assert code in result.stderr


def test_an_empty_file_is_told_as_one(run: Run, cases: Path) -> None:
    """By its name, without a traceback."""
    (cases / "one.examples.yaml").write_text("", "utf-8")

    result = run("test", "one.examples.yaml", *HERE, "--lang", "en")

    assert result.exit_code == 1
    assert "CR111" in result.stdout


def test_results_are_given_as_json(run: Run, cases: Path) -> None:
    """Nothing else is written beside them."""
    differ(cases)

    data = json.loads(run("test", ".", *HERE, "--format", "json").stdout)

    assert (data["schema"], data["cases"], data["failed"]) == ("creditrules/test/1", 2, 1)
    assert data["files"][0]["cases"][0]["differences"][0]["kind"] == "status"


def test_results_are_written_as_junit_too(run: Run, cases: Path) -> None:
    """Beside what is told to people."""
    differ(cases)

    result = run("test", ".", *HERE, "--junit", "out.xml", "--lang", "en")

    root = xml.parse(cases / "out.xml").getroot()
    assert result.exit_code == 1
    assert (root.attrib["tests"], root.attrib["failures"]) == ("2", "1")
    assert [case.attrib["line"] for case in root.iter("testcase")] == ["5", "8"]


def test_accept_rewrites_what_differs_and_shows_it(run: Run, cases: Path) -> None:
    """The comment beside it stays, and then everything agrees."""
    differ(cases)

    result = run("test", ".", *HERE, "--accept", "--lang", "en")

    assert result.exit_code == 0, result.output
    assert "rewrote one.examples.yaml, cases: 1" in result.stdout
    assert (
        "  +    expect: {actions: [{measure: 1, against: wang}], status: {L1: active}} # kept"
        in result.stdout
    )
    assert "2 cases, all passed" in result.stdout
    assert (cases / "one.examples.yaml").read_text("utf-8") == CASES


def test_accept_leaves_what_cannot_be_run(run: Run, cases: Path) -> None:
    """Its findings have to be mended by whoever wrote it."""
    strange = CASES.replace("{against: fengyuan}", "{against: fengyuen}")
    (cases / "one.examples.yaml").write_text(strange, "utf-8")

    result = run("test", ".", *HERE, "--accept", "--lang", "en")

    assert result.exit_code == 1
    assert "left as it is: second (its findings have to be mended first)" in result.stdout
    assert "there is no expectation to rewrite" in result.stdout
    assert (cases / "one.examples.yaml").read_text("utf-8") == strange


def test_accept_of_a_run_in_which_all_agrees_rewrites_nothing(run: Run, cases: Path) -> None:
    """The file is not even touched."""
    before = (cases / "one.examples.yaml").stat().st_mtime_ns

    result = run("test", ".", *HERE, "--accept")

    assert result.exit_code == 0
    assert (cases / "one.examples.yaml").stat().st_mtime_ns == before


def test_accept_refuses_a_spreadsheet_and_says_what_to_do(run: Run, cases: Path) -> None:
    """What differs is told with its cells first."""
    differ(cases)
    assert run("example", "to-sheet", "one.examples.yaml", "two.examples.xlsx").exit_code == 0
    before = (cases / "two.examples.xlsx").read_bytes()

    result = run("test", "two.examples.xlsx", *HERE, "--accept", "--lang", "en")

    assert result.exit_code == 2
    assert "two.examples.xlsx:" in result.stdout
    assert "!" in result.stdout.split("expected listing L1 to be repaired", 1)[1].splitlines()[0]
    assert "CR592" in result.stderr
    assert "creditrules example to-yaml" in result.stderr
    assert (cases / "two.examples.xlsx").read_bytes() == before


def test_without_a_path_the_examples_beside_the_catalogue_are_run(run: Run, cases: Path) -> None:
    """Those of the shipped one when no catalogue is named; none is a finding."""
    none = run("test", *HERE, "--lang", "en")
    shipped = run("test", "-k", "出境 期满", "--lang", "en", "--engine", "reference")

    assert none.exit_code == 2
    assert "CR590" in none.stderr
    assert "not asked for" in shipped.stdout or "CR591" in shipped.stderr


def test_progress_is_not_written_into_a_file(cases: Path) -> None:
    """Only a terminal gets a bar."""
    result = process("test", ".", *HERE, "--jobs", "2", folder=cases)

    assert result.returncode == 0
    assert result.stderr == b""


@pytest.fixture
def watching(cases: Path) -> Iterator[subprocess.Popen[str]]:
    """Run the program so that it watches; it is ended whatever happens."""
    inherited = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "COLUMNS")}
    (cases / "two.examples.yaml").write_text(CASES, "utf-8")
    program = subprocess.Popen(
        [sys.executable, "-u", "-m", "creditrules", "test", ".", *HERE, "--watch", "--lang", "en"],
        cwd=cases,
        env={**inherited, "PYTHONPATH": SOURCE},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield program
    if program.poll() is None:
        program.kill()
    program.wait(10)
    assert program.stdout is not None
    program.stdout.close()


def until(program: subprocess.Popen[str], said: str) -> str:
    """Return what a program writes until it says something."""
    assert program.stdout is not None
    lines = []
    for line in program.stdout:
        lines.append(line)
        if said in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_watch_runs_what_a_change_concerns_and_ends_with_an_interrupt(
    cases: Path, watching: subprocess.Popen[str]
) -> None:
    """First everything, then the file that was changed alone; the end is quiet, and tells how it stood."""
    first = until(watching, "waiting for changes")
    time.sleep(0.2)
    differ(cases)
    second = until(watching, "waiting for changes")
    watching.send_signal(signal.SIGINT)
    last = until(watching, "ended")

    assert "4 cases, all passed" in first
    assert "changed: one.examples.yaml" in second
    assert "files run again: 1" in second
    assert "2 cases, 1 passed, 1 failed" in second
    assert "Traceback" not in last
    assert watching.wait(10) == 1
