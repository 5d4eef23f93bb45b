"""Desk: a report as a workbook: a sheet a question, with charts that the spreadsheet program draws itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from creditrules.deliver.plain import clean
from creditrules.deliver.words import Words
from creditrules.desk.reports import Implemented, Lifted, Report, UnitLine
from creditrules.model.catalogue import Catalogue

Row = Sequence[Any]
_WIDEST = 48
_CHARTED = 20  # units; more bars than this cannot be read


def write_book(path: Path, report: Report, catalogue: Catalogue, lang: str) -> None:
    """Write a report.

    Raises:
        OSError: the file cannot be written.
    """
    words = Words(lang)
    book = Workbook()
    first = book.active
    assert first is not None  # a new workbook has one sheet
    book.remove(first)
    for name, head, rows in _sheets(report, catalogue, words):
        sheet = book.create_sheet(words(f"desk.report.{name}"))
        _fill(sheet, [words(f"desk.column.{column}") for column in head], rows)
    _chart(book, words("desk.report.units"), 6, words("desk.column.rate"), "0%")
    _chart(book, words("desk.report.states"), 2, words("desk.column.count"))
    book.save(path)


def _sheets(
    report: Report, catalogue: Catalogue, words: Words
) -> Iterator[tuple[str, tuple[str, ...], list[Row]]]:
    units = [_unit(line) for line in report.units]
    head = ("unit", "pushes", "answered", "asked", "feedback", "rate", "days_to_answer", "days_to_feedback")
    yield "units", (*head, "overdue"), units
    states: list[Row] = [(words(f"desk.state.{state}"), n) for state, n in report.states.items()]
    yield "states", ("state", "count"), states
    yield "overdue", ("push", "unit", "action", "due", "order"), list(report.overdue)
    lifted = [_lift(each, catalogue, words) for each in report.lifted]
    yield "lifted", ("case", "list", "why", "ordered_on", "confirmed", "waiting", "days"), lifted
    done = ("case", "list", "unit", "action", "matter", "document", "on")
    yield "implemented", done, [_done(i, catalogue, words) for i in report.implemented]
    yield "typical", done, [_done(i, catalogue, words) for i in report.typical]


def _unit(line: UnitLine) -> Row:
    counts = (line.pushes, line.answered, line.asked, line.feedback, line.rate)
    return (line.unit, *counts, line.days_to_answer, line.days_to_feedback, line.overdue)


def _lift(each: Lifted, catalogue: Catalogue, words: Words) -> Row:
    why, name = words(f"desk.status.{each.because}"), _list(each.list, catalogue, words)
    days = (each.ordered_on.isoformat(), each.confirmed, each.waiting, each.days)
    return (each.case, name, why, *days)


def _done(each: Implemented, catalogue: Catalogue, words: Words) -> Row:
    name = _list(each.list, catalogue, words)
    return (each.case, name, each.unit, each.action, each.matter, each.document, each.on)


def _list(key: str, catalogue: Catalogue, words: Words) -> str:
    return words.said(catalogue.lists[key].title) if key in catalogue.lists else key


def _fill(sheet: Worksheet, head: Sequence[str], rows: Iterable[Row]) -> None:
    widths = [8] * len(head)
    for number, cells in enumerate((head, *rows), 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row=number, column=column)
            # What a unit has written is text, whatever it begins with.
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
            if isinstance(value, float) and 0 <= value <= 1 and number > 1 and column == 6:
                cell.number_format = "0%"
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            shown = sum(2 if ord(c) > 0x2E7F else 1 for c in str("" if value is None else value))
            widths[column - 1] = min(_WIDEST, max(widths[column - 1], shown + 2))
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _chart(book: Workbook, name: str, column: int, title: str, form: str = "0") -> None:
    """Draw a column of a sheet as bars beside it."""
    sheet = cast(Worksheet, book[name])
    last = min(sheet.max_row, _CHARTED + 1)
    if last < 2:
        return
    chart = BarChart()
    chart.type = "bar"
    chart.title = f"{name} · {title}"
    chart.legend = None
    chart.y_axis.number_format = form
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(Reference(sheet, min_col=column, min_row=2, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    chart.height, chart.width = max(6.0, 0.7 * last), 18
    sheet.add_chart(chart, f"{get_column_letter(sheet.max_column + 2)}2")
