"""Load: what a policy example expects of a decision, as written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from creditrules.model.procedure import DutyState

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: object) -> date:
    """Return a day; a number is none, though pydantic would count seconds from it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "a day such as 2018-12-20 is expected")


Day = Annotated[date, BeforeValidator(_day)]
# `measure: 9` is what people write; a measure is known by its number as the document prints it.
MeasureName = Annotated[str, Field(coerce_numbers_to_str=True)]


class ExamplePart(BaseModel):
    """A part of a file of examples: frozen and closed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedAction(ExamplePart):
    """One action, or one that must not be there; what is left out is not compared.

    An empty `local` says that the catalogue names no local body; `reasons` are measures that the same action
    rests on as well. `article` is one as a basis cites it (第四十四条), of a law that `cites` may name;
    `because` are words, of either language, that stand in the reasons of the action.
    """

    unit: str | None = None
    measure: MeasureName | None = None
    against: str
    effect: str | None = None
    matter: str | None = None
    discretion: str | None = None
    since: Day | None = None
    until: Day | None = None
    review: Day | None = None
    local: str | None = None
    cites: tuple[str, ...] = ()
    article: str | None = None
    reasons: tuple[MeasureName, ...] = ()
    because: tuple[str, ...] = ()


class Untouched(ExamplePart):
    """Somebody about whom a measure (any, when none is named) is neither decided nor left open."""

    against: str
    measure: MeasureName | None = None


class ExpectedWhyNot(ExamplePart):
    """A measure that is not taken against somebody, and words that stand in the reasons why not.

    Without a `unit` any unit of the measure may be asked.
    """

    measure: MeasureName
    against: str
    unit: str | None = None
    because: tuple[str, ...] = Field(min_length=1)


class ExpectedOpen(ExamplePart):
    """One open point: why it is open (`what`) and the facts it asks for."""

    measure: MeasureName
    against: str
    what: str | None = None
    asks: tuple[str, ...] = ()


class ExpectedAside(ExamplePart):
    """One thing set aside, with its reason word."""

    measure: MeasureName
    reason: str
    regime: str | None = None
    detail: str | None = None


class ExpectedRecord(ExamplePart):
    """One entry of a credit file."""

    file_of: str
    listing: str
    sharing_stopped: Day | None = None


class NoRecord(ExamplePart):
    """A file that holds no entry of a listing (of any, when none is named)."""

    file_of: str
    listing: str | None = None


class ExpectedDuty(ExamplePart):
    """One duty about a listing (any, when none is named); `excuse` is a part of its text."""

    duty: str
    listing: str | None = None
    state: DutyState | None = None
    arose: Day | None = None
    deadline: Day | None = None
    provisional: bool | None = None
    met_on: Day | None = None
    late: bool | None = None
    excuse: str | None = None
    missing: tuple[str, ...] = ()


class ExpectedWayOut(ExamplePart):
    """One way out; `met`, `unmet` and `unknown` name requirements, `barred` is a part of what bars it."""

    way: str
    listing: str | None = None
    open: bool | None = None
    met: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    earliest: Day | None = None
    publicity_ends: Day | None = None
    acceptance_due: Day | None = None
    decision_due: Day | None = None
    barred: str | None = None
    ends: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ()


class NoDuty(ExamplePart):
    """A duty that does not exist about a listing (about any, when none is named)."""

    duty: str
    listing: str | None = None


class NoWayOut(ExamplePart):
    """A way out that does not exist for a listing (for any, when none is named)."""

    way: str
    listing: str | None = None


class Expectation(ExamplePart):
    """What a decision must say, and (with `nothing_else`) that it takes no further action."""

    actions: tuple[ExpectedAction, ...] = ()
    not_: tuple[ExpectedAction, ...] = Field(default=(), alias="not")
    untouched: tuple[Untouched, ...] = ()
    nothing_else: bool = False
    why_not: tuple[ExpectedWhyNot, ...] = ()
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
