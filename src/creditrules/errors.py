"""Findings and the error family: what went wrong, where, why it matters, and what to do next.

A finding holds a code and the words to fill its text with; the texts themselves are in `texts/cr*.yaml`,
in both languages, and are read only when a finding is shown. Those of a check of catalogues are the docstring
of its file, `policy/checks/cr*.py`.
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
    package = Path(__file__).parent
    for page in sorted((package / "texts").glob("cr*.yaml")):
        pages.update(yaml.load(page.read_text("utf-8"), Loader=yaml.CSafeLoader))
    # Read as text: to show what a check found, the check need not be imported, nor keep its docstring.
    for check in sorted((package / "policy" / "checks").glob("cr*.py")):
        code = check.stem.partition("_")[0].upper()
        pages[code] = _page_of(check.read_text("utf-8").split('"""')[1])
    return pages


# The headings under which the docstring of a check says the same as the pages of the other codes.
_HEADINGS = {
    "What it finds:": ("what", "en"),
    "查出什么：": ("what", "zh"),
    "Why it matters:": ("why", "en"),
    "为何要紧：": ("why", "zh"),
    "Instead:": ("fix", "en"),
    "应当怎样：": ("fix", "zh"),
    "Example:": ("example", ""),
}


def _page_of(docstring: str) -> Mapping[str, Any]:
    """Return the page a docstring holds: under each heading one clause, then (as `more`) what explains it."""
    title, _, rest = docstring.strip().partition("\n")
    title_en, _, title_zh = title.rstrip("。.").partition(" · ")
    page: dict[str, Any] = {"title": {"en": title_en, "zh": title_zh}}
    heading, indented = ("", ""), ""
    for line in (*rest.splitlines(), "Instead:"):
        if line not in _HEADINGS:
            indented += line + "\n"
            continue
        part, lang = heading
        if part == "example":
            page[part] = _examples(indented)
        elif part:
            clause, *more = (_joined(each) for each in indented.strip().split("\n\n"))
            page.setdefault(part, {})[lang] = clause
            if more:
                page.setdefault("more", {}).setdefault(part, {})[lang] = "\n\n".join(more)
        heading, indented = _HEADINGS[line], ""
    return page


def _examples(text: str) -> dict[str, str]:
    wrong, _, right = text.partition("    right:\n")
    return {"wrong": _dedented(wrong.partition("    wrong:\n")[2]), "right": _dedented(right)}


def _dedented(text: str) -> str:
    return "\n".join(line[8:] for line in text.strip("\n").splitlines()).rstrip() + "\n"


def _joined(text: str) -> str:
    """Join the lines of a paragraph; between two Chinese characters stands no blank."""
    whole = ""
    for line in (each.strip() for each in text.splitlines()):
        is_chinese = bool(whole) and (whole[-1] > "\u2e80" or line[:1] > "\u2e80")
        whole += line if not whole or is_chinese else f" {line}"
    return whole


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
