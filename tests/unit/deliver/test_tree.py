"""Trees of reasons as text."""

from __future__ import annotations

import io

from rich.console import Console

from creditrules.deliver.markdown import trees_to_markdown
from creditrules.deliver.tree import plain_tree, rich_tree
from creditrules.model.decision import Decision, Reason
from creditrules.model.text import Text
from creditrules.model.words import Truth


def test_every_line_says_how_it_came_out(decision: Decision) -> None:
    """✓ holds, ✗ fails, ? is unknown, · is neither."""
    assert plain_tree(decision.why("A1"), "zh").split("\n") == [
        "✓ 财政部应当禁止参加政府采购",
        "├─ ✓ 列入 L1",
        "│  └─ · 注",
        "├─ ? 欠税未清",
        "└─ ✗ 已修复",
    ]


def test_a_terminal_gets_the_same_words_in_colour(decision: Decision) -> None:
    """The rich tree holds every line of the plain one."""
    file = io.StringIO()
    Console(file=file, width=100, force_terminal=True, color_system="standard").print(
        rich_tree(decision.why("A1"), "en")
    )
    for line in plain_tree(decision.why("A1"), "en").split("\n"):
        assert line.lstrip("│├└─ ")[2:] in file.getvalue()
    assert "\x1b[3" in file.getvalue()


def test_markdown_nests_the_lines(decision: Decision) -> None:
    """A tree is a nested list under a heading; no trees, no heading."""
    text = trees_to_markdown([decision.why("A1")], "en")

    assert "## Reasons" in text
    assert "\n  - ? arrears are open\n" in text
    assert trees_to_markdown([], "en") == ""


def test_words_in_a_tree_are_fit_to_be_shown() -> None:
    """Escapes and citizen numbers do not get through a reason."""
    text = plain_tree(Reason("note", Text("\x1b[1m 21060219900101123X"), Truth.TRUE), "zh")

    assert "\x1b" not in text
    assert "19900101" not in text
