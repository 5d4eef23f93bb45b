"""Load: what stands in a cell, read as the kind of its column; the other way for whoever writes a workbook.

INVARIANT: `decode(encode(value))` is the value; what cannot be kept so is refused by `encode`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from creditrules.load.example_sheet_shape import Column
from creditrules.load.example_sheet_texts import Misread, is_plain, joined, parted, quoted, unquoted
from creditrules.load.example_sheet_words import NO, NOTHING, RESERVED, YES, key_of, name_of

# The first day that spreadsheet programs count without a mistake.
FIRST_DAY = date(1900, 3, 1)
# A spreadsheet program keeps 15 digits of a number.
_DIGITS = 10**15
# A label that is a number is written as one.
_COUNTED = re.compile(r"0|[1-9][0-9]{0,14}", re.ASCII)
# Kinds of which a cell can only say that there is something.
_NEVER_NOTHING = ("number", "names", "absent")


class NotEncodable(ValueError):
    """A value that a cell of this kind cannot hold without loss."""


def decode(value: object, column: Column) -> Any:
    """Return what a cell means in its column.

    Raises:
        Misread: it is not of the kind of the column; says what is expected and what to do.
    """
    if isinstance(value, str) and column.kind not in ("names", "mapping"):
        plain = unquoted(value)
        if plain is not None:
            return plain
    if isinstance(value, time | datetime) and not _is_midnight(value):
        raise Misread("time")
    if isinstance(value, datetime):
        value = value.date()
    return _DECODERS[column.kind](value, column)


def encode(value: Any, column: Column, lang: str) -> object:
    """Return what to write into a cell for a value.

    Raises:
        NotEncodable: the cell cannot hold it.
    """
    if (value is None and column.kind not in _NEVER_NOTHING) or (value == "" and column.kind == "absent"):
        return NOTHING[lang != "zh"]
    if isinstance(value, str) and column.kind not in ("names", "mapping"):
        return _encoded_text(value, column, lang)
    if value is False and column.kind == "day_or_no":
        return NO[lang != "zh"]
    if isinstance(value, bool) and column.kind in ("yes", "value"):
        return (YES if value else NO)[lang != "zh"]
    if type(value) is date and column.kind in ("date", "day_or_no", "value") and value >= FIRST_DAY:
        return value
    if type(value) is int and column.kind in ("number", "value") and abs(value) < _DIGITS:
        return value
    if isinstance(value, Decimal) and column.kind == "value" and Decimal(repr(float(value))) == value:
        return float(value)
    if isinstance(value, list | tuple) and column.kind == "names":
        texts = [text for text in value if isinstance(text, str)]
        if len(texts) == len(value):
            return joined(texts) if texts else NOTHING[lang != "zh"]
    if isinstance(value, dict) and value and column.kind == "mapping":
        from creditrules.load.example_sheet_yaml import flow

        written = flow(value)[1:-1]
        if is_plain(written):
            return written
    raise NotEncodable


def _encoded_text(value: str, column: Column, lang: str) -> str | int:
    if column.kind == "label" and _COUNTED.fullmatch(value):
        return int(value)
    if column.words is not None and value in column.words:
        return name_of(value, column.words, lang)
    # A word that a cell of this column would be read as something else by is written in quotes.
    try:
        same = is_plain(value) and decode(value, column) == value and value.casefold() not in RESERVED
    except Misread:
        same = False
    return value if same else quoted(value)


def _is_midnight(value: time | datetime) -> bool:
    return isinstance(value, datetime) and value.time() == time()


def _nothing(value: object) -> bool:
    return isinstance(value, str) and RESERVED.get(value.casefold(), ...) is None


def _text(value: object, column: Column) -> str | None:
    if _nothing(value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        raise Misread("text", value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        if abs(value) >= _DIGITS:
            raise Misread("digits", value)
        return str(value)
    if isinstance(value, date):
        raise Misread("text_not_date", value)
    raise Misread("text_not_number", value)


def _label(value: object, column: Column) -> str | None:
    # A step may be named by its day.
    return str(value) if type(value) is date else _text(value, column)


def _absent(value: object, column: Column) -> str:
    # （无） says that there is none, which is not the same as saying nothing.
    return _text(value, column) or ""


def _word(value: object, column: Column) -> str | None:
    text = _text(value, column)
    return text if text is None else key_of(text, column.words or {}) or text


def _date(value: object, column: Column) -> date | None:
    if _nothing(value):
        return None
    if type(value) is date:
        return value
    if isinstance(value, str):
        raise Misread("date_as_text", value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise Misread("date_as_number", value)
    raise Misread("date", value)


def _day_or_no(value: object, column: Column) -> date | bool | None:
    said = _yes_or_no_said(value)
    return False if said is False else _date(value, column)


def _yes(value: object, column: Column) -> bool | None:
    if _nothing(value):
        return None
    said = _yes_or_no_said(value)
    if said is None:
        raise Misread("yes", value)
    return said


def _yes_or_no_said(value: object) -> bool | None:
    return (
        RESERVED.get(value.casefold())
        if isinstance(value, str)
        else value
        if isinstance(value, bool)
        else None
    )


def _number(value: object, column: Column) -> int:
    if type(value) is int:
        return value
    raise Misread("number", value)


def _names(value: object, column: Column) -> list[str]:
    if _nothing(value):
        return []
    text = _text(value, column)
    return parted(text or "")


def _mapping(value: object, column: Column) -> dict[str, Any] | None:
    if _nothing(value):
        return None
    from creditrules.load.example_sheet_yaml import read_flow

    try:
        read = read_flow("{" + str(value) + "}")
    except ValueError:
        read = None
    if not isinstance(read, dict):
        raise Misread("mapping", value)
    return read


def _value(value: object, column: Column) -> Any:
    if isinstance(value, str):
        return RESERVED.get(value.casefold(), value)
    if isinstance(value, float):
        return Decimal(repr(value))
    return value


_DECODERS: dict[str, Callable[[object, Column], Any]] = {
    "text": _text,
    "label": _label,
    "absent": _absent,
    "word": _word,
    "date": _date,
    "day_or_no": _day_or_no,
    "yes": _yes,
    "number": _number,
    "names": _names,
    "mapping": _mapping,
    "value": _value,
}
