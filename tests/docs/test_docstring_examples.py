"""Examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

from tests.support.tree import PACKAGE, modules

_SHOWING = [path for path in modules() if ">>> " in path.read_text("utf-8")]
_NAMES = [
    ".".join(("creditrules", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")
    for path in _SHOWING
]


@pytest.mark.parametrize("name", _NAMES)
def test_an_example_in_a_docstring_runs(name: str) -> None:
    """What a docstring shows is what happens."""
    failed, tried = doctest.testmod(import_module(name))

    assert tried > 0
    assert failed == 0
