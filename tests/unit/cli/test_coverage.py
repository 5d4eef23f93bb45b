"""`coverage` and `mutate` from the command line: what they print, write and answer, and what they refuse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.bench import EXAMPLES, MEMORANDUM
from tests.support.loading import small_texts

from .conftest import Run


@pytest.fixture
def bench(folder: Path) -> Path:
    """Return the working folder with a catalogue, its memorandum and its examples in it."""
    for name, text in small_texts().items():
        path = folder / "bench" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    (folder / "bench" / "memoranda" / "bench.yaml").write_text(MEMORANDUM, "utf-8")
    (folder / "bench" / "examples").mkdir()
    (folder / "bench" / "examples" / "bench.examples.yaml").write_text(EXAMPLES, "utf-8")
    return folder


HERE = ("--catalogue", "bench", "--lang", "en")


def test_examples_beside_the_catalogue_are_found(run: Run, bench: Path) -> None:
    """Nobody has to say where they lie."""
    result = run("coverage", *HERE, small=False)

    assert result.exit_code == 0, result.output
    assert "What the examples exercise (cases: 4)" in result.output
    assert "bench/memoranda/bench.yaml:" in result.output


def test_one_memorandum_is_told_whole(run: Run, bench: Path) -> None:
    """Every gap is listed, by whatever name the document is asked for."""
    result = run("coverage", "--memorandum", "虚构[2018]9号", *HERE, small=False)

    assert "when it fails" in result.output
    assert "more (--memorandum" not in result.output


def test_json_is_written_to_standard_output_or_into_a_folder(run: Run, bench: Path) -> None:
    """Both hold the same."""
    said = run("coverage", "--format", "json", *HERE, small=False).output
    run("coverage", "--format", "json", "--out", "report", *HERE, small=False)

    assert json.loads(said) == json.loads((bench / "report" / "coverage.json").read_text("utf-8"))
    assert json.loads(said)["case_list"][0]["file"] == "bench/examples/bench.examples.yaml"


def test_pages_are_written_into_a_folder(run: Run, bench: Path) -> None:
    """The door is named, and the document stands in its page line by line."""
    result = run("coverage", "--format", "html", "--out", "report", *HERE, small=False)

    assert "wrote report/index.html" in result.output
    assert 'id="L24"' in (bench / "report" / "bench.html").read_text("utf-8")


def test_less_than_what_was_asked_for_is_a_failure(run: Run, bench: Path) -> None:
    """A build can hold the share."""
    enough = run("coverage", "--fail-under", "5", *HERE, small=False)
    more = run("coverage", "--fail-under", "99.5", *HERE, small=False)

    assert (enough.exit_code, more.exit_code) == (0, 1)
    assert "below the 99.5% that was asked for" in more.output


def test_failing_cases_are_told_and_are_a_failure(run: Run, bench: Path) -> None:
    """They count for nothing, and somebody must know."""
    wrong = EXAMPLES.replace('{measure: "3", against: jia}', '{measure: "3", against: bing}')
    (bench / "bench" / "examples" / "bench.examples.yaml").write_text(wrong, "utf-8")

    for command in (("coverage",), ("mutate", "bench", "--operator", "drop_unit")):
        result = run(*command, *HERE, small=False)

        assert result.exit_code == 1
        assert "案件数" in result.output


def test_mutate_tells_what_nobody_noticed_and_leaves_with_nothing_wrong(run: Run, bench: Path) -> None:
    """Survivors are news, not a failure, unless a share is asked for."""
    result = run("mutate", "bench", "--jobs", "1", *HERE, small=False)

    assert result.exit_code == 0, result.output
    assert "no example fails when measure 2 is no longer carried out by 国务院" in result.output
    assert "bench/memoranda/bench.yaml:32" in result.output


def test_mutate_leaves_with_one_when_a_share_is_asked_for_and_missed(run: Run, bench: Path) -> None:
    """So a build can hold it."""
    result = run("mutate", "bench", "--fail-under", "90", "--max", "20", *HERE, small=False)

    assert result.exit_code == 1
    assert "below the 90% that was asked for" in result.output


def test_mutate_takes_operators_and_answers_in_json(run: Run, bench: Path) -> None:
    """Only the changes that were asked for are made."""
    said = run("mutate", "bench", "--operator", "drop_unit", "--format", "json", *HERE, small=False).output
    data = json.loads(said)

    assert {mutant["operator"] for mutant in data["mutants"]} == {"drop_unit"}
    assert data["tried"] == data["made"] == 4


def test_examples_can_be_named(run: Run, bench: Path) -> None:
    """Files and folders take the place of those beside the catalogue."""
    (bench / "few.examples.yaml").write_text(EXAMPLES.split("  - name: 情节")[0], "utf-8")

    result = run("coverage", "few.examples.yaml", *HERE, small=False)

    assert "(cases: 1)" in result.output


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (("coverage", "nowhere"), "CR557", 2),
        (("coverage", "known.yaml"), "CR450", 1),
        (("coverage", "nothing"), "CR590", 2),
        (("coverage", "--format", "html"), "CR594", 2),
        (("coverage", "--format", "pdf"), "CR556", 2),
        (("coverage", "--fail-under", "101"), "CR593", 2),
        (("coverage", "--fail-under", "much"), "CR593", 2),
        (("coverage", "--memorandum", "bunch"), "CR561", 2),
        (("coverage", "--format", "json", "--out", "known.yaml"), "CR569", 2),
        (("coverage", "unknown.examples.yaml"), "CR464", 1),
        (("mutate",), "CR552", 2),
        (("mutate", "bunch"), "CR561", 2),
        (("mutate", "bench", "--operator", "drop_rol"), "CR556", 2),
        (("mutate", "bench", "--max", "0"), "CR593", 2),
        (("mutate", "bench", "--max", "1.5"), "CR593", 2),
        (("mutate", "bench", "--jobs", "many"), "CR593", 2),
        (("mutate", "bench", "nowhere"), "CR557", 2),
    ],
)
def test_a_wrong_question_is_told_with_its_code(
    run: Run, bench: Path, arguments: tuple[str, ...], code: str, exit_code: int
) -> None:
    """No traceback, and the words say what to do."""
    (bench / "nothing").mkdir()
    case = "{name: x, on: 2018-12-20, expect: {untouched: [{against: jia, measure: '77'}]}}"
    (bench / "unknown.examples.yaml").write_text(f"examples: bench\ncases: [{case}]\n", "utf-8")

    result = run(*arguments, *HERE, small=False)

    assert code in result.output
    assert result.exit_code == exit_code
    assert "Traceback" not in result.output
