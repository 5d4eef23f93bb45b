"""Workbooks of examples: what the shipped examples say is kept, and a template is ready to be filled in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from creditrules import load_catalogue
from creditrules.load.example_docs import ExampleDoc, read_examples
from creditrules.load.example_sheet import read_example_sheet
from creditrules.load.example_sheet_columns import SHEETS
from creditrules.model.catalogue import Catalogue
from creditrules.policy.examples import examples_of, run
from creditrules.policy.sample import sample_case
from creditrules.policy.sheet_book import to_bytes, write_book
from creditrules.policy.sheet_cases import rows_of
from creditrules.policy.sheet_template import template
from creditrules.policy.sheet_yaml import to_yaml
from tests.support.tree import ROOT, shown

FILES = sorted(
    [*ROOT.glob("examples/*.examples.yaml"), *ROOT.glob("plugins/*/src/*/examples/*.examples.yaml")]
)
LANGUAGES = ("zh", "en")


def _read(path: Path) -> ExampleDoc:
    return read_examples(path.read_bytes(), str(path)).doc


def _book(doc: ExampleDoc, lang: str) -> bytes:
    return to_bytes(write_book(rows_of(doc, lang)))


def _cells(data: bytes) -> dict[str, list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.rows] for sheet in book.worksheets}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_shipped_file_is_the_same_after_a_workbook_and_back(path: Path, lang: str) -> None:
    """YAML to workbook to YAML says the same, and a workbook made of that has the same cells."""
    doc = _read(path)
    data = _book(doc, lang)

    read = read_example_sheet(data, "x.examples.xlsx").doc
    text = to_yaml(read)

    assert read == doc
    assert read_examples(text, "x.examples.yaml").doc == doc
    assert _cells(_book(read_examples(text, "x.examples.yaml").doc, lang)) == _cells(data)
    assert "\\u" not in text


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_nothing_shipped_needs_the_sheet_of_what_is_left(path: Path) -> None:
    """What the shipped examples say has a column of its own, but for a list that is taken away as a whole."""
    assert [row for row in rows_of(_read(path), "zh").of["rest"] if row["value"] != "null"] == []


def test_the_same_cells_make_the_same_file() -> None:
    """A workbook does not change with the day it is written on."""
    doc = _read(FILES[0])

    assert _book(doc, "zh") == _book(doc, "zh")


def test_a_dossier_of_several_cases_stands_once_in_either_form() -> None:
    """Cases with the same dossier of their own name it; in YAML it is written once, under an anchor."""
    given = {"subjects": [{"id": "heji", "kind": "enterprise", "name": "丹东和记虚构食品有限公司"}]}
    cases = [{"name": n, "on": "2018-12-20", "given": given, "expect": {}} for n in ("甲", "乙")]
    doc = ExampleDoc.model_validate({"examples": "x", "cases": cases})

    book = rows_of(doc, "zh").of
    text = to_yaml(doc)

    assert [row["given"] for row in book["subjects"]] == ["heji"]
    assert [row["given"] for row in book["cases"]] == ["heji", "heji"]
    assert text.count("丹东和记虚构食品有限公司") == 1
    assert read_examples(text, "x").doc == doc


def test_yaml_writes_days_bare_and_chinese_as_it_is() -> None:
    """A policy officer can read what comes out."""
    doc = ExampleDoc.model_validate(
        {"examples": "x", "cases": [{"name": "第1项", "on": "2018-12-20", "expect": {}}]}
    )

    assert to_yaml(doc) == "examples: x\n\ncases:\n  - name: 第1项\n    on: 2018-12-20\n    expect: {}\n"


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    """The shipped catalogue."""
    return load_catalogue()


@pytest.fixture(scope="module")
def books(shipped: Catalogue) -> dict[str, openpyxl.Workbook]:
    """The template of one memorandum in both languages, as a spreadsheet program reads it."""
    memorandum = shipped.memoranda["tax-major-violations"]
    made = {lang: to_bytes(template(memorandum, shipped, lang)) for lang in LANGUAGES}
    return {lang: openpyxl.load_workbook(io.BytesIO(data)) for lang, data in made.items()}


def test_every_memorandum_has_a_sample_that_passes(shipped: Catalogue) -> None:
    """The case that a template shows is right: it is run like any other."""
    failing = {}
    for key, memorandum in shipped.memoranda.items():
        doc = sample_case(memorandum, shipped, "示例")
        example, *_ = examples_of(read_examples(to_yaml(doc), key), key)
        if not run(example, shipped, "indexed").passed:
            failing[key] = doc

    assert failing == {}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_template_is_a_file_of_examples_that_passes(lang: str, shipped: Catalogue) -> None:
    """What is generated can be read at once, and its sample passes."""
    data = to_bytes(template(shipped.memoranda["tax-major-violations"], shipped, lang))
    example, *_ = examples_of(read_example_sheet(data, "t.examples.xlsx"), "t.examples.xlsx")

    assert run(example, shipped, "indexed").passed


def test_a_template_freezes_headers_and_names_columns_in_its_language(
    books: dict[str, openpyxl.Workbook],
) -> None:
    """Every sheet that is filled in keeps its header in view, and says in its language what goes where."""
    zh, en = books["zh"], books["en"]

    assert [cell.value for cell in zh["案例"][1]][:6] == ["编号", "案例", "日期", "期望", "措施", "对谁"]
    assert [cell.value for cell in en["cases"][1]][:6] == ["no", "case", "on", "expect", "measure", "against"]
    read = [sheet for sheet in SHEETS if sheet.key != "rest"]
    assert all(zh[sheet.zh].freeze_panes for sheet in read)
    assert all(zh[sheet.zh].column_dimensions["A"].width >= 8 for sheet in read)


def test_a_template_offers_what_the_memorandum_knows(books: dict[str, openpyxl.Workbook]) -> None:
    """Measures, units, roles, facts and people are chosen from lists, not typed."""
    book = books["zh"]
    choices = {column[0].value: [c.value for c in column[1:] if c.value] for column in book["选项"].columns}
    offered = {
        (title, str(rule.sqref).split("2:")[0]): rule.formula1
        for title in ("案例", "职务", "事实", "列入")
        for rule in book[title].data_validations.dataValidation
        if rule.type == "list"
    }
    headers = {cell.value: cell.column_letter for cell in book["案例"][1]}

    assert choices["措施"][:3] == [1, 2, 3]
    assert choices["措施名称"][1] == "阻止出境"
    assert "国家税务总局" in choices["单位"]
    assert "法定代表人" in choices["职务"]
    assert choices["事实"][0].startswith("tax.")
    assert offered["案例", headers["措施"]].startswith("'选项'!$A$2:")
    assert offered["案例", headers["对谁"]].startswith("'主体'!$")
    assert offered["案例", headers["期望"]] == '"作出,不作出,不触及,未决,为何不"'
    assert len(choices["事实"]) > 50


def test_a_template_explains_every_column_in_both_languages(books: dict[str, openpyxl.Workbook]) -> None:
    """The first sheet names each column of each sheet in Chinese and English and says what it means."""
    for lang, title in (("zh", "说明"), ("en", "notes")):
        rows = [[cell.value for cell in row] for row in books[lang][title].iter_rows(min_row=8)]
        told = {(row[1], row[2]) for row in rows if row[1] and row[3] and row[4]}
        columns = {(c.zh, c.en) for sheet in SHEETS for c in sheet.columns}

        assert columns - told == set()
        assert books[lang].sheetnames[0] == title
