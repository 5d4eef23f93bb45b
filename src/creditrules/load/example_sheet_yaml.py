"""Load: small pieces of YAML as they stand in cells and on single lines; read back they are the same."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import Any

from creditrules.errors import CreditRulesError
from creditrules.load.scalars import Unreadable, resolve
from creditrules.load.strict_yaml import plain, read_yaml

# What may stand unquoted, also inside braces and brackets: no mark of YAML, no blank at an end.
_BARE = re.compile(
    r"[^\s\x00-\x20,\[\]{}#&*!|>'\"%@`:?~=<-](?:[^\x00-\x1f,\[\]{}#:\"]*[^\s\x00-\x1f,\[\]{}#:\"])?"
)
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(value: Any) -> str:
    """Return a single value as YAML writes it: days and numbers bare, texts quoted where they must be."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | date):
        return str(value)
    text = str(value)
    return text if _is_bare(text) else _in_quotes(text)


def _is_bare(text: str) -> bool:
    if not _BARE.fullmatch(text) or _RAW.search(text) or text == "<<":
        return False
    try:
        return isinstance(resolve(text), str)
    except Unreadable:
        return False


def _in_quotes(text: str) -> str:
    return _RAW.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(text, ensure_ascii=False))


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value)


def read_flow(text: str) -> Any:
    """Return the one value that a piece of YAML writes.

    Raises:
        ValueError: it is none.
    """
    try:
        read = plain(read_yaml(f"[{text}\n]", "cell"))
    except CreditRulesError:
        read = []
    if not isinstance(read, list) or len(read) != 1:
        raise ValueError("not one value")
    return read[0]
