"""The docstring of a check is its page: its headings, its two languages, and its examples, which run here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from creditrules.errors import finding_texts
from creditrules.policy import checks as folder
from creditrules.policy.checks.check import Check
from creditrules.policy.checks.table import checks
from tests.support.checking import found_in

CODES = sorted(checks())
FILES = sorted(Path(folder.__path__[0]).glob("cr*.py"))
_HEADINGS = (
    "What it finds:",
    "查出什么：",
    "Why it matters:",
    "为何要紧：",
    "Example:",
    "Instead:",
    "应当怎样：",
)


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_of_a_check_has_its_finding(code: str) -> None:
    """What a page calls wrong is found under the page's code."""
    assert found_in(finding_texts()[code]["example"]["wrong"], code)


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_of_a_check_has_no_finding(code: str) -> None:
    """What a page calls right is not found under the page's code."""
    assert found_in(finding_texts()[code]["example"]["right"], code) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_finding_of_a_check_leaves_no_place_unfilled(code: str, lang: str) -> None:
    """Every word a page asks for is given, except a suggestion when nothing is near."""
    for finding in found_in(finding_texts()[code]["example"]["wrong"], code):
        for text in (finding.what(lang), finding.why(lang), finding.fix(lang)):
            assert text
            assert not re.search(r"\{[a-z_]+\}", text), (code, text)


@pytest.mark.parametrize("code", CODES)
def test_a_finding_of_a_check_has_a_place(code: str) -> None:
    """It names file, line and column, and is no graver than its check says."""
    graver = {"error": ("error", "warning", "note"), "warning": ("warning", "note"), "note": ("note",)}
    for finding in found_in(finding_texts()[code]["example"]["wrong"], code):
        assert finding.span.line >= 1
        assert finding.span.end_column > finding.span.column
        assert finding.severity in graver[checks()[code].severity]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_docstring_of_a_check_has_its_headings_in_both_languages(path: Path) -> None:
    """The headings stand in one order in every file."""
    docstring = path.read_text("utf-8").split('"""')[1]

    assert tuple(line for line in docstring.splitlines() if line in _HEADINGS) == _HEADINGS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_for_its_code_and_what_it_finds(path: Path) -> None:
    """Whoever has a code or a name finds the file."""
    check = checks()[path.stem[:5].upper()]

    assert path.stem == f"{check.code.lower()}_{check.name.replace('-', '_')}"


@pytest.mark.parametrize("code", CODES)
def test_a_page_of_a_check_speaks_both_languages(code: str) -> None:
    """Title, what, why and fix are there in Chinese and in English; a clause has no full stop."""
    page = finding_texts()[code]

    for part in ("title", "what", "why", "fix"):
        assert re.search(r"[\u4e00-\u9fff]", page[part]["zh"])
        assert re.search(r"[a-z]", page[part]["en"])
        assert page[part]["en"][-1] != "."
        assert page[part]["zh"][-1] != "。"
        assert "  " not in page[part]["en"]


def test_the_pages_are_read_without_importing_a_check() -> None:
    """A finding is shown where its check was never loaded, and where docstrings are stripped."""
    assert {code for code in finding_texts() if code.startswith("CR3")} == set(checks())
    assert all(isinstance(check, Check) for check in checks().values())
