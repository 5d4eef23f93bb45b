"""Policy: a workbook to write examples in, made from a memorandum, with one case as a sample."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from creditrules.deliver.words import Words
from creditrules.load.example_sheet_columns import SHEETS, UNREAD
from creditrules.load.example_sheet_shape import Column, Sheet
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import Memorandum
from creditrules.policy.sample import sample_case
from creditrules.policy.sheet_book import (
    FONT,
    READY,
    fill,
    new_book,
    on_paper,
    set_heights,
    shown_columns,
    style_column,
    write_cell,
    write_header,
)
from creditrules.policy.sheet_cases import rows_of
from creditrules.policy.sheet_choices import choices_of
from creditrules.policy.sheet_notes import write_notes

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Sheets that hold what few examples need come after all others, and the last sheet only where it is filled.
_LEFT_OUT = frozenset(("rest",))
# Column of a sheet → the list of choices, or the column of another sheet, that it is filled from.
_CHOSEN = {
    "measure": "measure",
    "unit": "unit",
    "effect": "effect",
    "matter": "matter",
    "asks": "fact",
    "fact": "fact",
    "list": "list",
    "role": "role",
    "examples": "memorandum",
}
_CHOSEN_IN = {("subjects", "kind"): "kind", ("events", "kind"): "event"}
_REFERS = {
    "against": ("subjects", "id"),
    "subject": ("subjects", "id"),
    "in": ("subjects", "id"),
    "person": ("subjects", "id"),
    "file_of": ("subjects", "id"),
    "listing": ("listings", "id"),
    "no": ("cases", "no"),
}


def template(memorandum: Memorandum, catalogue: Catalogue, lang: str) -> Workbook:
    """Return a workbook for the examples of a memorandum.

    It holds one case that passes, and lists to choose measures, units, roles, facts and people from. What it
    says on its first sheet is in both languages; sheets and columns are named in *lang*.

    Raises:
        UsageError: CR567, the package that writes workbooks is not installed.
    """
    words = Words(lang)
    sample = sample_case(memorandum, catalogue, words("example.sample"), words)
    rows = rows_of(sample, lang)
    book = new_book()
    write_notes(book.create_sheet(UNREAD["notes"][lang != "zh"]), memorandum, words)
    columns = {}
    for sheet in (s for s in SHEETS if s.key not in _LEFT_OUT):
        worksheet = book.create_sheet(sheet.title(lang))
        columns[sheet.key] = shown_columns(sheet, rows.of[sheet.key])
        fill(worksheet, sheet, columns[sheet.key], rows.of[sheet.key], lang)
    places = _write_choices(book, memorandum, catalogue, words)
    for sheet in SHEETS:
        for number, column in enumerate(columns.get(sheet.key, ()), 1):
            target = _target(sheet, column.key, places, columns, lang)
            if target is not None:
                _offer(book[sheet.title(lang)], number, target)
    return book


def _target(
    sheet: Sheet, key: str, places: dict[str, str], columns: dict[str, list[Column]], lang: str
) -> str | None:
    """Return the cells that a column is filled from."""
    from openpyxl.utils import get_column_letter

    chosen = _CHOSEN_IN.get((sheet.key, key)) or _CHOSEN.get(key)
    if chosen is not None:
        return places.get(chosen)
    if key not in _REFERS or (sheet.key, key) == _REFERS[key]:
        return None
    other, named = _REFERS[key]
    keys = [column.key for column in columns[other]]
    title = next(s for s in SHEETS if s.key == other).title(lang)
    letter = get_column_letter(keys.index(named) + 1)
    return f"'{title}'!${letter}$2:${letter}${READY}"


def _offer(worksheet: Worksheet, number: int, target: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation("list", formula1=target, allow_blank=True)
    rule.showErrorMessage = False
    letter = get_column_letter(number)
    rule.add(f"{letter}2:{letter}{READY}")
    worksheet.add_data_validation(rule)


def _write_choices(
    book: Workbook, memorandum: Memorandum, catalogue: Catalogue, words: Words
) -> dict[str, str]:
    """Write the sheet of what may be chosen; return where the choices for each column stand."""
    from openpyxl.utils import get_column_letter

    title = UNREAD["choices"][words.lang != "zh"]
    worksheet = book.create_sheet(title)
    places: dict[str, str] = {}
    number = 0
    for group in choices_of(memorandum, catalogue, words):
        for name, entries in zip(group.names, zip(*group.rows, strict=True), strict=False):
            number += 1
            _write_column(worksheet, number, words(f"example.choices.{name}"), entries)
        letter = get_column_letter(number - len(group.names) + 1)
        places[group.names[0]] = f"'{title}'!${letter}$2:${letter}${len(group.rows) + 1}"
    worksheet.freeze_panes = "A2"
    set_heights(worksheet)
    on_paper(worksheet)
    return places


def _write_column(worksheet: Worksheet, number: int, title: str, entries: Sequence[str]) -> None:
    from openpyxl.styles import Font

    write_header(worksheet.cell(row=1, column=number), title)
    for at, entry in enumerate(entries, 2):
        cell = worksheet.cell(row=at, column=number)
        write_cell(cell, int(entry) if entry.isascii() and entry.isdigit() else entry)
        cell.font = Font(name=FONT)
    style_column(worksheet, number, (title, *entries))
