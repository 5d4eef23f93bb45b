"""Deliver: a selection of measures as a workbook: measures, their bases, counts, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from creditrules.decide.selection import Selection
from creditrules.deliver.catalogue_view import Listing
from creditrules.deliver.plain import clean
from creditrules.deliver.words import Words
from creditrules.errors import Finding, Span, UsageError

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[str | int]
_WIDEST, _LONGEST = 60, 32_767  # characters of a column as shown, and of a cell as the format allows


def write_workbook(
    path: Path,
    selection: Selection,
    listing: Listing,
    lang: str,
    counts: Iterable[tuple[str, str, int]] = (),
) -> None:
    """Write a workbook.

    Raises:
        UsageError: CR567, the package that writes workbooks is not installed.
        OSError: the file cannot be written.
    """
    words = Words(lang)
    sheets = [
        (words(f"catalogue.sheet.{name}"), [words(f"catalogue.column.{column}") for column in head], rows)
        for name, head, rows in _sheets(selection, listing, words, tuple(counts))
        if rows
    ]
    write_sheets(path, sheets or [(words("catalogue.sheet.measures"), [], [])])


def write_sheets(path: Path, sheets: Iterable[tuple[str, Sequence[str], Iterable[Cells]]]) -> None:
    """Write a workbook of sheets, each with its name, the heads of its columns, and its rows.

    Raises:
        UsageError: CR567, the package that writes workbooks is not installed.
        OSError: the file cannot be written.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        raise UsageError([Finding("CR567", Span(""), {"given": "xlsx"})]) from None
    book = Workbook()
    first = book.active
    assert first is not None  # a new workbook has one sheet
    book.remove(first)
    for name, head, rows in sheets:
        sheet = book.create_sheet(name)
        if head:
            _fill(sheet, head, rows)
    book.save(path)


def _sheets(
    selection: Selection, listing: Listing, words: Words, counts: tuple[tuple[str, str, int], ...]
) -> Iterable[tuple[str, tuple[str, ...], list[Cells]]]:
    if counts:
        yield "counts", ("what", "key", "count"), list(counts)
    head = ("memorandum", "doc_no", "number", "key", "heading", "does", "what", "stance", "units", "lists")
    yield "measures", (*head, "kinds", "rank", "bases", "state"), list(_measures(selection, listing, words))
    rows = [row for group in listing.groups for row in group.rows]
    bases: list[Cells] = [(row.key, row.heading, basis) for row in rows for basis in row.bases]
    yield "bases", ("key", "heading", "bases"), bases
    left: list[Cells] = [(words(f"reason.{reason}"), n) for reason, n in selection.left_out]
    yield "left_out", ("reason", "count"), left


def _measures(selection: Selection, listing: Listing, words: Words) -> Iterable[Cells]:
    measures = {found.key: found.measure for found in selection.measures}
    for group in listing.groups:
        for row in group.rows:
            measure = measures[row.key]
            does = words.said(measure.does)
            stance = words(f"catalogue.stance.{measure.stance.value}")
            yield (
                *(group.title, group.doc_no, row.number, row.key, row.heading, does, row.what, stance),
                *(row.units, row.lists, row.kinds, row.rank, "\n".join(row.bases), row.state),
            )


def _fill(sheet: Worksheet, head: Sequence[str], rows: Iterable[Cells]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    widths = [8] * len(head)
    for number, cells in enumerate((head, *rows), 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(row=number, column=column)
            if isinstance(value, int):
                cell.value = value
                continue
            text = "\n".join(clean(line) for line in value.split("\n"))[:_LONGEST]
            # A text that begins with = is a text: nothing in a document becomes a formula.
            cell.value = text
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            widest = max(map(len, text.split("\n")), default=0)
            widths[column - 1] = min(max(widths[column - 1], widest * 2), _WIDEST)
            if number == 1:
                cell.font = Font(bold=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
