"""Load: bytes become text, in UTF-8 and no other encoding."""

from __future__ import annotations

from creditrules.errors import Span
from creditrules.load.findings import Findings
from creditrules.load.node import Source


def decoded(data: bytes, file: str, found: Findings) -> str | None:
    """Return the text without its byte order mark; None with a finding (CR100) at the first wrong byte."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        found.on("CR100", Source(file, before), Span(file, line, column, column + 1), _guess(data))
        return None


def _guess(data: bytes) -> dict[str, str]:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return {"guess_en": "; it looks like UTF-16", "guess_zh": "；看来是 UTF-16"}
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return {"guess_en": "", "guess_zh": ""}
    return {"guess_en": "; it looks like GB18030", "guess_zh": "；看来是 GB18030"}
