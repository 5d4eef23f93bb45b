"""Load: a workbook of policy examples, read into the same documents as a text of examples."""

from __future__ import annotations

from creditrules.errors import FactsError, Span
from creditrules.load.example_docs import ExampleFile
from creditrules.load.example_shape import checked_examples
from creditrules.load.example_sheet_file import open_book
from creditrules.load.example_sheet_rows import read_rows
from creditrules.load.example_sheet_tree import tree_of


def read_example_sheet(data: bytes, file: str) -> ExampleFile:
    """Read a workbook of policy examples; `spans` are its cells.

    Raises:
        FactsError: CR470–CR479 with every sheet, row and cell that is wrong; CR450–CR463, CR467 when the
            cells do not make cases.
        UsageError: CR567, the package that reads workbooks is not installed.
    """
    book = read_rows(open_book(data, file), file)
    # Without its sheets and columns, nothing could be said of the rows but that they are incomplete.
    if any(found.code in ("CR473", "CR474") for found in book.found):
        raise FactsError(book.found)
    tree, places = tree_of(book)
    told = {(found.span.sheet, found.span.line) for found in book.found}

    try:
        doc = checked_examples(tree, places)
    except FactsError as error:
        # A cell that could not be read is missing below; that is not told a second time.
        rest = [f for f in error.findings if (f.span.sheet, f.span.line) not in told]
        raise FactsError([*book.found, *rest]) from None
    if book.found:
        raise FactsError(book.found)

    def spans(case: int, *path: str | int) -> Span:
        if path[:1] == ("given",) and doc.cases[case].given is None:
            return places.span(path)
        return places.span(("cases", case, *(path or ("name",))))

    return ExampleFile(doc, spans, places.line)
