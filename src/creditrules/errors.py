"""Findings and the error family: what went wrong, where, why it matters, and what to do next.

A finding holds a code and the words to fill its text with; the texts themselves are in `texts/cr*.yaml`,
in both languages, and are read only when a finding is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from attrs import field, frozen


@frozen(order=True)
class Span:
    """A place in a file: 1-based line and column, columns counted in characters, end column exclusive.

    In a spreadsheet `cell` names sheet and cell (`案例!C7`), or a sheet (`案例`); line and column are its row
    and its column then.
    """

    file: str
    line: int = 1
    column: int = 1
    end_column: int = 1
    cell: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.cell or f'{self.line}:{self.column}'}"

    @property
    def sheet(self) -> str:
        """The sheet of a cell; empty in a text."""
        return self.cell.rpartition("!")[0] or self.cell


@frozen
class Finding:
    """One thing found in a document, a dossier or an engine. `severity` is error, warning or note."""

    code: str
    span: Span
    words: Mapping[str, str] = field(factory=dict)
    severity: str = "error"
    excerpt: str = ""
    related: tuple[Span, ...] = ()

    def what(self, lang: str = "en") -> str:
        """Say in one clause what was found."""
        return self._text("what", lang)

    def why(self, lang: str = "en") -> str:
        """Say why the library minds."""
        return self._text("why", lang)

    def fix(self, lang: str = "en") -> str:
        """Say the smallest next step."""
        return self._text("fix", lang)

    def __str__(self) -> str:
        return f"{self.span}: {self.code} {self.what()}"

    def _text(self, part: str, lang: str) -> str:
        page = finding_texts().get(self.code)
        if page is None:
            return self.code
        template = str(page[part][lang])
        for name, value in self.words.items():
            template = template.replace("{" + name + "}", value)
        return template


@cache
def finding_texts() -> Mapping[str, Mapping[str, Any]]:
    """Return the page of every code: title, what, why, fix and an example, in both languages."""
    import yaml  # only when a finding is shown

    pages: dict[str, Mapping[str, Any]] = {}
    # By path and not by `importlib.resources`, whose import takes longer than reading the pages.
    for page in sorted((Path(__file__).parent / "texts").glob("cr*.yaml")):
        pages.update(yaml.load(page.read_text("utf-8"), Loader=yaml.CSafeLoader))
    return pages


class CreditRulesError(Exception):
    """The family of errors this library raises; anything else that escapes is its own bug."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=lambda f: (f.span.file, f.span.sheet, f.span, f.code)))
        super().__init__("\n".join(str(f) for f in self.findings))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.findings,))


class CatalogueError(CreditRulesError):
    """The documents of a catalogue have findings; nothing was loaded."""


class FactsError(CreditRulesError):
    """A dossier has findings; nothing was decided."""


class EngineError(CreditRulesError):
    """An engine failed, or two engines disagree; no answer leaves the library."""


class UsageError(CreditRulesError):
    """The library was called in a way it cannot serve, such as with an unknown unit or engine."""
