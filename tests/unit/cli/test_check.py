"""`creditrules check`: what it shows, in which form, and with which code it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.cli.conftest import SMALL, Run, process

_TWO = ("--select", "CR319,CR304")
SUPPRESS = "suppress:\n  - {code: CR304, reason: {zh: 文件未写明, en: the document does not say}}\n"


@pytest.fixture
def world(folder: Path) -> Path:
    """Return a copy of the small catalogue whose memorandum has a warning and a note."""
    shutil.copytree(SMALL, folder / "world")
    path = folder / "world" / "memoranda" / "tax.yaml"
    path.write_text(path.read_text("utf-8").replace("    matters: [exit]\n", ""), "utf-8")
    return path


def test_warnings_are_shown_whole_and_grouped_by_file(run: Run, world: Path) -> None:
    """Under the name of the file, with the line and a caret; notes are counted below."""
    result = run("check", "world")
    lines = result.stdout.splitlines()

    assert result.exit_code == 0
    assert lines[0].startswith("── world/memoranda/tax.yaml: 1 warning")
    assert any(line.startswith("world/memoranda/tax.yaml:10:5: CR319 [warning]") for line in lines)
    assert "     1 × CR319 [warning] a measure without a matter" in lines
    assert "     1 × CR304 [note] a role without its time" in lines


def test_strict_lets_warnings_count(run: Run, world: Path) -> None:
    """Exit code 1 is for errors; with --strict for warnings too, and never for notes."""
    asked = ("check", "world", *_TWO)

    assert run(*asked).exit_code == 0
    assert run(*asked, "--strict").exit_code == 1
    assert run(*asked, "--strict", "--ignore", "CR319").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "shown", "not_shown"),
    [
        (("--select", "CR319"), ["CR319"], ["CR304"]),
        (("--select", "cr319,CR304"), ["CR319", "CR304"], ["CR216"]),
        (("--select", "CR3"), ["CR319", "CR304"], ["CR216"]),
        (("--ignore", "CR319", "--ignore", "CR304"), [], ["CR319", "CR304"]),
        (("--select", "CR3", "--ignore", "CR304"), ["CR319"], ["CR304"]),
    ],
)
def test_codes_are_chosen(
    run: Run, world: Path, arguments: tuple[str, ...], shown: list[str], not_shown: list[str]
) -> None:
    """By code, by the beginning of codes, one by one or with commas."""
    said = run("check", "world", *arguments).stdout

    assert [code for code in shown if code not in said] == []
    assert [code for code in not_shown if code in said] == []


@pytest.mark.parametrize("given", ["CR3O1", "no-basis", "C", "CR999"])
def test_a_code_that_does_not_exist_is_a_usage_error(run: Run, world: Path, given: str) -> None:
    """A slip would hide what was asked for."""
    result = run("check", "world", "--select", given)

    assert (result.exit_code, result.stderr[:5]) == (2, "CR564")


def test_severity_says_what_is_shown_whole(run: Run, world: Path) -> None:
    """Down to notes, or errors alone; the counts stay."""
    notes, errors = (run("check", "world", "--severity", s).stdout for s in ("note", "error"))

    assert "CR304 [note] `tax` reaches legal representative" in notes
    assert "──" not in errors
    assert "1 × CR319" in errors
    assert run("check", "world", "--notes").stdout == notes


def test_line_form_has_one_finding_a_line(run: Run, world: Path) -> None:
    """For editors: everything, or down to a severity."""
    lines = run("check", "world", *_TWO, "--format", "line", "--severity", "warning").stdout.splitlines()

    assert len(lines) == 1
    assert lines[0].startswith("world/memoranda/tax.yaml:10:5: CR319 [warning] `tax#1`")


def test_json_has_both_languages_and_the_excerpt(run: Run, world: Path) -> None:
    """What, why and fix in Chinese and English, with the place and the line."""
    found = json.loads(run("check", "world", "--format", "json").stdout)["findings"]
    (finding,) = (f for f in found if f["code"] == "CR319")

    assert finding["what"]["zh"].startswith("`tax#1`（阻止出境）")
    assert (finding["line"], finding["column"]) == (10, 5)
    assert finding["excerpt"] == "  - n: 1"


def test_sarif_names_rules_places_and_levels(run: Run, world: Path) -> None:
    """Code hosts read it: each result points to its rule and to a region of a file."""
    data = json.loads(run("check", "world", "--format", "sarif").stdout)
    (done,) = data["runs"]
    rules = [rule["id"] for rule in done["tool"]["driver"]["rules"]]
    (result,) = (r for r in done["results"] if r["ruleId"] == "CR319")

    assert data["version"] == "2.1.0"
    assert rules == sorted(set(rules))
    assert rules[result["ruleIndex"]] == "CR319"
    assert result["level"] == "warning"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "world/memoranda/tax.yaml"
    assert place["region"] == {"startLine": 10, "startColumn": 5, "endColumn": 6}


def test_what_is_let_stand_is_counted_and_shown_when_asked_for(run: Run, world: Path) -> None:
    """The number always, each with its reason with --suppressed, in the language of the run."""
    world.write_text(world.read_text("utf-8") + SUPPRESS, "utf-8")
    counted, shown = (
        run("check", "world").stdout,
        run("check", "world", "--suppressed", "--lang", "zh").stdout,
    )

    assert "1 more let stand, with a reason" in counted
    assert "CR304" not in counted
    assert "理由：文件未写明" in shown
    assert "CR304" in shown


def test_the_day_decides_and_is_told(run: Run, world: Path) -> None:
    """Under a later law a basis is not enough."""
    (world.parents[1] / "rules" / "strict.yaml").write_text(
        "regimes:\n"
        "  - {key: strict, title: {zh: 虚构, en: Invented}, since: 2021-01-01,\n"
        "     basis: {law: 通知, rank: law},\n"
        "     rules: [{rule: basis_for_reduction, types: [A], ranks: [constitution],\n"
        "              text: {zh: 不足, en: not enough}}]}\n",
        "utf-8",
    )
    now = run("check", "world", "--select", "CR302", "--notes").stdout
    then = run("check", "world", "--select", "CR302", "--notes", "--on", "2018-12-20").stdout

    assert "on 2021-01-01 nothing carries `tax#1`" in now
    assert "CR302" not in then


EXAMPLES = """\
examples: tax
cases:
  - name: 名单内的企业
    on: 2018-12-20
    given: {subjects: [{id: firm, kind: enterprise, name: 虚构公司}]}
    expect: {actions: [{measure: NUMBER, against: firm}]}
"""


def test_untested_measures_are_told_where_there_are_examples(run: Run, world: Path, folder: Path) -> None:
    """Beside the catalogue, or where --examples says; without examples nothing is said."""
    beside = world.parents[1] / "examples"
    asked = ("check", "world", "--select", "CR316")
    without = run(*asked).stdout
    beside.mkdir()
    (beside / "tax.examples.yaml").write_text(EXAMPLES.replace("NUMBER", "2"), "utf-8")
    untested = run(*asked).stdout
    other = folder / "other.examples.yaml"
    other.write_text(EXAMPLES.replace("NUMBER", "1"), "utf-8")
    elsewhere = run(*asked, "--examples", str(other)).stdout

    assert "CR316" not in without
    assert "1 × CR316" in untested
    assert "CR316" not in elsewhere


def test_examples_that_cannot_be_read_are_told_beside_the_rest(run: Run, world: Path, folder: Path) -> None:
    """The checks that need none still answer, and the exit code says that something is wrong."""
    (folder / "bad.examples.yaml").write_text("examples: tax\ncases: 5\n", "utf-8")
    result = run("check", "world", "--examples", "bad.examples.yaml")

    assert result.exit_code == 1
    assert "bad.examples.yaml:2:8: CR450" in result.stdout
    assert "CR319" in result.stdout


def test_examples_that_are_not_there_are_a_usage_error(run: Run, world: Path) -> None:
    """A path that leads nowhere is no folder without examples."""
    result = run("check", "world", "--examples", "nowhere")

    assert (result.exit_code, result.stderr[:5]) == (2, "CR557")


def test_a_document_that_does_not_load_is_not_checked(run: Run, world: Path) -> None:
    """What is wrong in the documents comes first, alone, and grouped like the rest."""
    world.write_text(world.read_text("utf-8").replace("effect: exit_control", "effect: nothing"), "utf-8")
    result = run("check", "world")

    assert result.exit_code == 1
    assert result.stdout.startswith("── world/memoranda/tax.yaml: 1 error")
    assert "CR319" not in result.stdout


def test_a_check_explains_itself(run: Run) -> None:
    """The page of a check is its docstring, in the language asked for."""
    english, chinese = run("explain", "CR306").stdout, run("explain", "cr306", "--lang", "zh").stdout

    assert "Looked at are the conditions of measures" in english
    assert "at_least: 5, less_than: 3" in english
    assert "检查措施、例外" in chinese
    assert "{" not in english.partition("wrong:")[0]


def test_the_program_checks_the_shipped_catalogue_as_a_process(folder: Path) -> None:
    """From the shell, in the language of the locale, the shipped catalogue: no errors, no warnings."""
    done = process("check", "--strict", folder=folder, LANG="zh_CN.UTF-8", PYTHONUTF8="1")
    said = done.stdout.decode("utf-8")

    assert done.returncode == 0, said
    assert "份备忘录" in said
    assert "警告" not in said
