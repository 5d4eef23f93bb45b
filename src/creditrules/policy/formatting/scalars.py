"""Policy: how a single value is written: Chinese as it is, quotes only where they change something."""

from __future__ import annotations

import re

from creditrules.load.yaml_tree import HIDDEN
from creditrules.policy.formatting.syntax import Scalar

# Words that other readers of YAML take for yes, no or nothing.
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "none"])
# What no plain word needs to hold; commas and brackets mean something where values stand in brackets.
_MARKS = set("\\\"'`{}[],:#&*!|>%@=<?~")
_DIGIT = re.compile(r"\d")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)


def key_text(key: Scalar | None) -> str:
    """Return the word a key stands for."""
    if key is None:
        return ""
    return key.text[1:-1] if key.style in ("'", '"') else key.text


def value_text(value: Scalar) -> str:
    """Return a value as it is to be written."""
    text = value.text.rstrip(" \t\n") if not value.is_block else value.text
    if value.style == '"':
        text = _unescaped(text)
    if value.style in ("'", '"') and _needs_no_quotes(text):
        return text[1:-1]
    return text


def _unescaped(text: str) -> str:
    def written(found: re.Match[str]) -> str:
        if len(found[1]) < 5:
            return found[0]
        character = chr(int(found[1][1:], 16))
        return found[0] if character < "\xa1" or HIDDEN.match(character) else character

    return _ESCAPE.sub(written, text)


def _needs_no_quotes(text: str) -> bool:
    """Say whether a text in quotes is a plain word: it begins with a letter, as Chinese ones do."""
    inner = text[1:-1]
    if text[:1] not in ("'", '"') or not inner[:1].isalpha() or inner != inner.strip():
        return False
    # Numbers in names are often quoted for the eye: `"一.1"` beside `"1"`.
    is_plain = inner.isprintable() and not _MARKS.intersection(inner) and not _DIGIT.search(inner)
    return is_plain and inner.lower() not in _WORDS
