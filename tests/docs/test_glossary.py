"""The glossary and the code use the same words."""

from __future__ import annotations

import inspect
import pkgutil
import re
from importlib import import_module

import pytest

import creditrules
from creditrules import model
from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "glossary.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| ")
]
ENTRIES = [row for row in ROWS if row[0] != "word"]
CLASSES = {name for row in ENTRIES for name in re.findall(r"`(\w+)`", row[2])}


def _of_model() -> set[str]:
    """Return every public class that a module of the model defines."""
    names: set[str] = set()
    for info in pkgutil.iter_modules(model.__path__):
        module = import_module(f"creditrules.model.{info.name}")
        names |= {
            n for n, v in vars(module).items() if inspect.isclass(v) and v.__module__ == module.__name__
        }
    return {name for name in names if not name.startswith("_")}


# Holds the units of a catalogue and has no meaning of its own.
CONTAINERS = {"Units"}
UNIONS = {"Condition"}


def test_every_public_type_is_in_the_glossary() -> None:
    """A name a caller meets is explained."""
    public = {name for name in creditrules.__all__ if inspect.isclass(getattr(creditrules, name))}

    assert public - CLASSES == set()


def test_every_class_of_the_model_is_in_the_glossary() -> None:
    """The model has no idea the glossary does not know."""
    assert _of_model() - CLASSES - CONTAINERS == set()


def test_the_glossary_names_no_class_that_is_not_there() -> None:
    """A word that left the code leaves the glossary."""
    assert CLASSES - _of_model() - set(creditrules.__all__) - UNIONS == set()


@pytest.mark.parametrize("row", ENTRIES, ids=lambda row: str(row[0]))
def test_every_word_has_its_chinese_term_and_a_meaning(row: list[str]) -> None:
    """Both readers are told what a word means."""
    _, zh, _, meaning = row

    assert re.search(r"[一-龥]", zh)
    assert meaning


def test_a_word_stands_once() -> None:
    """One word, one idea."""
    words = [row[0] for row in ENTRIES]

    assert sorted(set(words)) == sorted(words)
