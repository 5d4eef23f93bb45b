"""Gate: what the service answers to an approval, and to a subject who asks what is held on him."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from creditrules.gate.http.shapes import Doc, ReceiptDoc, TextDoc

# A field may be called `list` below.
Strings = list[str]
Texts = list[TextDoc]
VerdictWord = Literal["clear", "weigh", "conditional", "ask", "barred"]


class NamedDoc(Doc):
    """A key and what it is called."""

    key: str
    name: TextDoc


class UnitDoc(NamedDoc):
    """A unit, and the body that acts for it where the target is registered."""

    local: str | None = None


class BasisDoc(Doc):
    """A legal basis and its rank."""

    text: str
    rank: str


class MeasureDoc(Doc):
    """The measure of a memorandum that carries an action."""

    memorandum: str
    doc_no: str | None
    title: TextDoc | None
    number: str | None
    heading: str | None


class ReasonDoc(Doc):
    """One line of a reason tree, and what carries it."""

    kind: str
    text: TextDoc
    truth: Literal["false", "unknown", "true"] | None
    children: list[ReasonDoc]


class ActionDoc(Doc):
    """What a unit does, or may do: since when, until when, on which bases, how it ends, where to object."""

    sentence: TextDoc
    unit: UnitDoc
    effect: NamedDoc
    matter: NamedDoc | None
    discretion: Literal["must", "may", "weigh", "free", "unstated"]
    since: str | None
    until: str | None
    review: str | None
    bases: list[BasisDoc]
    measures: list[MeasureDoc]
    ends_by: list[TextDoc]
    remedy: list[TextDoc]
    notes: list[TextDoc]


class GroundDoc(ActionDoc):
    """An action that bears on the approval: what it means for it, and why it stands."""

    means: VerdictWord
    reasons: ReasonDoc


class AnswerChangeDoc(Doc):
    """One possible answer to a question, and what follows from it."""

    answer: TextDoc
    then: TextDoc


class AskDoc(Doc):
    """A fact to be found out."""

    fact: str
    about: str
    question: TextDoc
    answers: list[AnswerChangeDoc]


class OpenDoc(Doc):
    """A point that is open, and the most it can come to."""

    means: VerdictWord
    text: TextDoc
    facts: list[str]


class UnseenDoc(Doc):
    """A measure that applies and whose content no source shows."""

    memorandum: str
    doc_no: str | None
    measure: str
    text: TextDoc


class ApplicantDoc(Doc):
    """Who was asked about, masked when a person; all None when nothing is held."""

    kind: str | None
    name: str | None
    number: str | None


class CommitmentDoc(Doc):
    """Whether the approval may be given on the applicant's word; None: nobody has said so."""

    is_open: bool | None
    because: list[TextDoc]


class CheckedDoc(Doc):
    """The answer of the gate."""

    verdict: VerdictWord
    verdict_name: TextDoc
    is_held: bool = Field(description="Whether anything at all is held under the number. 名册中有无记录。")
    on: str
    matter: NamedDoc
    unit: NamedDoc | None
    applicant: ApplicantDoc
    grounds: list[GroundDoc]
    restrictions: list[TextDoc] = Field(description="Which restriction, when `conditional`. 所附限制。")
    to_weigh: list[TextDoc] = Field(description="What to weigh. 须斟酌的情形。")
    asks: list[AskDoc] = Field(description="Which facts are missing. 须查明的事实。")
    open: list[OpenDoc]
    by_commitment: CommitmentDoc = Field(description="告知承诺。")
    noted: list[ActionDoc]
    unseen: list[UnseenDoc]
    text: TextDoc = Field(description="What the applicant may be told. 可以告知申请人的文字。")
    catalogue: str
    engine: str
    receipt: ReceiptDoc


class VerifiedDoc(Doc):
    """What became of a receipt that was shown."""

    genuine: bool = Field(description="It was sealed here and no word of it was changed. 封印相符。")
    recorded: bool = Field(description="The ledger holds it under its number. 台账中有此记录。")
    is_about: bool | None = Field(description="It is about the number that was given. 与所给号码相符。")


class StatusDoc(NamedDoc):
    """Where a listing stands, and since when."""

    since: str | None


class ListDoc(Doc):
    """A list."""

    key: str
    title: TextDoc
    level: str


class ListingDoc(Doc):
    """A listing: who determined it, where it stands, how it ends, how to object."""

    list: ListDoc
    is_own: bool
    of: str
    authority: str
    doc_no: str
    determined: str | None
    published: str | None
    status: StatusDoc
    until: str | None
    review: str | None
    bases: Strings
    ends_by: Texts
    remedy: TextDoc


class RoleDoc(Doc):
    """An office somebody holds or held in an organisation."""

    role: NamedDoc
    organisation: str
    since: str | None
    until: str | None


class FactDoc(Doc):
    """A fact recorded about somebody."""

    fact: str
    question: TextDoc
    value: bool | int | str
    since: str | None
    until: str | None
    source: str


class ResponsibilityDoc(Doc):
    """A document that finds somebody responsible, or not, for the conduct behind a listing."""

    finds: str
    on: str | None
    authority: str
    doc_no: str
    listing: str


class OwnOpenDoc(Doc):
    """What is not yet determined about somebody."""

    text: TextDoc
    questions: list[TextDoc]


class RecordDoc(Doc):
    """What goes into a credit file, and where it is shared."""

    text: TextDoc
    basis: str
    shared_with: list[str]
    status: str
    sharing_stopped: str | None


class HimselfDoc(Doc):
    """Who asks, in full."""

    kind: NamedDoc
    name: str
    number: str | None
    region: str | None


class OwnViewDoc(Doc):
    """What is held on a subject, on which basis, until when, and how to object."""

    is_held: bool
    on: str
    subject: HimselfDoc | None
    roles: list[RoleDoc]
    facts: list[FactDoc]
    findings: list[ResponsibilityDoc]
    listings: list[ListingDoc]
    actions: list[ActionDoc]
    open: list[OwnOpenDoc]
    records: list[RecordDoc]
    rights: TextDoc
    entry: int = Field(description="The number of this look-up in the ledger. 台账号。")
