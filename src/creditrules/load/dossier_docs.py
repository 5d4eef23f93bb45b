"""Load: a dossier as written, before anything in it is looked up. Extra keys are refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from pydantic import AliasChoices, AliasGenerator, BaseModel, BeforeValidator, ConfigDict, PlainValidator
from pydantic_core import PydanticCustomError

from creditrules.load import dossier_event_values as event_values
from creditrules.load import dossier_scalars as scalars
from creditrules.load.dossier_aliases import names_of
from creditrules.load.dossier_scalars import Unfit
from creditrules.model.words import Outcome, Responsibility


def _said(read: Callable[[object], object]) -> Callable[[object], object]:
    """Return a reader that says what is wrong in the way pydantic gathers it."""
    return lambda value: _tried(read, value)


def _tried(read: Callable[[object], object], value: object) -> object:
    try:
        return read(value)
    except Unfit as unfit:
        words: dict[str, Any] = dict(unfit.words)
        raise PydanticCustomError(unfit.code, "unfit", words or None) from None


def _one_of(*words: str) -> PlainValidator:
    # The page of the format names the words, which it finds in this function.
    return PlainValidator(lambda value: _tried(scalars.one_of(*words), value))


Day = Annotated[date, PlainValidator(_said(scalars.to_day))]
DayOrFalse = Annotated[date | bool, PlainValidator(_said(scalars.day_or_false))]
YesNo = Annotated[bool, PlainValidator(_said(scalars.yes_or_no))]
Words = Annotated[str, PlainValidator(_said(scalars.text))]
Name = Annotated[str, PlainValidator(_said(scalars.name))]
EventWord = Annotated[str, PlainValidator(_said(event_values.event_word))]
OutcomeWord = Annotated[str, PlainValidator(_said(event_values.outcome))]
Details = Annotated[dict[str, str], PlainValidator(_said(event_values.details))]
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


class EventDoc(_Doc):
    """Something that happened in the procedure around a listing."""

    kind: EventWord
    on: Day
    by: Words = ""
    to: Words = ""
    person: Name | None = None
    doc_no: Words = ""
    until: Day | None = None
    outcome: OutcomeWord | None = None
    details: Details = {}
    recorded: Day | None = None


class ListingDoc(_Doc):
    """One determination that put the subject on a list."""

    id: Name
    list: Name
    authority: Words = ""
    doc_no: Words = ""
    capacity: Name | None = None
    conduct: Annotated[ConductDoc, BeforeValidator(_said(scalars.span_of_days))] | None = None
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
    events: tuple[EventDoc, ...] = ()
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
