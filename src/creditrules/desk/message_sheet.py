"""Desk: a message as a spreadsheet that a unit fills in and sends back, and the answers read from it.

The columns a unit fills in stand on the right; what it is told is locked against a slip of the hand, not
against anybody: what comes back is checked like any other answer.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from creditrules.deliver.plain import clean
from creditrules.deliver.words import Words
from creditrules.desk.answers import Answer
from creditrules.desk.chart import PushEvent
from creditrules.desk.message_rows import Page
from creditrules.desk.messages import Message
from creditrules.errors import FactsError, Finding, Span

# What a unit may answer, in the words it chooses from.
_EVENTS = (
    *("receive", "accept", "return", "not_applicable", "ask"),
    *("implement", "no_occasion", "confirm_change", "confirm_lift"),
)
_KEYS = ("push", "order", "round")
_FILLED = ("answer", "reason", "matter", "document", "on", "facts")
# A day that is written as text, in one of the ways people write it.
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")
_NAMES = {"reason": "reason", "matter": "matter", "document": "document", "on": "date", "facts": "facts"}
_LARGEST = 5_000_000
_GREY, _YELLOW = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="FFF8DC")


def sheet_of(message: Message) -> bytes:
    """Return a message as a workbook in Chinese."""
    page, words = message.page, Words("zh")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = page.title
    for row, (name, value) in enumerate(page.about, 1):
        _put(sheet, row, 1, name, bold=True)
        _put(sheet, row, 2, value)
    _put(sheet, len(page.about) + 1, 1, words("desk.told.remedy"), bold=True)
    _put(sheet, len(page.about) + 1, 2, "；".join(page.remedy))
    head = len(page.about) + 3
    _rows(sheet, head, page, message, words)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(sheet: Worksheet, head: int, page: Page, message: Message, words: Words) -> None:
    titles = list(dict.fromkeys(name for told in page.rows for name, _ in told.said))
    told_by = [words(f"desk.column.{name}") for name in _KEYS] + titles
    columns = told_by + [words(f"desk.fill.{name}") for name in _FILLED]
    for column, name in enumerate(columns, 1):
        _put(sheet, head, column, name, bold=True)
        width = 8 if column <= len(_KEYS) else 30 if column <= len(told_by) else 16
        sheet.column_dimensions[get_column_letter(column)].width = width
    rounds = {item["push"]: item.get("round", 1) for item in message.data.get("items", ())}
    for row, told in enumerate(page.rows, head + 1):
        said = dict(told.said)
        cells = (told.push, told.order, rounds[told.push], *(said.get(name, "") for name in titles))
        for column, value in enumerate(cells, 1):
            _put(sheet, row, column, value).fill = _GREY
        for column in range(len(told_by) + 1, len(columns) + 1):
            empty = sheet.cell(row=row, column=column)
            empty.fill, empty.protection = _YELLOW, Protection(locked=False)
    if page.rows:
        _offer(sheet, get_column_letter(len(told_by) + 1), head + 1, head + len(page.rows), words)
    _lay_out(sheet, head)


def _offer(sheet: Worksheet, column: str, first: int, last: int, words: Words) -> None:
    """Let the answers of a column be chosen from a list."""
    choices = ",".join(words(f"desk.event.{event}") for event in _EVENTS)
    choice = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add(f"{column}{first}:{column}{last}")


def _lay_out(sheet: Worksheet, head: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(len(_KEYS) + 1)}{head + 1}"
    sheet.protection.sheet = True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _put(sheet: Worksheet, row: int, column: int, value: Any, bold: bool = False) -> Any:
    cell = sheet.cell(row=row, column=column)
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"  # whatever it begins with, it is no formula
    cell.font, cell.alignment = Font(bold=bold), Alignment(vertical="top", wrap_text=True)
    return cell


def answers_of(data: bytes, file: str) -> list[Answer]:
    """Read the answers a unit has filled in; rows without one are left.

    Raises:
        FactsError: CR667, the file is no such sheet; CR668, a cell cannot be understood. All cells are told.
    """
    words = Words("zh")
    sheet, head = _sheet(data, file, words)
    names = {str(cell.value).strip(): cell.column for cell in sheet[head] if cell.value is not None}
    events = {words(f"desk.event.{event}"): event for event in _EVENTS}
    found: list[Answer] = []
    problems: list[Finding] = []
    for row in range(head + 1, sheet.max_row + 1):
        said = _row(sheet, row, names, words)
        if not said["answer"]:
            problems += _stray(sheet, row, said, file)
            continue
        event = events.get(str(said["answer"]))
        push = said["push"]
        if event is None or not isinstance(push, int):
            what = said["answer"] if event is None else push
            column = names[words("desk.fill.answer")] if event is None else names[words("desk.column.push")]
            problems.append(_problem(sheet, row, column, what, file))
            continue
        found.append(_answer(push, event, said))
    if problems:
        raise FactsError(problems)
    return found


def _sheet(data: bytes, file: str, words: Words) -> tuple[Worksheet, int]:
    """Return the sheet and the row of its titles."""
    fault = "too large" if len(data) > _LARGEST else ""
    if not fault:
        try:
            book = load_workbook(io.BytesIO(data), data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
            fault = "no workbook"
        else:
            for sheet in book.worksheets:
                for row in range(1, min(sheet.max_row, 40) + 1):
                    titles = {str(cell.value).strip() for cell in sheet[row] if cell.value is not None}
                    if {words("desk.column.push"), words("desk.fill.answer")} <= titles:
                        return sheet, row
            fault = "without the columns of pushes and answers"
    raise FactsError([Finding("CR667", Span(file), {"reason": fault})])


def _row(sheet: Worksheet, row: int, names: dict[str, int], words: Words) -> dict[str, Any]:
    keys = {name: words(f"desk.column.{name}") for name in _KEYS}
    keys |= {name: words(f"desk.fill.{name}") for name in _FILLED}
    said = {name: _value(sheet, row, names.get(title)) for name, title in keys.items()}
    if isinstance(said["on"], str) and (written := _DAY.fullmatch(said["on"])):
        said["on"] = "-".join(part.zfill(2) for part in written.groups())
    return said


def _value(sheet: Worksheet, row: int, column: int | None) -> Any:
    value = None if column is None else sheet.cell(row=row, column=column).value
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return value.strip() if isinstance(value, str) else value


def _stray(sheet: Worksheet, row: int, said: dict[str, Any], file: str) -> Iterator[Finding]:
    """Somebody who wrote a reason or a document has meant to answer; that is not passed over."""
    for name in _FILLED[1:]:
        if said[name]:
            yield _problem(sheet, row, 1, said[name], file)
            return


def _problem(sheet: Worksheet, row: int, column: int, value: Any, file: str) -> Finding:
    cell = f"{sheet.title}!{get_column_letter(column)}{row}"
    return Finding("CR668", Span(file, row, column, column + 1, cell=cell), {"value": str(value)})


def _answer(push: int, event: str, said: dict[str, Any]) -> Answer:
    details: dict[str, Any] = {_NAMES[name]: str(said[name]) for name in _FILLED[1:] if said[name]}
    if "facts" in details:
        details["facts"] = [fact.strip() for fact in details["facts"].replace("、", ",").split(",")]
    if event in ("confirm_change", "confirm_lift") and said["order"] is not None:
        details["order"] = said["order"]
    # The same sheet read twice says the same; a later round of the push is another answer.
    key = f"sheet:{push}:{said['round']}:{event}:{sorted(details.items())!r}"
    return Answer(push, PushEvent(event), key, details)
