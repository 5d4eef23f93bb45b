"""A workbook of examples is read by header, and whatever is wrong in it is told by sheet and cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from creditrules.errors import FactsError, Finding, UsageError
from creditrules.load.example_docs import ExampleFile
from creditrules.load.example_sheet import read_example_sheet

Rows = list[list[Any]]
FILE: Rows = [["备忘录", "关于"], ["tax", "示例"]]
CASES: Rows = [
    ["编号", "案例", "日期", "期望", "措施", "对谁", "单位"],
    [1, "阻止出境", date(2018, 12, 20), "作出", 2, "wang", "税务总局"],
    [None, None, None, "不触及", 2, "qinghe", None],
    [2, "已经结清", date(2018, 12, 20), "不触及", 2, "wang", None],
]
SUBJECTS: Rows = [
    ["案例", "编号", "类型", "名称", "行政区划"],
    [None, "qinghe", "enterprise", "丹东清禾虚构贸易有限公司", "210681"],
    [None, "wang", "自然人", "王虚构", None],
]
LISTINGS: Rows = [
    ["案例", "主体", "编号", "名单", "认定日期"],
    [None, "qinghe", "L1", "tax", date(2018, 6, 12)],
]
FACTS: Rows = [
    ["案例", "主体", "列入", "事实", "值"],
    [None, "qinghe", None, "tax.arrears", "是"],
    [2, "qinghe", None, "tax.arrears", "否"],
]
SHEETS: Mapping[str, Rows] = {"文件": FILE, "案例": CASES, "主体": SUBJECTS, "列入": LISTINGS, "事实": FACTS}


def book(**changed: Rows) -> Workbook:
    """Return a workbook of two cases, with some sheets as given."""
    made = Workbook()
    for sheet in made.worksheets:
        made.remove(sheet)
    for title, rows in {**SHEETS, **changed}.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return made


def saved(made: Workbook) -> bytes:
    """Return the file of a workbook."""
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def read(made: Workbook | bytes) -> ExampleFile:
    """Read a workbook."""
    return read_example_sheet(made if isinstance(made, bytes) else saved(made), "a.xlsx")


def found(made: Workbook | bytes) -> list[Finding]:
    """Return what is wrong with a workbook."""
    with pytest.raises(FactsError) as error:
        read(made)
    return list(error.value.findings)


def told(made: Workbook | bytes) -> list[tuple[str, str]]:
    """Return the codes and the cells of what is wrong."""
    return [(finding.code, finding.span.cell) for finding in found(made)]


def changed(title: str, **cells: Any) -> Workbook:
    """Return the workbook with some cells of one sheet as given."""
    made = book()
    for place, value in cells.items():
        made[title][place] = value
    return made


def test_rows_make_cases_and_a_row_with_a_case_changes_that_case_alone() -> None:
    """Continuation rows belong to the case above; the shared dossier is written once."""
    doc = read(book()).doc

    assert [case.name for case in doc.cases] == ["阻止出境", "已经结清"]
    first, second = doc.cases
    assert first.expect is not None
    assert first.expect.actions[0].model_dump(exclude_defaults=True) == {
        "unit": "税务总局",
        "measure": "2",
        "against": "wang",
    }
    assert first.expect.untouched[0].against == "qinghe"
    assert first.change == {}
    assert second.change == {"subjects": [{"id": "qinghe", "facts": {"tax.arrears": False}}]}
    assert isinstance(doc.given, dict)
    assert doc.given["subjects"][0]["listings"] == [
        {"id": "L1", "list": "tax", "determined": date(2018, 6, 12)}
    ]
    assert doc.given["subjects"][0]["region"] == "210681"


def test_columns_are_found_by_header_in_any_order_and_either_language() -> None:
    """What a column means is said by its header alone; one that begins with # is the writer's own."""
    rows = [
        ["against", "#my notes", "expect", "measure", "ON", "Case", "unit"],
        ["wang", "why?", "taken", 2, date(2018, 12, 20), "阻止出境", "税务总局"],
    ]
    made = book(案例=rows, 事实=[["主体", "事实", "值"]])
    made["案例"].title = "Cases"

    assert read(made).doc.cases[0].expect == read(book()).doc.cases[0].expect.model_copy(  # type: ignore[union-attr]
        update={"untouched": ()}
    )


def test_a_new_date_below_a_case_is_the_next_step_of_a_timeline() -> None:
    """A timeline is written as people would: one day after the other, with what changes on each."""
    rows = [
        CASES[0],
        [1, "先列入后移出", date(2018, 12, 20), "作出", 2, "wang", None],
        [None, None, date(2020, 6, 21), "不触及", 2, "wang", None],
    ]
    facts = [["案例", "步骤", "主体", "事实", "值"], [1, 2, "qinghe", "tax.arrears", "否"]]
    by_day = [facts[0], [1, date(2020, 6, 21), *facts[1][2:]]]

    doc = read(book(案例=rows, 事实=facts)).doc

    steps = doc.cases[0].timeline
    assert [step.on for step in steps] == [date(2018, 12, 20), date(2020, 6, 21)]
    assert steps[1].change == {"subjects": [{"id": "qinghe", "facts": {"tax.arrears": False}}]}
    assert read(book(案例=rows, 事实=by_day)).doc == doc


def test_the_place_of_anything_in_a_case_is_its_cell() -> None:
    """Whoever checks names tells them by sheet and cell; what no cell holds is told by the row."""
    file = read(book())

    assert str(file.spans(0, "expect", "actions", 0, "unit")) == "a.xlsx:案例!G2"
    assert file.spans(0, "expect", "untouched", 0, "unit").cell == "案例!D3"
    assert file.spans(1).cell == "案例!B4"
    assert file.spans(1, "change", "subjects", 0, "facts", "tax.arrears").cell == "事实!E3"
    assert file.spans(0, "given", "subjects", 0, "listings", 0, "list").cell == "列入!D2"
    assert file.spans(1, "given", "subjects", 0, "facts", "tax.arrears").cell == "事实!E2"
    assert file.lines(file.spans(0, "expect", "actions", 0, "unit")) == "税务总局"


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells("B2:B3")


def _hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def _hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["E"].hidden = True


def _hidden_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "hidden"


def _very_hidden_sheet(sheet: Worksheet) -> None:
    sheet.sheet_state = "veryHidden"


def _error_value(sheet: Worksheet) -> None:
    sheet["G3"] = "#REF!"


def _formula(sheet: Worksheet) -> None:
    sheet["C4"] = "=C2+1"


@pytest.mark.parametrize(
    ("spoil", "code", "cell"),
    [
        (_merged, "CR472", "案例!B2:B3"),
        (_hidden_row, "CR471", "案例!3:3"),
        (_hidden_column, "CR471", "案例!E:E"),
        (_hidden_sheet, "CR471", "案例"),
        (_very_hidden_sheet, "CR471", "案例"),
        (_error_value, "CR476", "案例!G3"),
        (_formula, "CR476", "案例!C4"),
    ],
)
def test_what_a_sheet_hides_or_works_out_is_told(
    spoil: Callable[[Worksheet], None], code: str, cell: str
) -> None:
    """Merged cells, hidden rows, columns and sheets, formulas and error values are told where they are."""
    made = book()
    spoil(made["案例"])

    assert (code, cell) in told(made)


@pytest.mark.parametrize("sheet", ["隐藏的说明", "说明"])
def test_a_hidden_sheet_is_told_even_when_nobody_reads_it(sheet: str) -> None:
    """Whoever opens the workbook must see all of it."""
    made = book()
    made.create_sheet(sheet).sheet_state = "hidden"

    assert told(made) == [("CR471", sheet)]


@pytest.mark.parametrize(
    ("cell", "value", "fix"),
    [
        ("C2", "2018-12-20", "type 2018-12-20 again"),
        ("C2", "2018年12月20日", "type 2018-12-20 again"),
        ("C2", "去年", "write a date such as"),
        ("C2", datetime(2018, 12, 20, 9, 30), "write the day alone"),
        ("C2", time(9, 30), "write the day alone"),
        ("C2", True, "write a date"),
        ("E2", 5.1, "made a number"),
        ("G2", 2018.5, "made a number"),
        ("G2", date(2018, 3, 1), "made a date"),
        ("G2", 123456789012345678, "15 digits"),
        ("G2", True, "write a text"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_what_to_do(cell: str, value: Any, fix: str) -> None:
    """What was meant by a text for a date, or a number for a text, is suggested and not guessed."""
    finding, *others = found(changed("案例", **{cell: value}))

    assert (finding.code, finding.span.cell) == ("CR477", f"案例!{cell}")
    assert fix in finding.fix()
    assert finding.fix("zh") != finding.fix()
    assert [each.code for each in others if each.span.line == 2] == []


@pytest.mark.parametrize(
    ("number", "fix"), [(43454, "it then shows 2018-12-20"), (10**30, "write a date such as")]
)
def test_a_date_that_shows_as_a_number_is_told_with_the_date_it_is(number: int, fix: str) -> None:
    """A cell that lost its format is not read as a day by guess."""
    made = changed("案例", C2=number)
    made["案例"]["C2"].number_format = "General"

    (finding,) = found(made)

    assert (finding.code, finding.span.cell) == ("CR477", "案例!C2")
    assert fix in finding.fix()


@pytest.mark.parametrize("number", [9, 9.0])
def test_a_whole_number_is_a_text_where_a_text_belongs(number: float) -> None:
    """A measure, a region or a case is often a number; nothing of it is lost."""
    case = read(changed("案例", E2=number)).doc.cases[0]

    assert case.expect is not None
    assert case.expect.actions[0].measure == "9"


@pytest.mark.parametrize(
    "text", [" 税务总局", "税务总局 ", "税务总局\u3000", "税务总局\u200b", "\n税务总局", "  "]
)
def test_blanks_and_invisible_characters_are_told(text: str) -> None:
    """Two names that look alike must be alike; a text in quotes means what stands there."""
    finding, *_ = found(changed("案例", G2=text))

    assert (finding.code, finding.span.cell) == ("CR478", "案例!G2")
    assert "␣" in finding.what() or "U+200B" in finding.what() or "\n" in text
    quoted = read(changed("案例", G2='" 税务总局"')).doc.cases[0].expect
    assert quoted is not None
    assert quoted.actions[0].unit == " 税务总局"


def test_headers_that_are_missing_unknown_or_twice_are_told_with_the_nearest() -> None:
    """A column nobody reads would protect nothing; all such are told together."""
    rows = [
        ["编号", "案列", "日期", "期望", "措施", "措施", "单位", None],
        [1, "甲", date(2018, 12, 20), "作出", 2, 3, None, 5],
    ]

    findings = found(book(案例=rows))

    assert [(f.code, f.span.cell) for f in findings] == [
        ("CR474", "案例"),
        ("CR473", "案例!B1"),
        ("CR475", "案例!F1"),
        ("CR474", "案例!H2"),
    ]
    assert "`案例`" in findings[1].fix()
    assert "案例!E1" in findings[2].what()


def test_a_sheet_of_another_name_is_told_with_the_nearest() -> None:
    """A sheet that nobody reads would lose what stands there; one that begins with # is the writer's own."""
    made = book()
    made["案例"].title = "案列"
    made.create_sheet("#草稿").append(["x"])

    (finding,) = found(made)

    assert (finding.code, finding.span.cell) == ("CR473", "案列")
    assert "`案例`" in finding.fix()


def test_a_sheet_that_is_there_in_both_languages_is_told() -> None:
    """Nothing says which of the two counts."""
    made = book()
    made.create_sheet("cases")

    assert told(made) == [("CR475", "cases")]


def test_a_workbook_without_its_sheets_or_rows_is_told() -> None:
    """An empty workbook is no file of examples without cases."""
    empty = Workbook()

    assert [f.what() for f in found(empty)] == [
        "the sheet 文件 / file is missing",
        "the sheet 案例 / cases is missing",
    ]
    assert told(book(案例=CASES[:1], 事实=FACTS[:1])) == [("CR450", "案例")]
    assert [code for code, _ in told(book(文件=FILE[:1]))] == ["CR474"]


@pytest.mark.parametrize(
    ("title", "cell", "value", "near"),
    [
        ("事实", "A3", 9, None),
        ("事实", "A3", "已经结请", "已经结清"),
        ("事实", "B3", "qinghee", "qinghe"),
        ("事实", "B2", "qinge", "qinghe"),
        ("事实", "C2", "L2", "L1"),
        ("列入", "B2", "qing", "qinghe"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_with_the_nearest(
    title: str, cell: str, value: Any, near: str | None
) -> None:
    """A row of no case, no subject or no listing would belong to nothing."""
    findings = [f for f in found(changed(title, **{cell: value})) if f.span.cell == f"{title}!{cell}"]

    assert [f.code for f in findings] == ["CR479"]
    assert near is None or f"`{near}`" in findings[0].fix()


def test_a_dossier_is_named_by_cases_and_by_rows_alike() -> None:
    """A case that names a dossier nobody wrote, and rows of one that no case names, are both told."""
    rows = [[*CASES[0], "档案"], [*CASES[1], "heji"]]
    subjects = [["档案", "编号", "类型", "名称"], ["hejii", "heji", "enterprise", "丹东和记虚构食品有限公司"]]
    made = book(案例=rows, 主体=subjects, 列入=LISTINGS[:1], 事实=FACTS[:1])

    assert told(made) == [("CR479", "主体!A2"), ("CR479", "案例!H2")]


def test_an_expectation_of_no_kind_is_told() -> None:
    """The word says what is expected; without it, or with another one, a row says nothing."""
    findings = found(changed("案例", D2="做出", D4=None))

    assert [(f.code, f.span.cell) for f in findings] == [("CR473", "案例!D2"), ("CR474", "案例!E4")]
    assert "`作出`" in findings[0].fix()


def test_a_column_that_does_not_belong_to_an_expectation_is_told_by_its_cell() -> None:
    """Who is not touched is not touched by any unit."""
    (finding,) = found(changed("案例", G3="税务总局"))

    assert (finding.code, finding.span.cell) == ("CR461", "案例!G3")


def test_everything_wrong_is_told_together() -> None:
    """One reading tells all; a cell that could not be read is not told a second time as missing."""
    made = changed("案例", C2="2018-12-20", G2="税务总局 ", C4="=C2")
    made["事实"]["A3"] = 9

    assert told(made) == [
        ("CR479", "事实!A3"),
        ("CR477", "案例!C2"),
        ("CR478", "案例!G2"),
        ("CR476", "案例!C4"),
    ]


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("Content_Types", "[Content_Types].xml"), data)
    return stream.getvalue()


def _with_part(part: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book()))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, data if name == part else old.read(name))
    return stream.getvalue()


def _bomb() -> bytes:
    return _zip(Content_Types=b"<x/>", xl__workbook=b"0" * 40_000_000)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (b"examples: tax\ncases: []\n", "not an .xlsx workbook"),
        (b"a,b\n1,2\n", "not an .xlsx workbook"),
        (OLE, "old .xls workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "asks for a password"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (saved(book())[:-300], "damaged"),
        (_zip(word__document=b"<x/>"), "not an .xlsx workbook"),
        (_with_part("xl/workbook.xml", b"<workbook"), "damaged"),
        (_with_part("xl/worksheets/sheet1.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"), "entities"),
        (_with_part("xl/worksheets/sheet1.xml", "<!DOCTYPE x>".encode("utf-16-le")), "entities"),
        (_zip(**{f"xl__{n}": b"" for n in range(2_500)}), "unpacks to more"),
        (b"x" * 5_000_000, "larger than 4 MiB"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_with_what_helps(data: bytes, what: str) -> None:
    """Empty, locked, old, damaged or too big: one finding, both languages, never a traceback."""
    (finding,) = found(data)

    assert finding.code == "CR470"
    assert what in finding.what()
    assert finding.what("zh") != finding.what()
    assert finding.fix()


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    """Forty megabytes of nothing in forty kilobytes are refused by their size alone."""
    data = _bomb()

    assert len(data) < 100_000
    assert "unpacks" in found(data)[0].what()


def test_a_cell_far_away_is_told_and_not_walked_to() -> None:
    """One cell in the last corner of a sheet does not make millions of cells."""
    findings = found(changed("案例", XFD1048576=1))

    assert [(f.code, f.span.cell) for f in findings] == [("CR470", "案例!XFD1048576")]


@pytest.mark.parametrize("at", range(0, 6000, 97))
def test_a_damaged_file_is_told_or_read_but_never_a_traceback(at: int) -> None:
    """Whatever byte is lost, the answer is a finding or a document."""
    data = bytearray(saved(book()))
    data[at % len(data)] ^= 0xFF

    with suppress(FactsError):
        assert read(bytes(data)).doc.cases


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads no workbooks need not install what reads them."""
    import sys

    data = saved(book())
    monkeypatch.setitem(sys.modules, "openpyxl", None)

    with pytest.raises(UsageError) as error:
        read(data)

    assert error.value.findings[0].code == "CR567"


def test_a_citizen_number_in_a_cell_is_not_shown_whole() -> None:
    """What a finding quotes of a cell hides the middle of a number."""
    (finding,) = found(changed("案例", G2="21068119751103001X "))

    assert "19751103" not in finding.excerpt + finding.what()


def test_the_test_workbook_is_what_a_spreadsheet_program_writes() -> None:
    """The workbook that is spoilt in these tests can be opened and is right."""
    assert load_workbook(io.BytesIO(saved(book()))).sheetnames == list(SHEETS)
    assert len(read(book()).doc.cases) == 2
