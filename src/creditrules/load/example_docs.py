"""Load: policy examples as written: given a dossier, on a day, expect these actions and not those."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Annotated, Any

from attrs import frozen
from pydantic import BeforeValidator, Field, NonNegativeInt, model_validator
from pydantic_core import PydanticCustomError

from creditrules.errors import Span
from creditrules.load.dossier_problems import TreePlaces
from creditrules.load.expectation_docs import (
    Day,
    ExamplePart,
    Expectation,
    ExpectedAction,
    ExpectedAside,
    ExpectedDuty,
    ExpectedOpen,
    ExpectedRecord,
    ExpectedWayOut,
    ExpectedWhyNot,
    NoDuty,
    NoRecord,
    NoWayOut,
    Untouched,
)
from creditrules.load.strict_yaml import plain, read_yaml

__all__ = [
    "CaseDoc",
    "ExampleDoc",
    "ExampleFile",
    "ExamplePart",
    "Expectation",
    "ExpectedAction",
    "ExpectedAside",
    "ExpectedDuty",
    "ExpectedOpen",
    "ExpectedRecord",
    "ExpectedWayOut",
    "ExpectedWhyNot",
    "NoDuty",
    "NoRecord",
    "NoWayOut",
    "PeriodSet",
    "StepDoc",
    "Untouched",
    "read_examples",
]


def _given(value: object) -> object:
    if value is None or isinstance(value, dict | str):
        return value
    raise PydanticCustomError("given", "a dossier, or the path of one, is expected")


# A dossier, or the path of one from the folder of the file.
Given = Annotated[dict[str, Any] | str | None, BeforeValidator(_given)]


class PeriodSet(ExamplePart):
    """A period an authority has set: working days, or calendar time."""

    working_days: NonNegativeInt = 0
    days: NonNegativeInt = 0
    months: NonNegativeInt = 0
    years: NonNegativeInt = 0

    @model_validator(mode="after")
    def _is_one_length(self) -> PeriodSet:
        if bool(self.working_days) == bool(self.days or self.months or self.years):
            raise PydanticCustomError(
                "period", "a period is a number of working days, or of days, months and years"
            )
        return self


class StepDoc(ExamplePart):
    """What is expected on one day; `change` is laid over the dossier of the step before."""

    on: Day
    note: str = ""
    known: Day | None = None
    change: dict[str, Any] = Field(default={})
    expect: Expectation


class CaseDoc(ExamplePart):
    """One case: a day with what is expected then, or a timeline of them.

    `given` takes the place of the file's; `only` keeps these subjects of it; `change` is laid over it, and a
    list entry with an `id` changes its namesake. `parameters` are periods that an authority has set, by their
    keys. Read `steps`: it holds the one day or the timeline alike.
    """

    name: str = Field(min_length=1)
    on: Day | None = None
    known: Day | None = None
    recalled: bool = False
    parameters: dict[str, PeriodSet] = Field(default={})
    given: Given = None
    only: tuple[str, ...] = ()
    change: dict[str, Any] = Field(default={})
    expect: Expectation | None = None
    timeline: tuple[StepDoc, ...] = ()

    @model_validator(mode="after")
    def _has_one_form(self) -> CaseDoc:
        single = (self.on, self.expect)
        if None in single if not self.timeline else (*single, self.known) != (None, None, None):
            raise PydanticCustomError("CR462", "a case has a day and an expectation, or a timeline")
        days = [step.known or step.on for step in self.timeline]
        for n, (before, after) in enumerate(pairwise(days), 1):
            if after < before:
                context = {"n": n, "before": str(before), "after": str(after)}
                raise PydanticCustomError("CR463", "the steps of a timeline run forward", context)
        return self

    @property
    def steps(self) -> tuple[StepDoc, ...]:
        """The days on which something is expected, in order."""
        if self.timeline or self.on is None or self.expect is None:
            return self.timeline
        return (StepDoc(on=self.on, known=self.known, expect=self.expect),)

    def step_path(self, n: int) -> tuple[str | int, ...]:
        """Return the path of a step from its case: none for the one day, else its place in the timeline."""
        return ("timeline", n) if self.timeline else ()


class ExampleDoc(ExamplePart):
    """A file of cases that share a memorandum and, where they wish, a dossier."""

    examples: str
    about: str = ""
    given: Given = None
    cases: tuple[CaseDoc, ...] = Field(min_length=1)


@frozen
class ExampleFile:
    """A file of examples that was read; `spans(case, *path)` is the place of anything in a case.

    The path is that of the format, such as `spans(0, "expect", "actions", 1, "unit")`; what is not written
    has the place of what it would stand in, and a `given` that a case has from its file the place of that.
    """

    doc: ExampleDoc
    spans: Callable[..., Span]
    lines: Callable[[Span], str] = lambda span: ""


def read_examples(data: bytes | str, file: str) -> ExampleFile:
    """Read a text of policy examples.

    Raises:
        CatalogueError: the YAML has findings.
        FactsError: CR450–CR463, CR467, it is not a file of examples.
    """
    from creditrules.load.example_shape import checked_examples

    node = read_yaml(data, file)
    places = TreePlaces(node)

    doc = checked_examples(plain(node), places)

    def spans(case: int, *path: str | int) -> Span:
        if path[:1] == ("given",) and doc.cases[case].given is None:
            return places.span(path)
        return places.span(("cases", case, *(path or ("name",))))

    return ExampleFile(doc, spans, places.line)
