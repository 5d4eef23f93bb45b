"""Codes of findings: each has one page, whichever file it stands in."""

from __future__ import annotations

import re
from collections import Counter

from creditrules.errors import finding_texts
from tests.support.tree import PACKAGE

HEAD = re.compile(r"^(CR\d{3}):", re.MULTILINE)


def test_no_code_has_two_pages() -> None:
    """Of two pages one would be lost, and its findings would be explained by the other."""
    found = Counter(
        code
        for page in (PACKAGE / "texts").glob("cr*.yaml")
        for code in HEAD.findall(page.read_text("utf-8"))
    )

    assert [code for code, n in found.items() if n > 1] == []


def test_every_code_named_in_the_sources_has_a_page() -> None:
    """Whoever meets a code can have it explained."""
    named = {
        code for path in PACKAGE.rglob("*.py") for code in re.findall(r'"(CR\d{3})"', path.read_text("utf-8"))
    }

    assert named - set(finding_texts()) == set()
