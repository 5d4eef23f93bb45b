"""Policy, checks: a condition in words, of both languages."""

from __future__ import annotations

from creditrules.deliver.clauses import condition_text
from creditrules.deliver.names import Names
from creditrules.deliver.words import Words
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition
from creditrules.model.text import Text

_MOST = 160


def said_of(condition: Condition, catalogue: Catalogue) -> Text:
    """Say a condition in both languages, cut where it is longer than anybody reads in a finding."""
    zh, en = (_cut(condition_text(condition, Names(catalogue, Words(lang)))) for lang in ("zh", "en"))
    return Text(zh, en)


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"
