"""The pages about the stages speak of modules that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.tree import PACKAGE, ROOT, shown

PAGES = sorted((ROOT / "docs" / "internals").glob("*.md"))
STAGES = sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and (p / "__init__.py").exists())
# The model is the vocabulary of all stages; the glossary is its page.
ELSEWHERE = {"model"}


def test_every_stage_is_described() -> None:
    """A folder of the package has its page, or its place on the page of what stands on top."""
    on_top = (ROOT / "docs" / "internals" / "on-top.md").read_text("utf-8")
    described = {page.stem for page in PAGES} | set(re.findall(r"^\* `(\w+)`", on_top, re.MULTILINE))

    assert set(STAGES) - described - ELSEWHERE == set()


@pytest.mark.parametrize("page", [p for p in PAGES if p.stem in STAGES], ids=shown)
def test_a_page_names_modules_that_are_there(page: Path) -> None:
    """What stands in the first column of a table of modules, or has a page's word for it, exists."""
    table = re.search(r"^\| module \|.*?(?=\n\n)", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    rows = table[0].splitlines()[2:] if table else []

    names = [name for row in rows for name in re.findall(r"`([\w*]+)`", row.split("|")[1])]

    assert [name for name in names if not list((PACKAGE / page.stem).glob(f"{name}.py"))] == []
