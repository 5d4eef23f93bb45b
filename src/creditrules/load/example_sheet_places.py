"""Load: the tree that the rows of a workbook make, with the cell of every value in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from creditrules.errors import Span
from creditrules.load.dossier_problems import Path
from creditrules.load.example_sheet_rows import Book, Row
from creditrules.load.findings import near

# What a finding calls the content of a cell.
VALUE = {"kind_en": "value", "kind_zh": "内容"}


class SheetPlaces:
    """Where the values of a tree stand in a workbook; what no cell holds is where its surroundings are."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.spans: dict[Path, Span] = {}
        # What several cases share stands in one place.
        self.shared: dict[Path, Path] = {}

    def put(self, path: Path, span: Span) -> None:
        """Remember the place of a value."""
        self.spans.setdefault(path, span)

    def span(self, path: Path, on_key: bool = False) -> Span:
        """Return the cell of the deepest value along a path that has one."""
        path = (*self.shared[path[:3]], *path[3:]) if path[:3] in self.shared else path
        for depth in range(len(path), 0, -1):
            if path[:depth] in self.spans:
                return self.spans[path[:depth]]
        return Span(self.book.file)

    def line(self, span: Span) -> str:
        """Return what stands in a cell."""
        return self.book.line(span)


class Scope:
    """A part of the tree that rows fill: a case, a step, or a dossier; `path` is where it stands."""

    def __init__(self, path: Path, tree: dict[str, Any], places: SheetPlaces) -> None:
        self.path = path
        self.tree = tree
        self.places = places

    def set(self, row: Row, path: Path, column: str) -> None:
        """Put what stands in a column of a row at a path."""
        if column in row:
            put_at(self.tree, path, row.get(column))
            self.places.put((*self.path, *path), row.at(column))

    def append(self, row: Row, path: Path, entry: dict[str, Any], columns: Sequence[str]) -> None:
        """Add an entry to the list at a path; *columns* are those its values come from, in their order."""
        holder = held_at(self.tree, path[:-1])
        entries = holder.setdefault(path[-1], [])
        place = (*self.path, *path, len(entries))
        entries.append(entry)
        self.places.put(place, row.span)
        for key, column in zip(entry, columns, strict=True):
            self.places.put((*place, key), row.at(column))


def held_at(tree: dict[str, Any], path: Path) -> dict[Any, Any]:
    """Return the mapping at a path, made where there is none."""
    for name in path:
        tree = tree.setdefault(str(name), {})
    return tree


def put_at(tree: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value at a path of mappings."""
    held_at(tree, path[:-1])[path[-1]] = value


def report_nowhere(
    book: Book, row: Row, column: str, kind: tuple[str, str], known: Sequence[str], sheet: str
) -> None:
    """Report that a cell speaks of something that is nowhere in the workbook (CR479)."""
    name = str(row.get(column))
    book.add(
        "CR479", row.at(column), name=name, kind_en=kind[0], kind_zh=kind[1], sheet=sheet, **near(name, known)
    )
