"""Load: read a dossier of the right shape without pydantic, whose import alone takes longer than a decision.

What comes out is what the classes of `dossier_docs` would hold; they remain the description of the format, a
test holds the tables here to them. Whatever is not quite as it should be is left to them, who say what is
wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from attrs import frozen

from creditrules.load.dossier_aliases import names_of
from creditrules.load.dossier_event_values import details, event_word, outcome
from creditrules.load.dossier_scalars import (
    Unfit,
    day_or_false,
    name,
    one_of,
    span_of_days,
    text,
    to_day,
    yes_or_no,
)
from creditrules.model.words import Outcome, Responsibility

if TYPE_CHECKING:
    from creditrules.load.dossier_docs import DossierDoc, FactEntryDoc

Read = Callable[[Any], Any]


class NotPlain(Exception):
    """The dossier is not of the right shape, or not plainly so."""


@frozen
class Shape:
    """A mapping: how the value of each field is read, and what stands for one that is not given."""

    fields: Mapping[str, Read]
    defaults: Mapping[str, Any]
    by_name: Mapping[str, tuple[str, Read]]

    @property
    def required(self) -> frozenset[str]:
        """The fields that must be given."""
        return frozenset(self.fields) - frozenset(self.defaults)

    def __call__(self, value: Any) -> SimpleNamespace:
        """Read a mapping.

        Raises:
            NotPlain: it is none, a key is unknown, missing or given twice.
            Unfit: a value is.
        """
        if not isinstance(value, dict):
            raise NotPlain
        given: dict[str, Any] = {}
        by_name = self.by_name
        for key, inner in value.items():
            known = by_name.get(key)
            if known is None or known[0] in given:
                raise NotPlain
            given[known[0]] = known[1](inner)
        read = SimpleNamespace(**{**self.defaults, **given})
        if len(vars(read)) != len(self.fields):
            raise NotPlain
        return read


def quick_dossier(tree: Any) -> DossierDoc:
    """Return what a dossier says.

    Raises:
        NotPlain: `dossier_docs` has to look at it.
    """
    return cast("DossierDoc", _plainly(DOSSIER, tree))


def quick_entry(tree: Any) -> FactEntryDoc:
    """Return what one dated statement of a fact says.

    Raises:
        NotPlain: `dossier_docs` has to look at it.
    """
    return cast("FactEntryDoc", _plainly(ENTRY, tree))


def _plainly(shape: Shape, tree: Any) -> SimpleNamespace:
    try:
        return shape(tree)
    except Unfit:
        raise NotPlain from None


def _shape(required: Mapping[str, Read], optional: Mapping[str, tuple[Read, Any]]) -> Shape:
    fields = {**required, **{field: read for field, (read, _) in optional.items()}}
    by_name = {each: (field, read) for field, read in fields.items() for each in names_of(field)}
    return Shape(fields, {field: default for field, (_, default) in optional.items()}, by_name)


def _or_none(read: Read) -> tuple[Read, None]:
    return (lambda value: None if value is None else read(value)), None


def _every(read: Read) -> tuple[Read, tuple[()]]:
    def every(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise NotPlain
        return tuple([read(each) for each in value])

    return every, ()


def _facts(value: Any) -> Any:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise NotPlain
    return value


_DAY = _or_none(to_day)
_WORDS = (text, "")
_ENDS: Mapping[str, tuple[Read, Any]] = {"since": _DAY, "until": _DAY}

ENTRY = _shape({"value": lambda value: value}, {**_ENDS, "recorded": _DAY, "source": _WORDS})
CONDUCT = _shape({}, _ENDS)
ROLE = _shape(
    {"organisation": name, "role": name}, {**_ENDS, "confirmed": _or_none(yes_or_no), "recorded": _DAY}
)
RESPONSIBILITY = _shape(
    {"person": name, "finds": one_of(*Responsibility)},
    {"on": _DAY, "authority": _WORDS, "doc_no": _WORDS, "recorded": _DAY},
)
OBJECTION = _shape(
    {"filed": to_day},
    {
        "suspends": _or_none(yes_or_no),
        "decided": _DAY,
        "outcome": _or_none(one_of(Outcome.UPHELD, Outcome.REJECTED)),
        "recorded": _DAY,
    },
)
REPAIR = _shape(
    {},
    {
        "applied": _DAY,
        "decided": _DAY,
        "outcome": _or_none(one_of(Outcome.GRANTED, Outcome.REFUSED)),
        "revoked": _DAY,
        "recorded": _DAY,
    },
)
EVENT = _shape(
    {"kind": event_word, "on": to_day},
    {
        **dict.fromkeys(("by", "to", "doc_no"), _WORDS),
        "person": _or_none(name),
        "until": _DAY,
        "outcome": _or_none(outcome),
        "details": (details, {}),
        "recorded": _DAY,
    },
)
LISTING = _shape(
    {"id": name, "list": name},
    {
        "authority": _WORDS,
        "doc_no": _WORDS,
        "capacity": _or_none(name),
        "conduct": _or_none(lambda value: CONDUCT(span_of_days(value))),
        **dict.fromkeys(("determined", "published", "since", "until", "review"), _DAY),
        **dict.fromkeys(("removed", "revoked", "recorded"), _DAY),
        **dict.fromkeys(("served", "aggregated"), _or_none(day_or_false)),
        "publishable": _or_none(yes_or_no),
        "findings": _every(RESPONSIBILITY),
        "findings_complete": (yes_or_no, False),
        "objections": _every(OBJECTION),
        "repairs": _every(REPAIR),
        "events": _every(EVENT),
        "facts": (_facts, {}),
    },
)
SUBJECT = _shape(
    {"id": name, "kind": name, "name": name},
    {
        **dict.fromkeys(("code", "id_number", "region"), _or_none(name)),
        "facts": (_facts, {}),
        "roles": _every(ROLE),
        "listings": _every(LISTING),
    },
)
DOSSIER = _shape({"subjects": _every(SUBJECT)[0]}, {})
