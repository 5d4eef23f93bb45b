"""Load: a dossier as written, before anything in it is looked up. Extra keys are refused."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AliasChoices, AliasGenerator, BaseModel, BeforeValidator, ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError

from creditrules.load.dossier_aliases import WORDS, names_of
from creditrules.model.words import Outcome, Responsibility

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def to_day(value: object) -> date:
    """Return a day written as a YAML date or as `2018-06-01`; times of day and partial days are refused."""
    if type(value) is date:
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("CR406", "not a day")


def _expected(en: str, zh: str) -> PydanticCustomError:
    return PydanticCustomError("CR405", "another kind of value", {"expected_en": en, "expected_zh": zh})


def _day_or_false(value: object) -> date | bool:
    return False if value is False or value == "否" else to_day(value)


def _yes_or_no(value: object) -> bool:
    answer = WORDS.get(value, value) if isinstance(value, str) else value
    if isinstance(answer, bool):
        return answer
    raise _expected("true or false", "是或否")


def _text(value: object) -> str:
    # YAML reads an unquoted code as a number; one with a leading zero would have been refused by the reader.
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise _expected("a text", "文字")


def _name(value: object) -> str:
    text = _text(value).strip()
    if text:
        return text
    raise _expected("a text that is not empty", "非空文字")


def _span_of_days(value: object) -> object:
    return value if isinstance(value, dict) else {"since": to_day(value), "until": value}


def _one_of(*words: str) -> PlainValidator:
    def choose(value: object) -> str:
        word = WORDS.get(value, value) if isinstance(value, str) else value
        if isinstance(word, str) and word in words:
            return word
        raise PydanticCustomError("CR407", "unknown word", {"words": ", ".join(words)})

    return PlainValidator(choose)


Day = Annotated[date, PlainValidator(to_day)]
DayOrFalse = Annotated[date | bool, PlainValidator(_day_or_false)]
YesNo = Annotated[bool, PlainValidator(_yes_or_no)]
Words = Annotated[str, PlainValidator(_text)]
Name = Annotated[str, PlainValidator(_name)]
Facts = dict[str, Any]


class _Doc(BaseModel):
    """A part of a dossier: frozen, closed, its keys in English or Chinese."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=AliasGenerator(validation_alias=lambda name: AliasChoices(*names_of(name))),
    )


class FactEntryDoc(_Doc):
    """One dated statement of a fact."""

    value: Any
    since: Day | None = None
    until: Day | None = None
    recorded: Day | None = None
    source: Words = ""


class RoleDoc(_Doc):
    """A role the subject holds in an organisation of the same dossier (`in`)."""

    organisation: Name
    role: Name
    since: Day | None = None
    until: Day | None = None
    confirmed: YesNo | None = None
    recorded: Day | None = None


class ConductDoc(_Doc):
    """The days of the conduct behind a listing; one day stands for both ends."""

    since: Day | None = None
    until: Day | None = None


class ResponsibilityDoc(_Doc):
    """A finding that a person is, or is not, responsible for the conduct."""

    person: Name
    finds: Annotated[str, _one_of(*Responsibility)]
    on: Day | None = None
    authority: Words = ""
    doc_no: Words = ""
    recorded: Day | None = None


class ObjectionDoc(_Doc):
    """An objection to a listing."""

    filed: Day
    suspends: YesNo | None = None
    decided: Day | None = None
    outcome: Annotated[str, _one_of(Outcome.UPHELD, Outcome.REJECTED)] | None = None
    recorded: Day | None = None


class RepairDoc(_Doc):
    """An application for credit repair."""

    applied: Day | None = None
    decided: Day | None = None
    outcome: Annotated[str, _one_of(Outcome.GRANTED, Outcome.REFUSED)] | None = None
    revoked: Day | None = None
    recorded: Day | None = None


class ListingDoc(_Doc):
    """One determination that put the subject on a list."""

    id: Name
    list: Name
    authority: Words = ""
    doc_no: Words = ""
    capacity: Name | None = None
    conduct: Annotated[ConductDoc, BeforeValidator(_span_of_days)] | None = None
    determined: Day | None = None
    served: DayOrFalse | None = None
    aggregated: DayOrFalse | None = None
    published: Day | None = None
    since: Day | None = None
    until: Day | None = None
    review: Day | None = None
    removed: Day | None = None
    revoked: Day | None = None
    publishable: YesNo | None = None
    findings: tuple[ResponsibilityDoc, ...] = ()
    findings_complete: YesNo = False
    objections: tuple[ObjectionDoc, ...] = ()
    repairs: tuple[RepairDoc, ...] = ()
    facts: Facts = {}
    recorded: Day | None = None


class SubjectDoc(_Doc):
    """An organisation or a natural person with everything said of it."""

    id: Name
    kind: Name
    name: Name
    code: Name | None = None
    id_number: Name | None = None
    region: Name | None = None
    facts: Facts = {}
    roles: tuple[RoleDoc, ...] = ()
    listings: tuple[ListingDoc, ...] = ()


class DossierDoc(_Doc):
    """A dossier as written."""

    subjects: tuple[SubjectDoc, ...]
