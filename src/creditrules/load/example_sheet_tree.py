"""Load: from the rows of a workbook to the tree of a file of examples, each value with its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from creditrules.load.example_sheet_cases import (
    Case,
    case_tree,
    cases_of,
    expected_kind,
    find_case,
    find_step,
)
from creditrules.load.example_sheet_columns import OTHER
from creditrules.load.example_sheet_places import VALUE, Scope, SheetPlaces
from creditrules.load.example_sheet_rows import Book, Row
from creditrules.load.example_sheet_scopes import fill_dossiers
from creditrules.load.example_sheet_words import OTHERS, PROCEDURE, Words


def tree_of(book: Book) -> tuple[dict[str, Any], SheetPlaces]:
    """Return what the rows say, as a text of examples would say it, and the place of everything in it."""
    places = SheetPlaces(book)
    tree: dict[str, Any] = {}
    document = Scope((), tree, places)
    for row in book.rows["file"][:1]:
        for key in ("examples", "about", "given"):
            document.set(row, (key,), key)
    for row in book.rows["file"][1:]:
        book.add("CR475", row.span, name=row.span.cell, first=book.rows["file"][0].span.cell, **VALUE)
    if not book.rows["file"] and "file" in book.titles:
        tree["examples"] = ""  # that it is missing is told once, here
        book.add("CR474", book.sheet_span(book.titles["file"]), name="备忘录 / memorandum", **VALUE)
    cases = list(cases_of(book))
    tree["cases"] = [case_tree(case, n, places) for n, case in enumerate(cases)]
    if "cases" in book.titles:
        places.put(("cases",), book.sheet_span(book.titles["cases"]))
    _read_expectations(book, cases)
    fill_dossiers(book, document, cases)
    return tree, places


def _read_expectations(book: Book, cases: list[Case]) -> None:
    readers: dict[str, tuple[Words, Callable[[Row, str, Scope, Book], None]]] = {
        "others": (OTHERS, _other),
        "procedure": (PROCEDURE, _procedure),
    }
    for sheet, (words, read) in readers.items():
        for row in book.rows[sheet]:
            case = find_case(row, book, cases)
            step = find_step(row, book, case) if case is not None else None
            kind = expected_kind(row, words, book)
            if kind is None and "expect" not in row.spans:
                book.add("CR474", row.span, name="期望 / expect", **VALUE)
            if step is not None and kind is not None:
                read(row, kind, step.scope, book)
    for row in book.rows["periods"]:
        case = find_case(row, book, cases)
        if case is not None and "key" in row:
            for key in row.values:
                if key not in ("no", "key"):
                    case.scope.set(row, ("parameters", row.get("key"), key), key)


def _other(row: Row, kind: str, scope: Scope, book: Book) -> None:
    columns = [key for key in row.values if key not in ("no", "step", "expect")]
    if kind != "status":
        scope.append(row, ("expect", kind), {key: row.get(key) for key in columns}, columns)
        return
    for key in ("listing", "status"):
        if key not in row:
            column = OTHER.column(key)
            book.add("CR474", row.span, name=f"{column.zh} / {column.en}", **VALUE)
    if "listing" in row:
        scope.set(row, ("expect", "status", row.get("listing")), "status")


def _procedure(row: Row, kind: str, scope: Scope, book: Book) -> None:
    columns = [key for key in row.values if key not in ("no", "step", "expect")]
    named = "way" if "way" in kind else "duty"
    entry = {(named if key == "key" else key): row.get(key) for key in columns}
    scope.append(row, ("expect", kind), entry, columns)
