"""Gate: what requests of the service look like, and its errors. Pydantic parses at this border."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from creditrules.desk.chart import OF_UNIT

# One line of text: nothing a database, a terminal or a printer would stumble over.
Line = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
Words = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]+$")
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Number = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z \-]+$")]
Seal = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
# Days of which the catalogue can say anything; a day outside is a slip.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
Count = Annotated[int, Field(ge=1, le=2**31 - 1)]

Event = Literal[
    "receive",
    "accept",
    "return",
    "not_applicable",
    "ask",
    "implement",
    "no_occasion",
    "confirm_change",
    "confirm_lift",
]
assert set(Event.__args__) == {event.value for event in OF_UNIT}  # type: ignore[attr-defined]


class Doc(BaseModel):
    """A document of the border: what it does not name it does not take."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextDoc(Doc):
    """A text in both languages; either may be empty when no source gives it."""

    zh: str
    en: str


class CheckDoc(Doc):
    """The question of an approval."""

    matter: Name = Field(description="A key of GET /v1/matters. 审批事项的键。")
    applicant: Number = Field(
        description="Unified social credit code or citizen number. 统一社会信用代码或者公民身份号码。"
    )
    unit: Name | None = Field(
        None, description="Who approves, by key or name; a unit's token asks for its own. 审批单位。"
    )
    on: Day | None = Field(None, description="The day of the approval; today when left out. 核查日。")
    purpose: Line = Field(description="The business it is for; kept in the ledger. 所办业务，记入台账。")


class ReceiptDoc(Doc):
    """A receipt of an answer: what was asked and answered, sealed. The applicant is a keyed index."""

    on: date
    matter: Name
    unit: Name | None = None
    purpose: Line
    by: Name
    verdict: Literal["clear", "weigh", "conditional", "ask", "barred"]
    grounds: list[Name] = Field(max_length=1000)
    catalogue: Seal
    dossier: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{0,64}$")]
    applicant: Seal
    at: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
    number: Annotated[int, Field(ge=1, le=2**53 - 1)]
    seal: Seal


class VerifyDoc(Doc):
    """A receipt that is shown, and the number of whoever it is said to be about."""

    receipt: ReceiptDoc
    applicant: Number | None = Field(
        None, description="Compared with the receipt when given. 与回执核对的号码。"
    )


class DetailsDoc(Doc):
    """What an answer says: a return its reason, feedback matter, document and date, a lift its order."""

    reason: Words | None = None
    facts: Annotated[list[Line], Field(max_length=50)] | None = None
    matter: Line | None = None
    document: Line | None = None
    date: Day | None = None
    order: Count | None = None
    note: Words | None = None


class AnswerDoc(Doc):
    """What a unit answers to a push."""

    event: Event
    details: DetailsDoc = DetailsDoc()


class DossierDoc(Doc):
    """A dossier to be decided and pushed."""

    dossier: dict[str, Any] | str = Field(
        description="As docs/reference/dossier-format.md has it: an object, or YAML text. 卷宗。"
    )
    because: Words | None = Field(None, description="Why; kept in the ledger. 事由。")
    on: Day | None = Field(None, description="The day of the decision; today when left out. 决定日。")


class ViewDoc(Doc):
    """A subject asks what is held on him; somebody at a counter has seen who he is."""

    number: Number = Field(description="The subject's own number. 本人号码。")
    purpose: Line = Field(description="Such as the number of the request; kept in the ledger. 用途。")
    on: Day | None = Field(None, description="The day; today when left out. 查询日。")


class FindingDoc(Doc):
    """A finding: its code, what was found, why it matters, what to do; a place in what was sent."""

    code: str
    what: TextDoc
    why: TextDoc
    fix: TextDoc
    line: int | None = None
    column: int | None = None


class ProblemDoc(Doc):
    """An error (RFC 9457) with the finding behind it; nothing of what was sent is repeated."""

    type: str = Field(description="An address below the service that explains the code.")
    title: str
    title_zh: str
    status: int
    detail: str
    instance: str
    code: str
    what: TextDoc
    why: TextDoc
    fix: TextDoc
    line: int | None = None
    column: int | None = None
    findings: list[FindingDoc] | None = None
