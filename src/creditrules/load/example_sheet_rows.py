"""Load: the rows of a workbook of examples, their cells found by header; whatever a cell hides is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from creditrules.errors import Finding, Span
from creditrules.load.example_sheet_cells import decode
from creditrules.load.example_sheet_columns import SHEETS, UNREAD, sheet_names
from creditrules.load.example_sheet_shape import Column, Sheet
from creditrules.load.example_sheet_texts import Misread, has_stray, shown
from creditrules.load.findings import near
from creditrules.load.identifiers import masked
from creditrules.load.yaml_tree import HIDDEN

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as FileCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Rows and columns of a sheet that are looked at; examples of this size are no examples any more.
_ROWS, _COLUMNS = 20_000, 200


@frozen
class Row:
    """One row: what its cells mean by the keys of their columns, and where each stands."""

    sheet: Sheet
    span: Span
    values: dict[str, Any] = field(factory=dict)
    spans: dict[str, Span] = field(factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str) -> Any:
        """Return what stands in a column, None when nothing does."""
        return self.values.get(key)

    def at(self, key: str) -> Span:
        """Return the place of a cell, or of the row when it is empty."""
        return self.spans.get(key, self.span)


class Book:
    """The rows of a workbook by sheet, everything that is wrong with its cells, and what stands in each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.rows: dict[str, list[Row]] = {sheet.key: [] for sheet in SHEETS}
        self.titles: dict[str, str] = {}
        self.found: list[Finding] = []
        self.texts: dict[str, str] = {}

    def add(self, code: str, span: Span, /, **words: str) -> None:
        """Add a finding at a place."""
        self.found.append(Finding(code, span, words, excerpt=self.line(span)))

    def line(self, span: Span) -> str:
        """Return what stands in the cell of a place, numbers of citizens hidden."""
        return masked(self.texts.get(span.cell, "")).split("\n")[0]

    def sheet_span(self, title: str) -> Span:
        """Return the place of a whole sheet."""
        return Span(self.file, cell=title)


def read_rows(workbook: Workbook, file: str) -> Book:
    """Return the rows of every sheet; what is wrong with sheets, headers and cells is in `found`."""
    book = Book(file)
    for worksheet in workbook.worksheets:
        title = worksheet.title
        sheet = _named(title)
        if worksheet.sheet_state != "visible":
            book.add("CR471", book.sheet_span(title), what_en="sheet is", what_zh="工作表")
        if title.startswith("#") or title.strip().casefold() in _UNREAD:
            continue
        if sheet is None:
            if any(_filled(worksheet)):
                book.add(
                    "CR473",
                    book.sheet_span(title),
                    name=title,
                    **_kind("sheet"),
                    **near(title, sheet_names()),
                )
        elif sheet.key in book.titles:
            first = book.titles[sheet.key]
            book.add("CR475", book.sheet_span(title), name=title, first=first, **_kind("sheet"))
        else:
            book.titles[sheet.key] = title
            _read_sheet(worksheet, sheet, book)
    # A sheet called by hand that is no sheet of a workbook (a chart) holds no rows.
    for sheet in (s for s in SHEETS if s.key in ("file", "cases") and s.key not in book.titles):
        if not any(f.code == "CR473" for f in book.found):
            book.add("CR474", Span(file), name=f"{sheet.zh} / {sheet.en}", **_kind("sheet"))
    return book


_UNREAD = {name.casefold() for names in UNREAD.values() for name in names}
_KINDS = {"sheet": ("sheet", "工作表"), "column": ("column", "列"), "value": ("value", "内容")}


def _kind(word: str) -> dict[str, str]:
    en, zh = _KINDS[word]
    return {"kind_en": en, "kind_zh": zh}


def _named(title: str) -> Sheet | None:
    name = title.strip().casefold()
    return next((s for s in SHEETS if name in (s.key, s.zh, s.en)), None)


def _filled(worksheet: Worksheet) -> Iterator[FileCell]:
    """Yield the cells in which anything stands, row by row."""
    # The program's own table of cells: rows and columns that hold nothing are not walked through.
    cells: dict[tuple[int, int], Any] = worksheet._cells
    for place in sorted(cells):
        if cells[place].value is not None and cells[place].value != "":
            yield cells[place]


def _read_sheet(worksheet: Worksheet, sheet: Sheet, book: Book) -> None:
    title = worksheet.title
    for merged in worksheet.merged_cells.ranges:
        first = Span(book.file, merged.min_row, merged.min_col, merged.max_col + 1, f"{title}!{merged.coord}")
        book.add("CR472", first, range=merged.coord)
    columns: dict[int, Column] = {}
    headers: dict[int, Span] = {}
    rows: dict[int, Row] = {}
    read_header = False
    for cell in _filled(worksheet):
        span = Span(book.file, cell.row, cell.column, cell.column + 1, f"{title}!{cell.coordinate}")
        book.texts[span.cell] = shown(cell.value)
        if cell.row > _ROWS or cell.column > _COLUMNS:
            book.add("CR470", span, **_TOO_FAR)
            break
        if cell.row == 1:
            _read_header(cell, span, sheet, columns, headers, book)
            continue
        if not read_header:
            _report_missing(sheet, columns, book, title)
            read_header = True
        if cell.column not in headers:
            if not _is_note(worksheet, cell.column):
                book.add("CR474", span, name=f"{title}!{cell.column_letter}1", **_kind("column"))
                headers[cell.column] = span
            continue
        row = rows.setdefault(cell.row, Row(sheet, span))
        if cell.column in columns:
            _read_cell(cell, span, columns[cell.column], row, book)
    if not read_header:
        _report_missing(sheet, columns, book, title)
    _report_hidden(worksheet, rows, headers, book)
    book.rows[sheet.key] = [row for row in rows.values() if row.values]


_TOO_FAR = {
    "problem_en": f"a cell stands beyond row {_ROWS} or column {_COLUMNS}",
    "problem_zh": f"有单元格位于第 {_ROWS} 行或者第 {_COLUMNS} 列之外",
    "fix_en": "delete it, or split the file",
    "fix_zh": "请删去，或者分成几个文件",
}


def _read_header(
    cell: FileCell, span: Span, sheet: Sheet, columns: dict[int, Column], headers: dict[int, Span], book: Book
) -> None:
    given = shown(cell.value)
    name = " ".join(given.split()).casefold()
    if name.startswith("#"):
        return
    headers[cell.column] = span
    column = next((c for c in sheet.columns if name in (c.zh, c.en, c.key)), None)
    if column is None:
        book.add("CR473", span, name=given, **_kind("column"), **_near(name, sheet, columns))
        return
    for number, other in columns.items():
        if other.key == column.key:
            book.add("CR475", span, name=given, first=headers[number].cell, **_kind("column"))
            return
    columns[cell.column] = column


def _near(name: str, sheet: Sheet, columns: dict[int, Column]) -> dict[str, str]:
    """Return the nearest name of a column: of one that must be there and is not, before any other."""
    there = {column.key for column in columns.values()}
    left = [column for column in sheet.columns if column.key not in there]
    for among in ([column for column in left if column.required], left):
        found = near(name, [each for column in among for each in (column.zh, column.en)])
        if found["near_en"]:
            return found
    return near(name, [])


def _is_note(worksheet: Worksheet, column: int) -> bool:
    header = worksheet.cell(row=1, column=column).value
    return isinstance(header, str) and header.strip().startswith("#")


def _report_missing(sheet: Sheet, columns: dict[int, Column], book: Book, title: str) -> None:
    there = {column.key for column in columns.values()}
    for column in sheet.columns:
        if column.required and column.key not in there:
            book.add("CR474", book.sheet_span(title), name=f"{column.zh} / {column.en}", **_kind("column"))


def _report_hidden(worksheet: Worksheet, rows: Iterable[int], headers: dict[int, Span], book: Book) -> None:
    title = worksheet.title
    hidden = [n for n in rows if n in worksheet.row_dimensions and worksheet.row_dimensions[n].hidden]
    for n in hidden:
        span = Span(book.file, n, 1, 2, f"{title}!{n}:{n}")
        book.add("CR471", span, what_en=f"row {n} is", what_zh=f"第 {n} 行")
    for letter, shape in worksheet.column_dimensions.items():
        first, last = shape.min or 0, shape.max or 0
        if shape.hidden and any(first <= n <= last for n in headers):
            span = Span(book.file, 1, first, last + 1, f"{title}!{letter}:{letter}")
            book.add("CR471", span, what_en=f"column {letter} is", what_zh=f" {letter} 列")


def _read_cell(cell: FileCell, span: Span, column: Column, row: Row, book: Book) -> None:
    value = cell.value
    row.spans[column.key] = span
    if cell.data_type in ("f", "e"):
        given = str(getattr(value, "text", value))
        kind = ("a formula", "公式") if cell.data_type == "f" else ("an error value", "错误值")
        book.add("CR476", span, given=given, kind_en=kind[0], kind_zh=kind[1])
        return
    if isinstance(value, str) and has_stray(value):
        book.add("CR478", span, seen=masked(_seen(value)))
        value = HIDDEN.sub("", value).strip()
        if not value:
            return
    try:
        row.values[column.key] = decode(value, column)
    except Misread as misread:
        book.add(
            "CR477", span, given=masked(shown(value)), column=f"{column.zh} / {column.en}", **misread.words
        )


def _seen(text: str) -> str:
    """Return a text with marks for the blanks at its ends and for what cannot be seen."""
    body = text.strip()
    at = text.find(body) if body else len(text)
    ends = f"{'␣' * at}{body}{'␣' * (len(text) - at - len(body))}"
    return HIDDEN.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", ends)
