"""Whoever reads a function or a test is told what holds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.tree import files_of_tests, modules, parsed, shown

Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@pytest.mark.parametrize("path", modules(), ids=shown)
def test_everything_public_says_what_it_is(path: Path) -> None:
    """Every module, public class and public function has a docstring."""
    tree = parsed(path)

    silent = [node.name for node in _public(tree) if not ast.get_docstring(node)]

    assert ast.get_docstring(tree)
    assert silent == []


@pytest.mark.parametrize("path", files_of_tests(), ids=shown)
def test_every_test_states_its_law_in_one_line(path: Path) -> None:
    """A test's docstring is one sentence on one line."""
    tests = [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]

    unclear = [node.name for node in tests if not _is_one_sentence(ast.get_docstring(node))]

    assert unclear == []


def _is_one_sentence(text: str | None) -> bool:
    return text is not None and "\n" not in text and text.rstrip().endswith((".", "。", ":"))


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[Documented]:
    for node in tree.body:
        if isinstance(node, Documented) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)
