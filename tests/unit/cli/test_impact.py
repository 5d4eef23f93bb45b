"""`creditrules impact` and `creditrules redecide`, from the shell."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from tests.support.crowds import people, written

from .conftest import DAY, Run

# A capital above the limit and an added unit: two catalogues that stand on the shipped one.
_CATALOGUE = "catalogue: exercise\nversion: '{version}'\ntitle: {{zh: 练习目录, en: An exercise}}\n"
_MEMORANDUM = """\
memorandum: exercise
doc_no: 虚构财金〔2018〕1号
title: {{zh: 虚构备忘录, en: An invented memorandum}}
in_force: {{since: 2018-03-01}}
lists: [tax-major-violations]
covers:
  enterprise: [self, legal_representative]
measures:
  - n: 7
    heading: <限制>查询
    does: {{zh: 限制查询, en: No enquiries}}
    effect: prohibit
    discretion: {discretion}
    units: [{units}]
    checked: verified
"""


@pytest.fixture
def sides(folder: Path) -> Path:
    """Return a folder with a population `in`, and two catalogues, `before` and `after`."""
    written(folder / "in")
    for name, discretion, units in (("before", "may", "财政部"), ("after", "must", "财政部, 国家铁路局")):
        place = folder / name
        (place / "memoranda").mkdir(parents=True)
        (place / "catalogue.yaml").write_text(_CATALOGUE.format(version=name), "utf-8")
        text = _MEMORANDUM.format(discretion=discretion, units=units)
        (place / "memoranda" / "exercise.yaml").write_text(text, "utf-8")
    return folder


_GIVEN = (
    *("impact", "--catalogue", "default", "--before", "before", "--after", "after"),
    *("--population", "in", "--on", DAY),
)


def test_the_impact_is_told_as_text(run: Run, sides: Path) -> None:
    """What is gained and what changed is counted, named and explained, in either language."""
    english, chinese = run(*_GIVEN, "--lang", "en"), run(*_GIVEN, "--lang", "zh")

    assert (english.exit_code, english.stderr) == (0, "")
    assert re.search(r"\+ gained +4 +4", english.stdout)
    assert re.search(r"~ changed +4 +4", english.stdout)
    assert "discretion: stricter" in english.stdout
    assert "National Railway Administration" in english.stdout
    assert "+ 新增" in chinese.stdout
    assert "国家铁路局" in chinese.stdout


def test_everything_is_written_into_a_folder(run: Run, sides: Path) -> None:
    """Page, data, workbook, pictures and the differences themselves; only the differences name anybody."""
    result = run(*_GIVEN, "--out", "out", "--lang", "en")
    out = sides / "out"
    page = (out / "impact.html").read_text("utf-8")
    data = json.loads((out / "impact.json").read_text("utf-8"))
    book = load_workbook(out / "impact.xlsx")
    charts = sorted(path.name for path in out.glob("*.png"))

    assert "written to out" in result.stdout
    assert data["schema"] == "creditrules/impact/1"
    assert data["actions"] == {"gained": 4, "lost": 0, "changed": 4}
    assert book.sheetnames == [
        "summary",
        "by unit",
        "by measure",
        "by list",
        "by region",
        "by kind of subject",
        "samples",
    ]
    assert charts == ["by-kind.png", "by-list.png", "by-measure.png", "by-region.png", "by-unit.png"]
    assert all((out / name).read_bytes().startswith(b"\x89PNG") for name in charts)
    assert pl.read_parquet(out / "differences" / "actions.parquet").height == 8
    assert "&lt;限制&gt;查询" in page
    assert "<限制>" not in page
    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert page.count("<svg") == 5


def test_the_page_and_the_data_can_be_printed(run: Run, sides: Path) -> None:
    """`--format html` and `--format json` write to standard output, in UTF-8."""
    page = run(*_GIVEN, "--format", "html", "--lang", "zh")
    data = run(*_GIVEN, "--format", "json", "--sample", "2")

    assert '<html lang="zh-CN">' in page.stdout
    assert "目录的变动" in page.stdout
    assert len(json.loads(data.stdout)["samples"]) == 2


def test_one_catalogue_on_two_days(run: Run, sides: Path) -> None:
    """With another day on the side after, what ended is lost, and what cannot differ is not decided."""
    result = run("impact", "--population", "in", "--on", DAY, "--on-after", "2018-12-21", "--format", "json")

    assert json.loads(result.stdout)["decided"] == 0
    assert "from 2018-12-20 to 2018-12-21" in run(
        "impact", "--population", "in", "--on", DAY, "--on-after", "2018-12-21", "--lang", "en"
    ).stdout.replace("\n", " ")


def test_the_usage_of_impact_is_checked(run: Run, sides: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be compared, read or written is told with its place on the command line."""
    for given, code in (
        (("impact", "--population", "in", "--on", DAY), "CR490"),
        (("impact", "--population", "in", "--on", DAY, "--before", "nowhere"), "CR586"),
        (("impact", "--population", "none", "--on", DAY, "--on-after", "2019-01-01"), "CR482"),
        ((*_GIVEN, "--format", "xlsx"), "CR568"),
        ((*_GIVEN, "--out", "in/subjects.parquet"), "CR489"),
    ):
        result = run(*given)
        assert (result.exit_code, code in result.stderr) == (2, True), (given, result.stderr)
    monkeypatch.setitem(sys.modules, "polars", None)
    assert "CR497" in run(*_GIVEN).stderr


def test_without_matplotlib_all_but_the_pictures_is_written(
    run: Run, sides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page has its charts drawn into it; what is left out is said."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = run(*_GIVEN, "--out", "out", "--lang", "en")

    assert "matplotlib is not installed" in result.stderr
    assert (sides / "out" / "impact.html").is_file()
    assert not list((sides / "out").glob("*.png"))


def test_what_changed_is_decided_again(run: Run, folder: Path) -> None:
    """From a run and changed rows to differences and the run of the next day."""
    rows = people()
    written(folder / "in", rows)
    run("population", "in", "--on", DAY, "--out", "run")
    (folder / "changes").mkdir()
    (folder / "changes" / "listings.csv").write_text(
        "id,subject,list,determined,served,aggregated,review,removed\n"
        "La,a,tax-major-violations,2018-02-01,2018-02-01,2018-02-01,2020-01-01,2018-12-21\n",
        "utf-8",
    )
    given = ("redecide", "in", "--yesterday", "run", "--changes", "changes", "--on", "2018-12-21")
    result = run(*given, "--out", "next", "--tables-out", "tables", "--lang", "en")
    lost = pl.read_parquet(folder / "next" / "differences" / "actions.parquet")

    assert result.exit_code == 0, result.stderr
    assert "subjects decided again: 2; rows changed of 1" in result.stdout
    assert set(lost["target"]) == {"a", "p"}
    assert set(lost["change"].cast(pl.String)) == {"lost"}
    again = run("redecide", "tables", "--yesterday", "next", "--on", "2018-12-22", "--format", "json")
    assert json.loads(again.stdout)["decided"] == 0


def test_the_usage_of_redecide_is_checked(run: Run, folder: Path) -> None:
    """A folder without a run, a day before it, tables and changes at once."""
    written(folder / "in")
    run("population", "in", "--on", DAY, "--out", "run")
    for given, code in (
        (("in", "--yesterday", "in", "--on", DAY), "CR491"),
        (("in", "--yesterday", "run", "--on", "2018-12-19"), "CR493"),
        (("in", "--yesterday", "run", "--on", DAY, "--today", "in", "--changes", "in"), "CR496"),
        (("in", "--yesterday", "run"), "CR552"),
    ):
        result = run("redecide", *given)
        assert (result.exit_code, code in result.stderr) == (2, True), (given, result.stderr)
