"""Policy: write the rows of examples as a workbook that a policy officer can read and go on with."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil
from typing import TYPE_CHECKING

from creditrules.deliver.plain import width
from creditrules.errors import Finding, Span, UsageError
from creditrules.load.example_sheet_columns import CASES, SHEETS
from creditrules.load.example_sheet_shape import Column, Sheet
from creditrules.load.example_sheet_words import NO, YES
from creditrules.policy.sheet_rows import Rows

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_NARROW, _WIDE = 8, 44
_HEIGHT = 15.5  # of a line, in points
# Rows below the last one in which drop-down lists and formats are ready for what somebody adds.
READY = 500
_MADE = (2000, 1, 1, 0, 0, 0)
_DATE, _TEXT = "yyyy-mm-dd", "@"
_HEAD, _LINE, FONT = "1F4E78", "BFBFBF", "Calibri"
# Sheets that every workbook has, though nothing stands in them.
_ALWAYS = ("file", "cases", "subjects", "roles", "listings", "facts")


def new_book() -> Workbook:
    """Return a workbook without sheets.

    Raises:
        UsageError: CR567, the package that writes workbooks is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise UsageError([Finding("CR567", Span(""), {"given": "xlsx"})]) from None
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.created = datetime(*_MADE)
    book.properties.creator = "creditrules"
    return book


def write_book(rows: Rows, whole: bool = False) -> Workbook:
    """Return the workbook of rows; *whole*: with every sheet and every column that people commonly need."""
    book = new_book()
    for sheet in SHEETS:
        filled = rows.of[sheet.key]
        if filled or whole or sheet.key in _ALWAYS:
            worksheet = book.create_sheet(sheet.title(rows.lang))
            columns = shown_columns(sheet, filled)
            fill(worksheet, sheet, columns, filled, rows.lang)
    return book


def on_paper(worksheet: Worksheet, header: int = 1) -> None:
    """Print a sheet across, as wide as the paper, with its header on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = 9  # A4
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_setup.fitToHeight = 0
    worksheet.print_title_rows = f"{header}:{header}"


def to_bytes(book: Workbook) -> bytes:
    """Return the file of a workbook: the same for the same cells, whenever it is made."""
    stream, made = io.BytesIO(), io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as saved, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in saved.namelist():
            data = saved.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, _MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return made.getvalue()


def shown_columns(sheet: Sheet, rows: Iterable[dict[str, object]]) -> list[Column]:
    """Return the columns of a sheet: those people commonly need, and those in which something stands."""
    used = {key for row in rows for key in row}
    return [column for column in sheet.columns if column.core or column.required or column.key in used]


def fill(
    worksheet: Worksheet,
    sheet: Sheet,
    columns: Sequence[Column],
    rows: Sequence[dict[str, object]],
    lang: str,
) -> None:
    """Write header and rows, and make them easy to read: widths, formats, lists to choose from."""
    from openpyxl.utils import get_column_letter

    for number, column in enumerate(columns, 1):
        write_header(worksheet.cell(row=1, column=number), column.title(lang))
    for at, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            if column.key in row:
                write_cell(worksheet.cell(row=at, column=number), row[column.key])
        if sheet is CASES and "name" in row:
            _line_above(worksheet, at, len(columns))
    for number, column in enumerate(columns, 1):
        letter = get_column_letter(number)
        shape = worksheet.column_dimensions[letter]
        shape.width = _width(column, rows, lang)
        shape.number_format = _TEXT if _is_text(column) else "General"
        _offer(worksheet, column, f"{letter}2:{letter}{len(rows) + READY}", lang)
        for at in range(2, len(rows) + 2):
            _format(worksheet.cell(row=at, column=number), column)
    worksheet.row_dimensions[1].height = 20
    set_heights(worksheet)
    on_paper(worksheet)
    leading = sum(column.key in ("no", "name", "id", "subject") for column in columns[:2])
    worksheet.freeze_panes = f"{get_column_letter(max(leading, 1) + 1)}2"


def write_header(cell: Cell | MergedCell, title: str) -> None:
    """Write the header of a column."""
    from openpyxl.styles import Alignment, Font, PatternFill

    write_cell(cell, title)
    cell.font = Font(name=FONT, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor=_HEAD)
    cell.alignment = Alignment(vertical="center")


def write_cell(cell: Cell | MergedCell, value: object) -> None:
    """Write a value; a text that begins with = stays a text."""
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
    elif isinstance(value, bool | int | float | date):
        cell.value = value


def style_column(
    worksheet: Worksheet, number: int, texts: Iterable[str], widest: int = _WIDE, first: int = 2
) -> None:
    """Give a column of texts its width, and let long ones run over several lines."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    needed = max((width(line) for text in texts for line in text.split("\n")), default=0) + 2
    worksheet.column_dimensions[get_column_letter(number)].width = min(max(needed, _NARROW), widest)
    for row in range(first, worksheet.max_row + 1):
        cell = worksheet.cell(row=row, column=number)
        cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)


def set_heights(worksheet: Worksheet, first: int = 2) -> None:
    """Make rows as high as their longest text needs; not every program does so by itself."""
    for row in worksheet.iter_rows(min_row=first):
        lines = max((_lines(worksheet, cell) for cell in row), default=1)
        if lines > 1:
            worksheet.row_dimensions[row[0].row or 1].height = _HEIGHT * lines


def _lines(worksheet: Worksheet, cell: Cell | MergedCell) -> int:
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    cells = max(worksheet.column_dimensions[cell.column_letter].width - 1, 1)
    return sum(max(ceil(width(line) / cells), 1) for line in cell.value.split("\n"))


def _line_above(worksheet: Worksheet, row: int, columns: int) -> None:
    from openpyxl.styles import Border, Side

    line = Border(top=Side(style="thin", color=_LINE))
    for number in range(1, columns + 1):
        worksheet.cell(row=row, column=number).border = line


def _is_text(column: Column) -> bool:
    return column.kind in ("text", "names", "mapping", "absent")


def _format(cell: Cell | MergedCell, column: Column) -> None:
    from openpyxl.styles import Alignment, Font

    wraps = column.kind in ("text", "names", "mapping")
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=wraps)
    cell.font = Font(name=FONT)
    if column.kind in ("date", "day_or_no") or isinstance(cell.value, date):
        cell.number_format = _DATE
    elif _is_text(column):
        cell.number_format = _TEXT


def _width(column: Column, rows: Iterable[dict[str, object]], lang: str) -> float:
    if column.kind in ("date", "day_or_no"):
        return 12
    texts = [str(row[column.key]) for row in rows if column.key in row]
    widest = max((width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(width(column.title(lang)) + 4, widest + 2, _NARROW), _WIDE)


def _offer(worksheet: Worksheet, column: Column, cells: str, lang: str) -> None:
    """Offer the closed words of a column, and ask for days where days belong."""
    from openpyxl.worksheet.datavalidation import DataValidation

    at = lang != "zh"
    words = [names[at] for names in column.words.values()] if column.words else []
    words = [YES[at], NO[at]] if column.kind == "yes" else words
    if words:
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
    elif column.kind == "date":
        rule = DataValidation("date", operator="greaterThan", formula1="61", allow_blank=True)
    else:
        return
    # It helps whoever writes; what is wrong all the same is told when the workbook is read.
    rule.showErrorMessage = False
    rule.add(cells)
    worksheet.add_data_validation(rule)
