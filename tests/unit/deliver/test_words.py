"""The words of the interface: everything is said in both languages."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import yaml

import creditrules
from creditrules.deliver.words import LANGUAGES, Words, word_table
from creditrules.model.status import Status
from creditrules.model.words import Checked, Discretion, HeldAt, Rank, Responsibility, Strength

PACKAGE = Path(creditrules.__file__).parent
CALL = re.compile(r"""(?:words|Words\(lang\))\(\s*f?["']([a-z_.{}\-]+)["']""")
# Places that are filled with a word of a closed vocabulary, tested below, or of a command.
OPEN = re.compile(r"\{[^}]*\}")


TABLES = sorted((PACKAGE / "texts").glob("words*.yaml"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_every_word_is_in_both_languages(path: Path) -> None:
    """A leaf of a table holds zh and en and nothing else, and both say something."""
    table = yaml.safe_load(path.read_text("utf-8"))

    def leaves(tree: Any, key: str) -> None:
        if any(not isinstance(value, dict) for value in tree.values()):
            assert set(tree) == set(LANGUAGES), key
            assert all(isinstance(value, str) for value in tree.values()), key
        else:
            for name, part in tree.items():
                leaves(part, f"{key}.{name}")

    leaves(table, "")


def test_both_languages_have_the_same_places() -> None:
    """What is filled in the one is filled in the other."""
    for key, text in word_table().items():
        assert sorted(OPEN.findall(text.zh)) == sorted(OPEN.findall(text.en)), key


def test_every_word_that_the_code_asks_for_is_there() -> None:
    """No key of the code falls back to its own name."""
    asked = {
        (path.name, key)
        for folder in ("deliver", "cli")
        for path in (PACKAGE / folder).glob("*.py")
        for key in CALL.findall(path.read_text("utf-8"))
    }
    missing = {(file, key) for file, key in asked if "{" not in key and key not in word_table()}

    assert len(asked) > 60
    assert missing == set()


@pytest.mark.parametrize(
    ("group", "kind"),
    [
        ("discretion", Discretion),
        ("status", Status),
        ("checked", Checked),
        ("held", HeldAt),
        ("finds", Responsibility),
        ("rank", Rank),
    ],
)
def test_every_closed_word_of_the_model_has_a_name(group: str, kind: type[Enum]) -> None:
    """A value that the model knows is never shown as its key."""
    assert [v.value for v in kind if f"{group}.{v.value}" not in word_table()] == []


def test_strengths_that_are_shown_have_names() -> None:
    """All but the one that means nothing is known."""
    values = [v.value for v in Strength if v is not Strength.UNSTATED]

    assert [v for v in values if f"strength.{v}" not in word_table()] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_no_word_is_written_twice(path: Path) -> None:
    """Of two lines with one key the second would silently win."""

    def twice(node: yaml.Node) -> list[str]:
        if not isinstance(node, yaml.MappingNode):
            return []
        keys = [key.value for key, _ in node.value]
        found = [key for key in keys if keys.count(key) > 1]
        return found + [key for _, value in node.value for key in twice(value)]

    assert twice(yaml.compose(path.read_text("utf-8"))) == []


def test_every_reason_for_setting_aside_has_a_name() -> None:
    """The closed words that the compiler sets aside with are all in the table."""
    used: set[str] = set()
    for path in (PACKAGE / "compile").glob("*.py"):
        used |= set(re.findall(r'aside\(\s*[^,]+,\s*"([a-z_]+)"', path.read_text("utf-8")))
        used |= set(re.findall(r'Force\(Truth\.FALSE, "([a-z_]+)"', path.read_text("utf-8")))

    assert len(used) > 6
    assert [reason for reason in used if f"reason.{reason}" not in word_table()] == []


def test_an_unknown_word_is_said_as_written() -> None:
    """A reason that a plug-in invents is shown by its name."""
    assert Words("en")("reason.quite_new") == "quite new"


def test_a_place_may_bear_any_name() -> None:
    """A text may have a place that is called `key`."""
    said = Words("en")("impact.unnumbered", document="D", key="二.3")

    assert "二.3" in said
