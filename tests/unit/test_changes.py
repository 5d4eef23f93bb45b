"""Every change is told in a fragment, and a fragment that can alter a decision says what it alters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.tree import ROOT

KINDS = ("feature", "fix", "decision", "catalogue", "docs", "internal")
FRAGMENTS = sorted(p for p in (ROOT / "changes").glob("*") if p.name != "README.md")


def test_there_are_fragments() -> None:
    """The folder holds what the next release will say."""
    assert FRAGMENTS != []


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda p: p.name)
def test_a_fragment_is_named_by_subject_and_kind(path: Path) -> None:
    """`<name>.<kind>.md` sorts a fragment into the changelog without a list in the middle."""
    assert re.fullmatch(rf"[a-z0-9-]+\.({'|'.join(KINDS)})\.md", path.name)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda p: p.name)
def test_a_fragment_is_short_and_ends_its_sentences(path: Path) -> None:
    """A fragment is one paragraph of whole sentences."""
    text = path.read_text("utf-8").strip()

    assert text.endswith((".", "。"))
    assert "\n\n" not in text
    assert 20 <= len(text) <= 600


@pytest.mark.parametrize("path", [p for p in FRAGMENTS if ".decision." in p.name], ids=lambda p: p.name)
def test_a_fragment_about_decisions_names_documents_and_days(path: Path) -> None:
    """Whoever relies on decisions learns which measures and which days are affected."""
    text = path.read_text("utf-8")

    assert re.search(r"\d{4}|every day|all periods", text)
    assert re.search(r"`[a-z0-9-]+`|〔\d{4}〕|\.yaml|decision|measure|memorand", text)
