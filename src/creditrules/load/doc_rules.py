"""Load: the files of `rules/` as written: lists, units, vocabularies, regimes."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, PlainValidator

from creditrules.load.doc_facts import FactDoc
from creditrules.load.doc_lists import ListDoc
from creditrules.load.doc_measures import BasisDoc, CoversDoc
from creditrules.load.doc_notices import ChannelDoc, MeasureListDoc
from creditrules.load.doc_procedure import DutyDoc, ParameterDoc, WayOutDoc
from creditrules.load.doc_suppress import SuppressDoc
from creditrules.load.doc_types import (
    ApprovalWord,
    CheckField,
    Count,
    Day,
    Doc,
    Flag,
    Label,
    Number,
    PeriodField,
    RankWord,
    String,
    Strings,
    TextField,
    one_of,
)
from creditrules.model.words import Approval

UNIT_LEVELS = ("national", "provincial", "city", "county")
NATURES = (
    *("government", "court", "procuratorate", "party", "people_organisation", "association"),
    *("enterprise", "financial_institution", "institution", "military", "other"),
)
REGIME_RULES = (
    "basis_for_reduction",
    "express_basis_for_persons",
    "no_watchlist_measures",
    "no_compulsion",
    "basis_for_publishing_persons",
    "publication_cap",
    "repaired_records_not_shared",
    "basis_in_force",
    "note",
)

EffectType = Annotated[str, PlainValidator(one_of("ABC"))]
Nature = Annotated[str, PlainValidator(one_of(NATURES))]
UnitLevel = Annotated[str, PlainValidator(one_of(UNIT_LEVELS))]


class ManifestDoc(Doc):
    """`catalogue.yaml`: what a catalogue says of itself."""

    catalogue: String
    version: String
    title: TextField
    jurisdiction: String = "CN"
    level: UnitLevel = "national"
    region: String | None = None
    suppress: tuple[SuppressDoc, ...] = ()


class SuccessionDoc(Doc):
    """A transfer from one unit to another."""

    unit: String
    on: Day
    whole: Flag = True
    scope: String = ""
    matters: Strings = ()
    checked: CheckField | None = None


class LocalDoc(Doc):
    """The name of the body that acts for a unit in a region."""

    region: Label
    name: String
    since: Day | None = None
    until: Day | None = None
    checked: CheckField | None = None


class UnitDoc(Doc):
    """A unit. With `extends`, or without a name, it adds to a unit that another document defines."""

    replaces: String | None = None
    extends: String | None = None
    name: String | None = None
    en: String = ""
    aliases: Strings = ()
    level: UnitLevel = "national"
    nature: Nature = "government"
    since: Day | None = None
    until: Day | None = None
    becomes: tuple[SuccessionDoc, ...] = ()
    local: tuple[LocalDoc, ...] = ()
    parent: String | None = None
    generic: Flag = False
    checked: CheckField | None = None
    note: String | None = None


class RegionDoc(Doc):
    """An administrative division."""

    name: TextField
    parent: Label | None = None


class EffectKindDoc(Doc):
    """What a measure does to whom."""

    replaces: String | None = None
    name: TextField
    verb: TextField | None = None
    type: EffectType
    strictness: Number
    approval: ApprovalWord = Approval.WEIGHS


class SubjectKindDoc(Doc):
    """A kind of subject."""

    name: TextField
    natural: Flag = False


class PartyDoc(Doc):
    """The kinds of subject a coverage clause speaks of."""

    name: TextField
    kinds: Annotated[Strings, Field(min_length=1)]
    capacity: String | None = None


class RegimeRuleDoc(Doc):
    """One thing the general law allows, forbids or asks for."""

    rule: Annotated[str, PlainValidator(one_of(REGIME_RULES))]
    text: TextField
    types: tuple[EffectType, ...] = ()
    ranks: tuple[RankWord, ...] = ()
    effects: Strings = ()
    natures: tuple[Nature, ...] = ()
    period: PeriodField | None = None


class RecordDoc(Doc):
    """What goes into whose credit file."""

    key: String
    text: TextField
    covers: CoversDoc
    basis: BasisDoc
    shared_with: Strings = ()


class RegimeDoc(Doc):
    """A dated change of the general law."""

    key: String
    title: TextField
    since: Day
    until: Day | None = None
    region: Label | None = None
    basis: BasisDoc
    checked: CheckField | None = None
    note: TextField | None = None
    rules: tuple[RegimeRuleDoc, ...] = ()
    records: tuple[RecordDoc, ...] = ()


class MeasureKindDoc(Doc):
    """What recurs across memoranda, with the statutes that carry it."""

    name: TextField
    effect: String
    type: EffectType
    matter: String | None = None
    reaches: Strings = ()
    units: Strings = ()
    basis: tuple[BasisDoc, ...] = ()
    history: String | None = None
    note: String | None = None


class LiabilityDoc(Doc):
    """A provision by which a person is reached through an organisation."""

    key: String
    basis: BasisDoc
    condition: TextField
    when: Any
    duration: TextField | None = None
    lists: Strings = ()
    kinds: Strings = ()


class ProvisionDoc(Doc):
    """A place in one text of a law."""

    article: Count
    item: Label = ""
    version: Day | None = None


class RenumberingDoc(Doc):
    """A provision whose number changed when its law was revised."""

    law: String
    old: ProvisionDoc = Field(alias="from")
    new: ProvisionDoc = Field(alias="to")
    since: Day
    checked: CheckField | None = None
    source: Label = ""


class RulesDoc(Doc):
    """A file of `rules/`: one or more of its sections."""

    lists: dict[str, ListDoc] = Field(default_factory=dict)
    units: dict[str, UnitDoc] = Field(default_factory=dict)
    regions: dict[str, RegionDoc] = Field(default_factory=dict)
    effects: dict[str, EffectKindDoc] = Field(default_factory=dict)
    matters: dict[str, TextField] = Field(default_factory=dict)
    roles: dict[str, TextField] = Field(default_factory=dict)
    kinds_of_subject: dict[str, SubjectKindDoc] = Field(default_factory=dict)
    capacities: dict[str, TextField] = Field(default_factory=dict)
    parties: dict[str, PartyDoc] = Field(default_factory=dict)
    facts: dict[str, FactDoc] = Field(default_factory=dict)
    kinds: dict[str, MeasureKindDoc] = Field(default_factory=dict)
    liability: tuple[LiabilityDoc, ...] = ()
    channels: dict[str, ChannelDoc] = Field(default_factory=dict)
    measure_lists: dict[str, MeasureListDoc] = Field(default_factory=dict)
    regimes: tuple[RegimeDoc, ...] = ()
    renumberings: tuple[RenumberingDoc, ...] = ()
    bodies: dict[str, TextField] = Field(default_factory=dict)
    duties: tuple[DutyDoc, ...] = ()
    parameters: dict[str, ParameterDoc] = Field(default_factory=dict)
    ways_out: tuple[WayOutDoc, ...] = ()
    suppress: tuple[SuppressDoc, ...] = ()
