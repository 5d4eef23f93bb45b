"""Policy: the first sheet of a template: what every sheet and column means, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words, word_table
from creditrules.load.example_sheet_columns import SHEETS, UNREAD
from creditrules.load.example_sheet_shape import Sheet
from creditrules.model.memorandum import Memorandum
from creditrules.policy.sheet_book import FONT, on_paper, set_heights, style_column, write_cell, write_header

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_HEAD = ("sheet", "column_zh", "column_en", "means_zh", "means_en")
_WIDEST = (14, 18, 20, 56, 64)
# Columns that many sheets begin with; they are told of once.
_COMMON = frozenset(("no", "step", "given"))


def write_notes(worksheet: Worksheet, memorandum: Memorandum, words: Words) -> None:
    """Write what the workbook is for, then a table of its sheets and columns."""
    from openpyxl.styles import Font

    title = words("example.notes.title", title=words.said(memorandum.title), doc_no=memorandum.doc_no)
    intro = word_table()["example.notes.intro"]
    lines = (title, *intro.zh.strip().splitlines(), *intro.en.strip().splitlines())
    for at, text in enumerate(lines, 1):
        write_cell(worksheet.cell(row=at, column=1), text)
        worksheet.cell(row=at, column=1).font = Font(name=FONT, bold=at == 1, size=14 if at == 1 else 11)
    above = len(lines) + 2
    for number, name in enumerate(_HEAD, 1):
        write_header(worksheet.cell(row=above, column=number), words(f"example.notes.{name}"))
    rows = [row for sheet in SHEETS for row in _rows(sheet, words)]
    rows.append(_row(UNREAD["choices"][words.lang != "zh"], "", "", "example.sheet.choices"))
    for at, row in enumerate(rows, above + 1):
        for number, text in enumerate(row, 1):
            write_cell(worksheet.cell(row=at, column=number), text)
            worksheet.cell(row=at, column=number).font = Font(name=FONT, bold=bool(row[0]))
    for number, widest in enumerate(_WIDEST, 1):
        style_column(worksheet, number, (row[number - 1] for row in rows), widest, above + 1)
    set_heights(worksheet, above + 1)
    on_paper(worksheet, above)
    worksheet.freeze_panes = f"A{above + 1}"


def _rows(sheet: Sheet, words: Words) -> Iterator[tuple[str, ...]]:
    yield _row(sheet.title(words.lang), "", "", f"example.sheet.{sheet.key}")
    for column in sheet.columns:
        if column.key in _COMMON and sheet.key not in ("file", "cases", "subjects"):
            continue
        own = f"example.column.{sheet.key}.{column.key}"
        key = own if own in word_table() else f"example.column.{column.key}"
        yield _row("", column.zh, column.en, key)


def _row(sheet: str, zh: str, en: str, key: str) -> tuple[str, ...]:
    text = word_table()[key]
    return (sheet, zh, en, text.zh, text.en)
