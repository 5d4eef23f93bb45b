"""CLI: `creditrules example template | to-sheet | to-yaml`: from one form of examples to the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from creditrules.cli import _inputs
from creditrules.cli._state import state_of
from creditrules.cli._usage import nearest, usage_error

if TYPE_CHECKING:
    from creditrules.cli.example import Asked
    from creditrules.load.example_docs import ExampleDoc, ExampleFile
    from creditrules.model.catalogue import Catalogue
    from creditrules.model.memorandum import Memorandum


def template(asked: Asked) -> None:
    """Write the workbook to write the examples of a memorandum in."""
    from creditrules.policy.sheet_book import to_bytes
    from creditrules.policy.sheet_template import template as made_of

    state = state_of()
    key, out = asked.files
    catalogue = _inputs.load(asked.catalogues, state)
    memorandum = memorandum_named(key, catalogue)
    write(out, to_bytes(made_of(memorandum, catalogue, state.lang)), asked.force)
    click.echo(state.words("example.template_written", file=out, title=state.words.said(memorandum.title)))


def memorandum_named(name: str, catalogue: Catalogue) -> Memorandum:
    """Return a memorandum by its key, its document number or its title.

    Raises:
        UsageError: CR561, there is none.
    """
    memoranda = catalogue.memoranda.values()
    found = [m for m in memoranda if name in (m.key, m.doc_no, m.title.zh, m.title.en)]
    if not found:
        names = [each for m in memoranda for each in (m.key, m.doc_no, m.title.zh)]
        raise usage_error("CR561", name, **nearest(name, names))
    return found[0]


def to_sheet(asked: Asked) -> None:
    """Write a file of examples as a workbook."""
    source, out = asked.files
    _tell(out, write_doc(out, read_file(source).doc, sheet=True, force=asked.force))


def to_yaml(asked: Asked) -> None:
    """Write a workbook of examples as YAML."""
    source, out = asked.files
    _tell(out, write_doc(out, read_file(source).doc, sheet=False, force=asked.force))


def _tell(out: str, cases: int) -> None:
    key = "example.written_one" if cases == 1 else "example.written"
    click.echo(state_of().words(key, file=out, n=cases))


def read_file(path: str) -> ExampleFile:
    """Read a file of examples, a workbook by its name.

    Raises:
        UsageError: CR557 or CR558, there is no file to read.
        CatalogueError, FactsError: it holds no examples.
    """
    from creditrules.load.example_files import read_example_file

    _inputs.check_file(path)
    return read_example_file(Path(path))


def write_doc(out: str, doc: ExampleDoc, *, sheet: bool, force: bool, comments: tuple[str, ...] = ()) -> int:
    """Write a file of examples; return how many cases it holds.

    Raises:
        UsageError: CR569, the file cannot be written.
    """
    from creditrules.policy.sheet_book import to_bytes, write_book
    from creditrules.policy.sheet_cases import rows_of
    from creditrules.policy.sheet_yaml import to_yaml as text_of

    if sheet:
        data = to_bytes(write_book(rows_of(doc, state_of().lang, out)))
    else:
        data = text_of(doc, comments).encode("utf-8")
    write(out, data, force)
    return len(doc.cases)


_THERE = {
    "problem_en": "the file is there already, and says something else",
    "problem_zh": "文件已经存在，内容不同",
    "fix_en": "choose another name, or add `--force` to replace it with all its comments",
    "fix_zh": "请另取文件名，或者加上 `--force` 替换（其中的注释也会丢失）",
}


def write(out: str, data: bytes, force: bool) -> None:
    """Write a file; one that is there already only when that is wanted.

    Raises:
        UsageError: CR569, it cannot be written; CR578, it is there and says something else.
    """
    try:
        if not force and Path(out).exists() and Path(out).read_bytes() != data:
            raise usage_error("CR578", out, **_THERE)
        Path(out).write_bytes(data)
    except OSError:
        raise usage_error("CR569", out) from None


def is_sheet(path: str) -> bool:
    """Say whether a file is to be a workbook by its name."""
    return path.lower().endswith(".xlsx")
