"""Load: the values only an event has: its kind, its outcome, its details."""

from __future__ import annotations

from datetime import date

from creditrules.load.dossier_aliases import WORDS
from creditrules.load.dossier_scalars import UNREADABLE, Unfit
from creditrules.load.event_words import event_kind
from creditrules.load.forbidden import is_forbidden_category


def event_word(value: object) -> str:
    """Return the kind of an event, in either language.

    Raises:
        Unfit: CR446.
    """
    kind = event_kind(value)
    if kind is not None:
        return kind.value
    if value == UNREADABLE:
        return UNREADABLE
    raise Unfit("CR446")


def outcome(value: object) -> str:
    """Return the word of an outcome: of a closed vocabulary where the kind of event has one, else any.

    Raises:
        Unfit: CR405.
    """
    word = WORDS.get(value, value) if isinstance(value, str) else value
    if isinstance(word, str) and word.strip():
        return word.strip()
    raise Unfit("CR405", expected_en="a text that is not empty", expected_zh="非空文字")


def details(value: object) -> dict[str, str]:
    """Return details as texts; yes and no become `true` and `false`.

    Raises:
        Unfit: CR405, CR410.
    """
    if not isinstance(value, dict):
        raise Unfit("CR405", expected_en="a mapping of keys and values", expected_zh="由键和值组成的映射")
    for key in value:
        if is_forbidden_category(str(key)):
            raise Unfit("CR410")
    return {_KEYS.get(str(key), str(key)): _detail(inner) for key, inner in value.items()}


_KEYS = {"暂停惩戒": "suspends"}


def _detail(value: object) -> str:
    word = WORDS.get(value, value) if isinstance(value, str) else value
    if isinstance(word, bool):
        return "true" if word else "false"
    if isinstance(word, date):
        return word.isoformat()
    if word is None or isinstance(word, dict | list):
        raise Unfit(
            "CR405", expected_en="texts, numbers and days as values", expected_zh="值为文字、数字或日期"
        )
    return str(word)
