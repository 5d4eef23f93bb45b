"""Deliver: a tree of reasons as text with marks ✓ ✗ ?, plain or for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from creditrules.deliver.plain import shown
from creditrules.model.decision import Reason
from creditrules.model.words import Truth

if TYPE_CHECKING:
    from rich.text import Text as RichText
    from rich.tree import Tree

MARKS = {Truth.TRUE: "✓", Truth.FALSE: "✗", Truth.UNKNOWN: "?", None: "·"}
_STYLES = {Truth.TRUE: "green", Truth.FALSE: "red", Truth.UNKNOWN: "yellow", None: "dim"}


def plain_tree(reason: Reason, lang: str = "en") -> str:
    """Return a tree of reasons as lines of text; every line starts with how it came out."""
    return "\n".join(_lines(reason, lang, "", ""))


def _lines(reason: Reason, lang: str, first: str, rest: str) -> Iterator[str]:
    yield f"{first}{MARKS[reason.truth]} {shown(reason.text(lang))}"
    for at, child in enumerate(reason.children, 1):
        is_last = at == len(reason.children)
        yield from _lines(
            child, lang, rest + ("└─ " if is_last else "├─ "), rest + ("   " if is_last else "│  ")
        )


def rich_tree(reason: Reason, lang: str = "en") -> Tree:
    """Return a tree of reasons that rich draws, with the marks in colour."""
    from rich.tree import Tree

    root = Tree(_label(reason, lang), guide_style="dim")
    _grow(root, reason, lang)
    return root


def _grow(branch: Tree, reason: Reason, lang: str) -> None:
    for child in reason.children:
        _grow(branch.add(_label(child, lang)), child, lang)


def _label(reason: Reason, lang: str) -> RichText:
    from rich.text import Text as RichText

    style = _STYLES[reason.truth]
    return RichText.assemble((f"{MARKS[reason.truth]} ", style), shown(reason.text(lang)))
