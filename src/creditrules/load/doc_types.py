"""Load: the small types of documents: texts, days, words of closed lists, and how each may be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError

from creditrules.load.aliases import WORDS
from creditrules.load.scalars import Unreadable, day_from
from creditrules.model.text import Text
from creditrules.model.time import Period, Since
from creditrules.model.words import (
    Approval,
    Checked,
    Discretion,
    HeldAt,
    Level,
    Rank,
    Responsibility,
    Stance,
    Strength,
)


class Doc(BaseModel):
    """A part of a document as written: frozen, and a key it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Check(NamedTuple):
    """How far a part of a document was checked, and against which sources."""

    state: Checked
    source: str = ""


def wrong_type(expected_en: str, expected_zh: str, value: object) -> PydanticCustomError:
    """Return the finding of a value of the wrong type (CR122)."""
    words = {"expected_en": expected_en, "expected_zh": expected_zh, "hint_en": "", "hint_zh": ""}
    if isinstance(value, bool | int | Decimal | date) and "text" in expected_en:
        words["hint_en"] = "; put it in quotes to make it a text"
        words["hint_zh"] = "；加上引号即为文字"
    return PydanticCustomError("CR122", "wrong type", words)


def _unknown_key(key: str, known: tuple[str, ...]) -> PydanticCustomError:
    words = {"key": key, "known": ", ".join(known)}
    return PydanticCustomError("CR120", "unknown key", words)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise wrong_type("a text", "文字", value)
    stripped = value.strip()
    if not stripped:
        raise PydanticCustomError("CR125", "empty", {"what_en": "text", "what_zh": "文字"})
    return stripped


def _label(value: object) -> str:
    # Part numbers and versions of sources are labels that happen to look like numbers.
    return str(value) if type(value) is int else _string(value)


def _text(value: object) -> Text:
    if isinstance(value, str):
        text = _string(value)
        return Text(en=text) if text.isascii() else Text(zh=text)
    if not isinstance(value, dict):
        raise wrong_type("a text, or {zh: …, en: …}", "文字或 {zh: …, en: …}", value)
    for key in value:
        if key not in ("zh", "en"):
            raise _unknown_key(str(key), ("zh", "en"))
    zh, en = (_string(value[lang]) if value.get(lang) is not None else "" for lang in ("zh", "en"))
    if not zh and not en:
        raise PydanticCustomError("CR125", "empty", {"what_en": "text", "what_zh": "文字"})
    return Text(zh, en)


def _day(value: object) -> date:
    if type(value) is date:
        return value
    try:
        day = day_from(value) if isinstance(value, str) else None
    except Unreadable as unreadable:
        raise PydanticCustomError("CR113", "no such day", {"text": str(value)}) from unreadable
    if day is None:
        raise _not_a_day("2016-12-30")
    return day


def _not_a_day(forms: str) -> PydanticCustomError:
    return PydanticCustomError("CR124", "not a day", {"forms": forms})


def _partial_day(value: object) -> Since:
    if type(value) is date:
        return Since(value, value)
    if isinstance(value, dict):
        if set(value) != {"earliest", "latest"}:
            raise _not_a_day("{earliest: 2016-12-01, latest: 2017-03-31}")
        first, last = _day(value["earliest"]), _day(value["latest"])
        if last < first:
            raise PydanticCustomError(
                "CR129", "ends before it begins", {"since": str(first), "until": str(last)}
            )
        return Since(first, last)
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    year, _, month = text.partition("-")
    if len(year) == 4 and year.isdecimal() and year.isascii() and int(year) > 0:
        if not month and "-" not in text:
            return Since(date(int(year), 1, 1), date(int(year), 12, 31))
        if len(month) == 2 and month.isdecimal() and month.isascii() and 1 <= int(month) <= 12:
            first = date(int(year), int(month), 1)
            return Since(first, Period(days=-1).after(Period(months=1).after(first)))
    if len(text) == 10:
        day = _day(text)
        return Since(day, day)
    raise _not_a_day("2016-12-30`, `2016-12`, `2016")


def one_of(known: Iterable[str]) -> Callable[[object], str]:
    """Return a validator for a closed list of words, each of which may be written in Chinese."""
    words = tuple(known)

    def check(value: object) -> str:
        word = WORDS.get(value, value) if isinstance(value, str) else value
        if word in words:
            return str(word)
        raise PydanticCustomError("CR123", "unknown word", {"word": str(value), "known": ", ".join(words)})

    return check


def _member(kind: type[StrEnum]) -> PlainValidator:
    check = one_of([member.value for member in kind])
    return PlainValidator(lambda value: kind(check(value)))


def _check(value: object) -> Check:
    if isinstance(value, dict):
        for key in value:
            if key not in ("state", "source"):
                raise _unknown_key(str(key), ("state", "source"))
        if "state" not in value:
            raise PydanticCustomError("CR121", "missing", {"key": "state"})
        source = value.get("source")
        return Check(Checked(_state(value["state"])), "" if source is None else _label(source))
    return Check(Checked(_state(value)))


_state = one_of([member.value for member in Checked])


def _period(value: object) -> Period:
    if not isinstance(value, dict) or not value or not set(value) <= {"years", "months", "days"}:
        raise wrong_type("a length of time such as {years: 1}", "时长，例如 {years: 1}", None)
    for number in value.values():
        if type(number) is not int or not 0 < number < 1200:
            raise wrong_type("a whole number of years, months or days", "整数的年、月或日", None)
    return Period(**value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong_type("true or false", "true 或 false", None)
    return value


def _count(value: object) -> int:
    if type(value) is not int or not 0 < value < 100_000:
        raise wrong_type("a whole number from 1 up", "不小于 1 的整数", None)
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise wrong_type("a whole number", "整数", None)
    return value


def _listed(value: Any) -> Any:
    # One value may stand for a list of one.
    return [value] if isinstance(value, str) else value


String = Annotated[str, PlainValidator(_string)]
Label = Annotated[str, PlainValidator(_label)]
Strings = Annotated[tuple[String, ...], BeforeValidator(_listed)]
TextField = Annotated[Text, PlainValidator(_text)]
Texts = Annotated[tuple[TextField, ...], BeforeValidator(_listed)]
Day = Annotated[date, PlainValidator(_day)]
PartialDay = Annotated[Since, PlainValidator(_partial_day)]
PeriodField = Annotated[Period, PlainValidator(_period)]
Flag = Annotated[bool, PlainValidator(_flag)]
Count = Annotated[int, PlainValidator(_count)]
Number = Annotated[int, PlainValidator(_number)]
CheckField = Annotated[Check, PlainValidator(_check)]
DiscretionWord = Annotated[Discretion, _member(Discretion)]
HeldWord = Annotated[HeldAt, _member(HeldAt)]
ApprovalWord = Annotated[Approval, _member(Approval)]
LevelWord = Annotated[Level, _member(Level)]
RankWord = Annotated[Rank, _member(Rank)]
ResponsibilityWord = Annotated[Responsibility, _member(Responsibility)]
StanceWord = Annotated[Stance, _member(Stance)]
StrengthWord = Annotated[Strength, _member(Strength)]
Unset: Any = None
