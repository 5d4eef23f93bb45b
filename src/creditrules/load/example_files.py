"""Load: find files of examples, and read one whatever it is written in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.example_docs import ExampleFile, read_examples

SUFFIXES = (".examples.yaml", ".examples.xlsx")


def is_example_file(path: Path) -> bool:
    """Say whether a file is one of examples by its name; what a program keeps open beside it is none."""
    return path.name.endswith(SUFFIXES) and not path.name.startswith((".", "~$"))


def example_files(path: Path) -> Iterator[Path]:
    """Yield the files of examples at or below a path, in order; a file that is named counts as one."""
    if path.is_file():
        yield path
        return
    yield from sorted(each for each in path.rglob("*.examples.*") if is_example_file(each))


def read_example_file(path: Path) -> ExampleFile:
    """Read a file of examples, a spreadsheet by its name.

    Raises:
        CatalogueError, FactsError: it cannot be read as examples (CR445: it cannot be opened).
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FactsError([Finding("CR445", Span(str(path)), {"reason": reason})]) from None
    if path.suffix == ".xlsx":
        from creditrules.load.example_sheet import read_example_sheet

        return read_example_sheet(data, str(path))
    return read_examples(data, str(path))
