"""Load: policy examples as written: given a dossier, on a day, expect these actions and not those."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from creditrules.errors import FactsError, Finding, Span
from creditrules.load.node import Node
from creditrules.load.strict_yaml import locate, plain, read_yaml


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


class CaseDoc(_Doc):
    """One case. `change` is laid over the file's `given`; a list entry with an `id` changes its namesake."""

    name: str
    on: date
    known: date | None = None
    recalled: bool = False
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
