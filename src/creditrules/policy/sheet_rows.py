"""Policy: gather the rows of a workbook of examples; what has no column of its own goes to the last sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.example_docs import ExampleDoc
from creditrules.load.example_sheet_cells import NotEncodable, encode
from creditrules.load.example_sheet_columns import REST, SHEETS
from creditrules.load.example_sheet_scopes import written_place
from creditrules.load.example_sheet_shape import Sheet
from creditrules.load.example_sheet_texts import Misread
from creditrules.load.example_sheet_yaml import flow

_LONGEST = 32_767  # characters that a cell holds


class Rows:
    """The rows of each sheet by column; `scope` cells say which case or dossier a row is about."""

    def __init__(self, lang: str, file: str) -> None:
        self.lang = lang
        self.file = file
        self.of: dict[str, list[dict[str, object]]] = {sheet.key: [] for sheet in SHEETS}

    def cells(self, sheet: Sheet, entry: Mapping[str, Any]) -> dict[str, object] | None:
        """Return an entry as cells; None when the columns of the sheet cannot hold it without loss."""
        columns = {column.key: column for column in sheet.columns}
        if not set(entry) <= set(columns):
            return None
        try:
            cells = {key: encode(value, columns[key], self.lang) for key, value in entry.items()}
        except NotEncodable:
            return None
        fits = all(len(text) <= _LONGEST for text in cells.values() if isinstance(text, str))
        return cells if fits else None

    def add(self, sheet: Sheet, entry: Mapping[str, Any]) -> bool:
        """Add a row when its columns can hold the entry."""
        cells = self.cells(sheet, entry)
        if cells is not None:
            self.of[sheet.key].append(cells)
        return cells is not None

    def rest(self, scope: Mapping[str, str], path: Sequence[str | int], value: Any) -> None:
        """Add what has no column, with the place where it belongs.

        Raises:
            FactsError: CR477, it is too long for a cell.
        """
        place = written_place(path)
        if not self.add(REST, {**scope, **({"path": place} if place else {}), "value": flow(value)}):
            said = {"given": f"{flow(value)[:40]}…", "column": place}
            raise FactsError([Finding("CR477", Span(self.file), {**said, **Misread("cell").words})])


def tree_of(doc: ExampleDoc) -> dict[str, Any]:
    """Return a file of examples as plain values; what it leaves out is left out."""
    tree: dict[str, Any] = doc.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    return tree
