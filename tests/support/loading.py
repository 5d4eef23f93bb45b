"""Loading for tests: the small catalogue of `tests/support/small/`, with files added or put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import frozen

from creditrules.errors import CatalogueError, Finding
from creditrules.load.catalogue import load_sources
from creditrules.load.sources import Document, FolderSource
from creditrules.model.catalogue import Catalogue

SMALL = Path(__file__).parent / "small"

# A whole memorandum up to its measures, and one measure.
HEAD = """\
memorandum: other
doc_no: 虚构〔2018〕1号
title: 虚构备忘录
in_force: {since: 2018-01-01}
lists: [税务黑名单]
covers: {enterprise: [self]}
measures:
"""
MEASURE = """\
  - n: 1
    does: 不予批准
    effect: prohibit
    units: [公安部]
"""


@frozen
class TextSource:
    """A source made of texts by name."""

    texts: Mapping[str, str | bytes]
    name: str = "texts"

    def documents(self) -> Iterable[Document]:
        """Give one document for each text."""
        return [Document(name, text, name) for name, text in self.texts.items()]


def small_texts() -> dict[str, str | bytes]:
    """Return the files of the small catalogue by name."""
    return {document.name: document.data for document in FolderSource(SMALL).documents()}


def load_with(files: Mapping[str, str | bytes]) -> Catalogue:
    """Load the small catalogue with files added."""
    return load_sources([TextSource(small_texts() | dict(files))])


def found_in(text: str | bytes, name: str = "memoranda/other.yaml") -> tuple[Finding, ...]:
    """Return what is found when a file is added to the small catalogue: errors, else notes."""
    try:
        catalogue = load_with({name: text})
    except CatalogueError as error:
        return error.findings
    return tuple(note for note in catalogue.notes if note.span.file == name)


def underlined(finding: Finding) -> str:
    """Return the text that a finding underlines."""
    return finding.excerpt[finding.span.column - 1 : finding.span.end_column - 1]
