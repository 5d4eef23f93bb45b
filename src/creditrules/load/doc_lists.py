"""Load: lists as written: who determines them, on what grounds, for how long, and what they lead to."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from creditrules.load.doc_measures import BasisDoc
from creditrules.load.doc_types import (
    CheckField,
    Day,
    Doc,
    Label,
    LevelWord,
    PeriodField,
    String,
    Strings,
    TextField,
    Texts,
    one_of,
)


class ListPeriodDoc(Doc):
    """How long a listing lasts when determined in a span of days."""

    since: Day | None = None
    until: Day | None = None
    period: PeriodField | None = None
    counts_from: Annotated[str, PlainValidator(one_of(("determined", "published", "since")))] = Field(
        "determined", alias="from"
    )
    checked: CheckField | None = None
    source: Label = ""
    note: String | None = None


class EntryCaseDoc(Doc):
    """Conduct that puts a subject on the list, in words and (where facts can say it) as a condition."""

    text: TextField
    when: Any = None
    since: Day | None = None
    until: Day | None = None
    checked: CheckField | None = None


class EarlyRemovalDoc(Doc):
    """How a subject leaves the list before its period ends, and after how long at least."""

    text: TextField
    after: PeriodField | None = None
    since: Day | None = None
    checked: CheckField | None = None


class TriggerDoc(Doc):
    """A list that being on this one may lead to; without `list`, one of the subject's own field."""

    list: String | None = None
    because: TextField
    reaches: Strings = ()
    since: Day | None = None
    until: Day | None = None
    checked: CheckField | None = None


class ListDoc(Doc):
    """A kind of listing. That `remedy` and `ends_by` are there is checked when lists are linked."""

    replaces: String | None = None
    title: TextField
    level: LevelWord
    field: String = ""
    aliases: Strings = ()
    instrument: TextField | None = None
    determined_by: TextField
    entry: tuple[EntryCaseDoc, ...] = ()
    listed_with: Strings = ()
    remedy: TextField | None = None
    ends_by: Texts = ()
    basis: tuple[BasisDoc, ...] = ()
    periods: tuple[ListPeriodDoc, ...] = ()
    extension: TextField | None = None
    early_removal: EarlyRemovalDoc | None = None
    succeeded_by: String | None = None
    succeeded_on: Day | None = None
    since: Day | None = None
    until: Day | None = None
    triggers: tuple[TriggerDoc, ...] = ()
    checked: CheckField | None = None
    note: String | None = None
