"""The repository speaks of the product alone: no file tells on which machine it was written."""

from __future__ import annotations

import re

from tests.support.tree import shown, text_files

# Put together here, so that this file does not find itself.
_PLACES = [
    "/" + "work/",
    "/" + "tmp/bash_jobs",
    "/" + "root/",
    "/" + "home/",
    "../" + "shared",
    "/" + "Users/",
]
_INDEXES = ["index" + "-url", "pypi." + "org", "pypi-" + "mirror", "PIP_" + "INDEX", "/" + "simple/"]
_STARTS = r"(?<![\w./-])"  # an address on the web may hold such a path
_TOKENS = re.compile(r"(?:ghp_|sk-|AKIA)[A-Za-z0-9]{16,}|-----BEGIN [A-Z ]*PRIVATE KEY-----")


def test_no_file_names_a_place_on_a_machine() -> None:
    """A path that exists on one machine only would make a reader look for what is not there."""
    marks = [re.compile(_STARTS + re.escape(place)) for place in _PLACES]

    assert _holding(marks) == []


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is the business of whoever installs them."""
    assert _holding([re.compile(re.escape(index)) for index in _INDEXES]) == []


def test_no_file_holds_a_secret() -> None:
    """Keys and tokens never enter the repository."""
    found = [shown(path) for path, text in text_files() if _TOKENS.search(text)]

    assert found == []


def _holding(marks: list[re.Pattern[str]]) -> list[str]:
    return [
        f"{shown(path)}: {found[0]}"
        for path, text in text_files()
        for mark in marks
        if (found := mark.search(text))
    ]
