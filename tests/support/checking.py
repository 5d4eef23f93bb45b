"""Checks for tests: the examples of their pages, made whole and laid beside the small catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from creditrules.errors import Finding
from creditrules.load.documents import KINDS
from creditrules.load.example_docs import read_examples
from creditrules.model.catalogue import Catalogue
from creditrules.policy.checks.run import Found, check_catalogue
from creditrules.policy.checks.tested import measures_in
from tests.support.loading import load_with

# What an example leaves out, by key: a memorandum of which no check of a document has anything to say.
WHOLE = {
    "memorandum": "memorandum: other",
    "doc_no": "doc_no: 虚构〔2018〕1号",
    "title": "title: {zh: 虚构备忘录, en: Invented memorandum}",
    "in_force": "in_force: {since: 2018-01-01}",
    "lists": "lists: [税务黑名单]",
    "covers": "covers: {enterprise: [self]}",
    "measures": """\
measures:
  - n: 1
    does: {zh: 不予批准, en: refuse}
    effect: prohibit
    matters: [exit]
    units: [公安部]
    basis: [{law: 中华人民共和国税收征收管理法, article: 44, cited: 第四十四条}]
    checked: {state: verified, source: s1}""",
    "sources": "sources: [{id: s1, title: 虚构来源}]",
}


def documents(text: str) -> dict[str, str | bytes]:
    """Return the files that an example spells; parts of a memorandum are completed to one."""
    files: dict[str, str | bytes] = {}
    for n, part in enumerate(text.split("---\n")):
        if part.startswith("examples:"):
            continue
        if _is_of_rules(part):
            files[f"rules/other{n}.yaml"] = part
        else:
            keys = re.findall(r"^(\w+):", part, re.MULTILINE)
            missing = [line for key, line in WHOLE.items() if key not in keys]
            files[f"memoranda/other{n}.yaml"] = "\n".join([*missing, part])
    if not any(name.startswith("memoranda/") for name in files):
        files["memoranda/other.yaml"] = "\n".join(WHOLE.values()) + "\n"
    return files


def _is_of_rules(part: str) -> bool:
    """Say whether a part of an example is a file of rules; some keys may stand in a memorandum as well."""
    keys = re.findall(r"^(\w+):", part, re.MULTILINE)
    if not all(key in KINDS for key in keys) or "memorandum" in keys:
        return False
    is_listed = re.search(r"^(lists): \[|^suppress:", part, re.MULTILINE)
    return not is_listed


def loaded(text: str) -> Catalogue:
    """Load the small catalogue with an example laid beside it."""
    return load_with(documents(text))


def checked(
    text: str, *, on: date | None = None, select: Collection[str] = (), ignore: Collection[str] = ()
) -> Found:
    """Check the small catalogue with an example laid beside it; a file of examples in it is looked at."""
    parts = [part for part in text.split("---\n") if part.startswith("examples:")]
    tested = frozenset(m for part in parts for m in measures_in(read_examples(part, "x.examples.yaml").doc))
    return check_catalogue(
        loaded(text), on=on, select=select, ignore=ignore, tested=tested if parts else None
    )


def found_in(text: str, code: str) -> list[Finding]:
    """Return the findings of one code about an example, not about the small catalogue itself."""
    files = documents(text)
    return [f for f in checked(text).findings if f.code == code and f.span.file in files]
