"""Load: the single values of a dossier, each as it may be written, and what is said of those that may not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from creditrules.load.dossier_aliases import WORDS

# Stands for a required text that is missing or unusable; no check may report it.
UNREADABLE = "\x00"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Unfit(Exception):
    """A value that may not stand where it stands: the code of the finding and its words."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


def to_day(value: object) -> date:
    """Return a day written as a YAML date or as `2018-06-01`; times of day and partial days are refused.

    Raises:
        Unfit: CR406.
    """
    if type(value) is date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise Unfit("CR406")


def day_or_false(value: object) -> date | bool:
    """Return a day, or False for a plain no.

    Raises:
        Unfit: CR406.
    """
    return False if value is False or value == "否" else to_day(value)


def yes_or_no(value: object) -> bool:
    """Return a yes or a no, in either language.

    Raises:
        Unfit: CR405.
    """
    answer = WORDS.get(value, value) if isinstance(value, str) else value
    if isinstance(answer, bool):
        return answer
    raise _expected("true or false", "是或否")


def text(value: object) -> str:
    """Return a text.

    Raises:
        Unfit: CR405.
    """
    # YAML reads an unquoted code as a number; one with a leading zero would have been refused by the reader.
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise _expected("a text", "文字")


def name(value: object) -> str:
    """Return a text that is not empty, without the spaces around it.

    Raises:
        Unfit: CR405.
    """
    stripped = text(value).strip()
    if stripped:
        return stripped
    raise _expected("a text that is not empty", "非空文字")


def one_of(*words: str) -> Callable[[object], str]:
    """Return the reader of a closed list of words, which raises `Unfit` (CR407) for any other."""

    def choose(value: object) -> str:
        word = WORDS.get(value, value) if isinstance(value, str) else value
        if isinstance(word, str) and word in words:
            return word
        raise Unfit("CR407", words=", ".join(words))

    return choose


def span_of_days(value: object) -> object:
    """Return two days; one day stands for both ends.

    Raises:
        Unfit: CR406.
    """
    return value if isinstance(value, dict) else {"since": to_day(value), "until": value}


def shown(value: object) -> str:
    """Return a value as a file would write it, in short."""
    if isinstance(value, dict | list):
        return "{…}" if isinstance(value, dict) else "[…]"
    if value is None:
        return "null"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _expected(en: str, zh: str) -> Unfit:
    return Unfit("CR405", expected_en=en, expected_zh=zh)
