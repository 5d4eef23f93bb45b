"""The pages of document and linking findings: their examples are run, their texts are complete."""

from __future__ import annotations

import re

import pytest

from creditrules.errors import finding_texts
from tests.support.loading import found_in

PAGES = {
    code: page for code, page in finding_texts().items() if code[:3] in ("CR1", "CR2") or code[:4] == "CR54"
}
# What these are about is no text of a file: its bytes, its size, its folder, its level, its package; or it is
# found only when the citations are checked.
NOT_A_FILE = {"CR100", "CR102", "CR141", "CR142", "CR226", "CR231", "CR232", "CR233"}
# These compare a catalogue with the one it stands on: tests/unit/load/test_stack.py.
NOT_A_FILE |= {"CR240", "CR241", "CR242", "CR243", "CR244", "CR248", "CR249"}
SHOWN = sorted(code for code in PAGES if code < "CR3" and code not in NOT_A_FILE)


def _name(code: str) -> str:
    return "rules/statutes.csv" if code == "CR140" else "memoranda/other.yaml"


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_of_a_page_has_its_finding_and_no_other(code: str) -> None:
    """What a page calls wrong is found under the page's code, and nothing else is wrong with it."""
    found = found_in(PAGES[code]["example"]["wrong"], _name(code))

    assert {finding.code for finding in found} == {code}


@pytest.mark.parametrize("code", SHOWN)
def test_the_right_example_of_a_page_has_no_finding(code: str) -> None:
    """What a page calls right loads without an error."""
    found = found_in(PAGES[code]["example"]["right"], _name(code))

    assert [finding.code for finding in found if finding.severity == "error" or finding.code == code] == []


@pytest.mark.parametrize("code", SHOWN)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_texts_of_a_finding_leave_no_place_unfilled(code: str, lang: str) -> None:
    """Every word a page asks for is given by the code that reports it."""
    for finding in found_in(PAGES[code]["example"]["wrong"], _name(code)):
        for text in (finding.what(lang), finding.why(lang), finding.fix(lang)):
            assert text
            assert not re.search(r"\{(?!zh|earliest|years|tax)[a-z_]+\}", text), (finding.code, text)


@pytest.mark.parametrize("code", sorted(PAGES))
def test_a_page_speaks_both_languages(code: str) -> None:
    """Title, what, why and fix are there in Chinese and in English; a clause has no full stop."""
    page = PAGES[code]

    for part in ("title", "what", "why", "fix"):
        assert re.search(r"[\u4e00-\u9fff]", page[part]["zh"]) or "{" in page[part]["zh"]
        assert re.search(r"[a-z]", page[part]["en"])
        assert not page[part]["en"].endswith(".")
        assert not page[part]["zh"].endswith("。")
