"""`catalogue`: what a unit can do, on which basis, under which memoranda; and `check --citations`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from .conftest import DAY, SMALL, Run

HERE = ("--catalogue", SMALL)


def answered(run: Run, *asked: str) -> Any:
    """Return the JSON answer of the small catalogue."""
    result = run("catalogue", *asked, *HERE, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_unit_is_answered_with_measure_basis_and_document(run: Run) -> None:
    """The police take part in one measure, named with its document, its basis and its state."""
    said = run("catalogue", "--unit", "公安部", *HERE, "--lang", "zh").stdout

    parts = (
        "1 项措施，1 份文件",
        "发改财金〔2016〕2798号 税收备忘录",
        "国家税务总局、公安部",
        "（协助）",
        "第44条",
        "tax#1",
    )
    assert [part for part in parts if part not in said] == []


def test_the_json_answer_names_the_question_and_the_day(run: Run) -> None:
    """Schema, question, day and measures in canonical JSON."""
    data = answered(run, "--unit", "公安部", "--on", DAY)

    assert data["schema"] == "creditrules/measures/1"
    assert (data["on"], data["asked"]) == (DAY, {"unit": "公安部"})
    (measure,) = data["measures"]
    assert (measure["key"], measure["rank"]) == ("tax#1", "law")
    assert {unit["unit"] for unit in measure["effects"][0]["units"]} == {"new-tax", "police"}


@pytest.mark.parametrize(
    "asked",
    [
        ("--unit", "丹东市公安局"),
        ("--matter", "exit"),
        ("--matter", "出境"),
        ("--list", "税务黑名单"),
        ("--list", "tax-major"),
        ("--statute", "《中华人民共和国税收征收管理法》"),
        ("--kind", "exit_stop"),
        ("--effect", "exit control"),
        ("--stance", "sanction"),
        ("--unit", "公安部", "--matter", "exit", "--kind", "exit_stop", "--on", DAY),
    ],
)
def test_names_are_taken_as_people_write_them(run: Run, asked: tuple[str, ...]) -> None:
    """Keys, titles, aliases and local names find the same measure."""
    assert [measure["key"] for measure in answered(run, *asked)["measures"]] == ["tax#1"]


def test_an_answer_may_be_empty(run: Run) -> None:
    """A matter that nothing bites on is answered so, and that is no error."""
    result = run("catalogue", "--matter", "government_procurement", *HERE)

    assert result.exit_code == 0
    assert "No measure answers this." in result.stdout


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--unit", "公安步"), "CR532"),
        (("--matter", "exitt"), "CR566"),
        (("--list", "税务红名单"), "CR566"),
        (("--statute", "刑法"), "CR566"),
        (("--kind", "exit_stopp"), "CR566"),
        (("--effect", "exit_controll"), "CR566"),
        (("--stance", "sanctions"), "CR556"),
        (("--count-by", "day"), "CR556"),
        (("--format", "xlsx"), "CR568"),
        (("--format", "json", "--output", "nowhere/x.json"), "CR569"),
    ],
)
def test_what_is_not_known_is_a_usage_error(run: Run, asked: tuple[str, ...], code: str) -> None:
    """An unknown name is never answered with nothing; json mode reports in JSON."""
    result = run("catalogue", *asked, *HERE)

    assert result.exit_code == 2
    assert code in result.stderr


@pytest.mark.parametrize("what", ["unit", "matter", "list", "effect", "kind", "memorandum", "rank"])
def test_measures_are_counted(run: Run, what: str) -> None:
    """A count names what it counts by, in words and as data."""
    data = answered(run, "--count-by", what)
    said = run("catalogue", "--count-by", what, *HERE).stdout

    assert data["counts"][0]["measures"] == 1
    assert "measures" not in data
    assert said.startswith("1 measures of 1 documents\n")


def test_what_a_day_leaves_out_is_counted(run: Run) -> None:
    """Before its memorandum a measure does not stand, and the answer says why."""
    data = answered(run, "--on", "2015-01-01")

    assert data["measures"] == []
    assert data["left_out"] == [{"measures": 1, "reason": "not_yet_in_force"}]
    assert "not yet in force: 1" in run("catalogue", "--on", "2015-01-01", *HERE).stdout


def test_an_answer_is_written_to_a_file(run: Run, folder: Path) -> None:
    """`--output` takes the same text as the terminal."""
    shown = run("catalogue", *HERE, "--format", "json").stdout
    run("catalogue", *HERE, "--format", "json", "--output", "x.json")
    run("catalogue", *HERE, "--output", "x.txt")

    assert (folder / "x.json").read_text("utf-8") == shown
    assert "阻止出境" in (folder / "x.txt").read_text("utf-8")


def test_a_workbook_holds_measures_and_their_bases(run: Run, folder: Path) -> None:
    """One row a measure, one row a basis; what it wrote is said."""
    openpyxl = pytest.importorskip("openpyxl")
    result = run("catalogue", *HERE, "--format", "xlsx", "--output", "x.xlsx", "--count-by", "unit")
    book = openpyxl.load_workbook(folder / "x.xlsx")

    assert result.stdout == "wrote x.xlsx (1 measures of 1 documents)\n"
    assert book.sheetnames == ["counts", "measures", "bases"]
    assert [cell.value for cell in book["measures"][2]][3:5] == ["tax#1", "阻止出境"]
    assert book["bases"].max_row == 3


def test_without_the_package_the_way_to_install_it_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """CR567 names the extra."""
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = run("catalogue", *HERE, "--format", "xlsx", "--output", "x.xlsx")

    assert result.exit_code == 2
    assert "CR567" in result.stderr
    assert "creditrules[xlsx]" in result.stderr


def test_citations_are_checked_on_demand(run: Run) -> None:
    """Shares by rank come last; without the option nothing is said of them."""
    plain, checked = (run("check", SMALL, *more).stdout for more in ((), ("--citations",)))

    assert checked.startswith(plain.rstrip().splitlines()[0])
    assert "of those with an article" in checked
    assert "of those with an article" not in plain


def test_citations_as_json_hold_shares_and_what_is_not_verified(run: Run) -> None:
    """Shares, unverified and findings stand in one object."""
    data = json.loads(run("check", SMALL, "--citations", "--format", "json").stdout)

    assert data["schema"] == "creditrules/citations/1"
    assert data["shares"][0]["rank"] is None
    assert data["shares"][0]["verified"] == 3
    assert data["unverified"] == data["renumbered"] == []
    assert data["findings"] == json.loads(run("check", SMALL, "--format", "json").stdout)["findings"]
