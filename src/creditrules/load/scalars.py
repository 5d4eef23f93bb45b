"""Load: what an unquoted word in a YAML file means. Few words mean anything: `no` is a word, not a no."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from creditrules.load.node import Scalar

# First characters of unquoted text that may be something other than a string.
TYPED = frozenset("-0123456789tfn~")

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)
_PADDED = re.compile(r"-?0[0-9]+(\.[0-9]+)?", re.ASCII)
_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None, "~": None, "": None}
_LONGEST_NUMBER = 40


class Unreadable(ValueError):
    """An unquoted word that looks like a value but is none; `code` is the finding's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def resolve(text: str) -> Scalar:
    """Return the value of an unquoted word.

    Raises:
        Unreadable: for a date that is not in the calendar (CR113), a number padded with zeros (CR114), or
            one too long to be a number (CR115).
    """
    if text in _WORDS:
        return _WORDS[text]
    number = _NUMBER.fullmatch(text)
    if number:
        if len(text) > _LONGEST_NUMBER:
            raise Unreadable("CR115")
        return Decimal(text) if number[1] else int(text)
    day = _DATE.fullmatch(text)
    if day:
        return _day(day)
    if _PADDED.fullmatch(text):
        raise Unreadable("CR114")
    return text


def day_from(text: str) -> date | None:
    """Return the day that a text writes as `2016-12-30`; None when it is written otherwise.

    Raises:
        Unreadable: when the calendar has no such day.
    """
    found = _DATE.fullmatch(text)
    return _day(found) if found else None


def _day(found: re.Match[str]) -> date:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Unreadable("CR113") from None
