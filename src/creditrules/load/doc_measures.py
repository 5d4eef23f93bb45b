"""Load: a memorandum as written, measure by measure, before anything in it is looked up."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, PlainValidator, Tag, model_validator
from pydantic_core import PydanticCustomError

from creditrules.load.doc_facts import FactDoc
from creditrules.load.doc_suppress import SuppressDoc
from creditrules.load.doc_types import (
    CheckField,
    Count,
    Day,
    DiscretionWord,
    Doc,
    Flag,
    HeldWord,
    Label,
    PartialDay,
    PeriodField,
    RankWord,
    ResponsibilityWord,
    StanceWord,
    StrengthWord,
    String,
    Strings,
    TextField,
    one_of,
)
from creditrules.model.words import Discretion, HeldAt, Stance, Strength

COMPLETENESS = ("full", "headings_only", "partial", "inventory_only")


class BasisDoc(Doc):
    """A provision as a document cites it."""

    law: String
    version: Day | None = None
    article: Count | None = None
    item: Label = ""
    cited: String = ""
    rank: RankWord | None = None
    strength: StrengthWord = Strength.UNSTATED
    since: Day | None = None
    until: Day | None = None
    reaches: Strings = ()
    lists: Strings = ()
    conduct: bool = False
    checked: CheckField | None = None
    note: String | None = None


def _as_role(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


class ReachDoc(Doc):
    """One item of a coverage clause; a plain word names a role, or `self`."""

    role: Strings = ()
    any_role: Flag = False
    organisation_of: Strings = ()
    held: HeldWord = HeldAt.UNSTATED
    finding: ResponsibilityWord | None = None
    when: Any = None
    basis: tuple[BasisDoc, ...] = ()

    @model_validator(mode="after")
    def _names_someone(self) -> ReachDoc:
        if not (self.role or self.any_role or self.organisation_of):
            raise PydanticCustomError("CR121", "missing", {"key": "role"})
        return self


Reaches = tuple[Annotated[ReachDoc, BeforeValidator(_as_role)], ...]


class ClauseDoc(Doc):
    """Who is reached when the listed party is of one kind."""

    party: String
    reaches: Annotated[Reaches, Field(min_length=1)]
    when: Any = None
    checked: CheckField | None = None


CoversDoc = Annotated[
    Annotated[dict[str, Annotated[Reaches, Field(min_length=1)]], Tag("(mapping)")]
    | Annotated[tuple[ClauseDoc, ...], Tag("(list)")],
    Discriminator(lambda value: "(list)" if isinstance(value, list | tuple) else "(mapping)"),
]


class EffectDoc(Doc):
    """One thing a measure does; `effect: null` where no source shows it."""

    effect: String | None = None
    discretion: DiscretionWord = Discretion.UNSTATED
    matters: Strings = ()


class ExemptDoc(Doc):
    """A labelled exception."""

    label: String
    name: TextField | None = None
    when: Any
    basis: tuple[BasisDoc, ...] = ()


class UnitPartDoc(Doc):
    """A unit and its part in the work; a plain name leads."""

    lead: String | None = None
    assist: String | None = None

    @model_validator(mode="after")
    def _names_a_unit(self) -> UnitPartDoc:
        if self.lead is None and self.assist is None:
            raise PydanticCustomError("CR121", "missing", {"key": "lead"})
        return self


def _as_lead(value: Any) -> Any:
    return {"lead": value} if isinstance(value, str) else value


class GradeDoc(Doc):
    """One step of a graded duration."""

    when: Any
    years: Count | None = None
    months: Count | None = None
    days: Count | None = None


class DurationDoc(Doc):
    """How long a measure lasts."""

    years: Count | None = None
    months: Count | None = None
    days: Count | None = None
    counts_from: String | None = Field(None, alias="from")
    for_life: Flag = False
    grades: tuple[GradeDoc, ...] = ()
    shortest: PeriodField | None = None
    longest: PeriodField | None = None


class MeasureDoc(Doc):
    """One numbered item of a memorandum."""

    n: Count | None = None
    part: Label | None = None
    key: Label | None = None
    heading: String | None = None
    does: TextField
    stance: StanceWord = Stance.SANCTION
    effect: String | None = None
    effects: tuple[EffectDoc, ...] = ()
    discretion: DiscretionWord | None = None
    matters: Strings = ()
    reaches: Strings = ()
    covers: CoversDoc | None = None
    lists: Strings = ()
    when: Any = None
    unless: tuple[ExemptDoc, ...] = ()
    units: tuple[Annotated[UnitPartDoc, BeforeValidator(_as_lead)], ...] = ()
    procedure: Strings = ()
    basis: tuple[BasisDoc, ...] = ()
    duration: DurationDoc | None = None
    leads_to: String | None = None
    kind: Strings = ()
    checked: CheckField | None = None
    note: String | None = None


class InForceDoc(Doc):
    """From when until when a document is in force, as far as known."""

    since: PartialDay | None = None
    until: PartialDay | None = None
    ended_by: String | None = None


class SourceDoc(Doc):
    """Where a fact of a document was read."""

    id: String
    url: String = ""
    title: String = ""
    showed: String = ""


class MemorandumDoc(Doc):
    """A memorandum file."""

    memorandum: String
    replaces: String | None = None
    doc_no: String
    instrument: String = "memorandum"
    title: TextField
    in_force: InForceDoc
    supersedes: Strings = ()
    lists: Annotated[Strings, Field(min_length=1)]
    lead_units: Strings = ()
    signatories: Strings = ()
    status_note: String | None = None
    mechanism: dict[str, String] = Field(default_factory=dict)
    completeness: Annotated[str, PlainValidator(one_of(COMPLETENESS))] = "partial"
    measures_in_document: Count | None = None
    covers: CoversDoc | None = None
    measures: tuple[MeasureDoc, ...] = ()
    facts: dict[str, FactDoc] = Field(default_factory=dict)
    sources: tuple[SourceDoc, ...] = ()
    checked: CheckField | None = None
    note: String | None = None
    suppress: tuple[SuppressDoc, ...] = ()
