"""The generated pages of the reference are what the code says now."""

from __future__ import annotations

import pytest

from creditrules.errors import finding_texts
from scripts.make_docs import FOLDER, PAGES, made


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    """`make docs` would change nothing."""
    assert (FOLDER / name).read_text("utf-8") == made(name)


def test_every_code_has_its_entry() -> None:
    """Each finding the library can report is on the page of findings."""
    page = (FOLDER / "findings.md").read_text("utf-8")

    assert [code for code in finding_texts() if f"### {code} " not in page] == []
