"""Fill a workbook as a page tells its reader to: a table of the page goes into a sheet, column by column."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

TABLE = re.compile(r"^<!-- sheet (\S+) (.+?): from row (\d+) -->\n+((?:\|.*\n)+)", re.MULTILINE)


def fill(file: str, sheet: str, row: int, table: str) -> None:
    """Put the rows of a Markdown table into a sheet, from a row on; an empty cell is left as it is."""
    from openpyxl import load_workbook

    book = load_workbook(Path(file))
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    headers, _, *rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    missing = [header for header in headers if header not in columns]
    assert missing == [], f"the sheet {sheet} has no column {missing}: {sorted(map(str, columns))}"
    for number, cells in enumerate(rows, start=row):
        for header, text in zip(headers, cells, strict=True):
            if text:
                page.cell(number, columns[header]).value = _typed(text)
    book.save(Path(file))


def _typed(text: str) -> str | int | date:
    """Return what a spreadsheet makes of what is typed: a day, a number or a text."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    return int(text) if re.fullmatch(r"[1-9]\d*", text) else text
