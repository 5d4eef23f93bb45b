"""Load: policy examples as written: given a dossier, on a day, expect these actions and not those."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError, model_validator

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.node import Node
from creditrules.load.strict_yaml import locate, plain, read_yaml
from creditrules.model.procedure import DutyState


class _Doc(BaseModel):
    """A part of an example file: frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedAction(_Doc):
    """One action, or one that must not be there; what is left out is not compared.

    An empty `local` says that the catalogue names no local body; `reasons` are measures that the same action
    rests on as well.
    """

    unit: str | None = None
    measure: str | None = None
    against: str
    effect: str | None = None
    matter: str | None = None
    discretion: str | None = None
    since: date | None = None
    until: date | None = None
    review: date | None = None
    local: str | None = None
    cites: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


class Untouched(_Doc):
    """Somebody about whom a measure (any, when none is named) is neither decided nor left open."""

    against: str
    measure: str | None = None


class ExpectedOpen(_Doc):
    """One open point: why it is open (`what`) and the facts it asks for."""

    measure: str
    against: str
    what: str | None = None
    asks: tuple[str, ...] = ()


class ExpectedAside(_Doc):
    """One thing set aside, with its reason word."""

    measure: str
    reason: str
    regime: str | None = None
    detail: str | None = None


class ExpectedRecord(_Doc):
    """One entry of a credit file."""

    file_of: str
    listing: str
    sharing_stopped: date | None = None


class NoRecord(_Doc):
    """A file that holds no entry of a listing (of any, when none is named)."""

    file_of: str
    listing: str | None = None


class ExpectedDuty(_Doc):
    """One duty about a listing (any, when none is named); `excuse` is a part of its text."""

    duty: str
    listing: str | None = None
    state: DutyState | None = None
    arose: date | None = None
    deadline: date | None = None
    provisional: bool | None = None
    met_on: date | None = None
    late: bool | None = None
    excuse: str | None = None
    missing: tuple[str, ...] = ()


class ExpectedWayOut(_Doc):
    """One way out; `met`, `unmet` and `unknown` name requirements, `barred` is a part of what bars it."""

    way: str
    listing: str | None = None
    open: bool | None = None
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    earliest: date | None = None
    publicity_ends: date | None = None
    acceptance_due: date | None = None
    decision_due: date | None = None
    barred: str | None = None
    ends: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()


class NoDuty(_Doc):
    """A duty that does not exist about a listing (about any, when none is named)."""

    duty: str
    listing: str | None = None


class NoWayOut(_Doc):
    """A way out that does not exist for a listing (for any, when none is named)."""

    way: str
    listing: str | None = None


class Expectation(_Doc):
    """What a decision must say, and (with `nothing_else`) that it takes no further action."""

    actions: tuple[ExpectedAction, ...] = ()
    not_: tuple[ExpectedAction, ...] = Field(default=(), alias="not")
    untouched: tuple[Untouched, ...] = ()
    nothing_else: bool = False
    undetermined: tuple[ExpectedOpen, ...] = ()
    set_aside: tuple[ExpectedAside, ...] = ()
    records: tuple[ExpectedRecord, ...] = ()
    no_records: tuple[NoRecord, ...] = ()
    status: dict[str, str] = {}
    duties: tuple[ExpectedDuty, ...] = ()
    no_duties: tuple[NoDuty, ...] = ()
    ways_out: tuple[ExpectedWayOut, ...] = ()
    no_ways_out: tuple[NoWayOut, ...] = ()

    @property
    def speaks_of_procedure(self) -> bool:
        """Whether it expects anything of duties or ways out."""
        return bool(self.duties or self.no_duties or self.ways_out or self.no_ways_out)


class PeriodSet(_Doc):
    """A period an authority has set: working days, or calendar time."""

    working_days: NonNegativeInt = 0
    days: NonNegativeInt = 0
    months: NonNegativeInt = 0
    years: NonNegativeInt = 0

    @model_validator(mode="after")
    def _is_one_length(self) -> PeriodSet:
        if bool(self.working_days) == bool(self.days or self.months or self.years):
            raise ValueError("a period is a number of working days, or of days, months and years")
        return self


class CaseDoc(_Doc):
    """One case. `change` is laid over the file's `given`; a list entry with an `id` changes its namesake.

    `parameters` are periods that an authority has set, by their keys.
    """

    name: str
    on: date
    known: date | None = None
    recalled: bool = False
    parameters: dict[str, PeriodSet] = {}
    given: dict[str, Any] | None = None
    change: dict[str, Any] = {}
    expect: Expectation


class ExampleDoc(_Doc):
    """A file of cases that share a memorandum and, where they wish, a dossier."""

    examples: str
    about: str = ""
    given: dict[str, Any] | None = None
    cases: tuple[CaseDoc, ...] = Field(min_length=1)


def read_examples(data: bytes | str, file: str) -> tuple[ExampleDoc, tuple[Span, ...]]:
    """Read a file of policy examples; the spans are those of its cases.

    Raises:
        CatalogueError: the YAML has findings.
        FactsError: CR450, the file is not a file of examples.
    """
    node = read_yaml(data, file)
    try:
        doc = ExampleDoc.model_validate(plain(node))
    except ValidationError as error:
        raise FactsError(_findings(error, node)) from None
    return doc, tuple(locate(node, ("cases", n, "name")) for n in range(len(doc.cases)))


def _findings(error: ValidationError, node: Node) -> list[Finding]:
    found = error.errors()
    # A list whose entries are wrong counts as empty as well; only what is wrong inside it is told.
    above = {each["loc"][:depth] for each in found for depth in range(len(each["loc"]))}
    return [
        Finding(
            "CR450",
            locate(node, [step for step in each["loc"] if step != "not_"]),
            {"place": ".".join(str(step) for step in each["loc"]), "problem": each["msg"].lower()},
        )
        for each in found
        if each["loc"] not in above
    ]
