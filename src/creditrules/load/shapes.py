"""Load: what each kind of document may hold, read off the classes that read it.

Schemas for editors and the formatter's order of keys are made from this description, so that neither knows
anything the reader does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from inspect import getclosurevars
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import frozen
from pydantic import BaseModel, BeforeValidator, PlainValidator

from creditrules.load import doc_procedure, doc_types, dossier_docs, dossier_event_values, dossier_scalars
from creditrules.load.aliases import KEYS
from creditrules.load.aliases import WORDS as DOCUMENT_WORDS
from creditrules.load.dossier_aliases import WORDS as DOSSIER_WORDS
from creditrules.load.dossier_aliases import names_of
from creditrules.load.event_words import EVENT_WORDS
from creditrules.model.event import EventKind


@frozen
class Plain:
    """A single value; `name` says of which form (`text`, `day`, `period`, …)."""

    name: str


@frozen
class Choice:
    """One of a closed list of words; `spellings` are other ways to write some of them."""

    words: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...] = ()


@frozen
class Many:
    """A list of at least `least` entries; with `single` one entry may stand for a list of one."""

    of: Shape
    least: int = 0
    single: bool = False


@frozen
class Keyed:
    """A mapping whose keys are names that the author chose."""

    of: Shape


@frozen
class Part:
    """A mapping with keys of its own; with `short` a plain text may stand for it."""

    name: str
    short: bool = False


@frozen
class Either:
    """One of several shapes."""

    of: tuple[Shape, ...]


@frozen
class Nothing:
    """An explicit null."""


Shape = Plain | Choice | Many | Keyed | Part | Either | Nothing


@frozen
class Field:
    """One key of a part: every way to write it, the first being the English one."""

    names: tuple[str, ...]
    shape: Shape
    is_required: bool

    @property
    def key(self) -> str:
        """The English key."""
        return self.names[0]


_READERS: dict[Callable[..., object], str] = {
    getattr(doc_types, f"_{name}"): name
    for name in (
        "string",
        "label",
        "text",
        "day",
        "partial_day",
        "period",
        "flag",
        "count",
        "number",
        "check",
    )
}
_READERS |= {
    dossier_scalars.to_day: "day",
    dossier_scalars.day_or_false: "day_or_false",
    dossier_scalars.yes_or_no: "yes_or_no",
    dossier_scalars.text: "label",
    dossier_scalars.name: "label",
    dossier_event_values.outcome: "outcome",
    dossier_event_values.details: "details",
}
_EVENTS = (doc_procedure._event, dossier_event_values.event_word)
_TYPES: Mapping[Any, str] = {str: "free", bool: "flag", int: "natural", date: "day", Any: "any"}
_ALIASES: dict[str, list[str]] = {}
for _chinese, _english in KEYS.items():
    _ALIASES.setdefault(_english, []).append(_chinese)


@cache
def parts_of(root: type[BaseModel]) -> Mapping[str, type[BaseModel]]:
    """Return the classes a document is made of by their names, the document itself first."""
    found: dict[str, type[BaseModel]] = {part_name(root): root}
    for hint in get_type_hints(root, include_extras=True).values():
        for inner in _classes(hint):
            if part_name(inner) not in found:
                found |= {name: cls for name, cls in parts_of(inner).items() if name not in found}
    return found


def part_name(cls: type[BaseModel]) -> str:
    """Return what a class of documents is called: its name without `Doc`."""
    return cls.__name__.lstrip("_").removesuffix("Doc")


@cache
def fields_of(cls: type[BaseModel]) -> tuple[Field, ...]:
    """Return the keys of a part in the order in which it is read."""
    hints = get_type_hints(cls, include_extras=True)
    fields = []
    for name, info in cls.model_fields.items():
        if issubclass(cls, doc_types.Doc):
            key = info.alias or name
            names: tuple[str, ...] = (key, *_ALIASES.get(key, ()))
        elif cls.__module__ == dossier_docs.__name__:
            names = names_of(name)
        else:
            names = (info.alias or name,)
        fields.append(Field(names, _at_least(_shape(hints[name]), info.metadata), info.is_required()))
    return tuple(fields)


def _classes(hint: Any) -> Iterable[type[BaseModel]]:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for inner in get_args(hint):
        yield from _classes(inner)


def _shape(hint: Any) -> Shape:
    origin = get_origin(hint)
    if origin is Annotated:
        return _annotated(hint)
    if origin in (Union, UnionType):
        options = [Nothing() if option is NoneType else _shape(option) for option in get_args(hint)]
        return Either(tuple(options)) if len(options) > 1 else options[0]
    if origin is tuple:
        return Many(_shape(get_args(hint)[0]))
    if origin is dict:
        return Keyed(_shape(get_args(hint)[1]))
    if origin is Literal:
        return Choice(tuple(str(word) for word in get_args(hint)))
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return Part(part_name(hint))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(tuple(member.value for member in hint))
    return Plain(_TYPES[hint])


def _annotated(hint: Any) -> Shape:
    inner, *marks = get_args(hint)
    plain = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None)
    if plain is not None:
        return _read_by(plain)
    shape = _shape(inner)
    for mark in marks:
        shape = _at_least(shape, [mark, *getattr(mark, "metadata", ())])
        if isinstance(mark, BeforeValidator):
            shape = _shortened(shape, mark.func)
        if any(getattr(m, "coerce_numbers_to_str", False) for m in getattr(mark, "metadata", ())):
            shape = Plain("label")
    return shape


def _at_least(shape: Shape, marks: Iterable[Any]) -> Shape:
    least = max((n for mark in marks if isinstance(n := getattr(mark, "min_length", 0), int)), default=0)
    return Many(shape.of, least, shape.single) if isinstance(shape, Many) and least else shape


def _shortened(shape: Shape, read: Callable[..., Any]) -> Shape:
    """Say what a short form stands for, which the reader itself is asked."""
    if isinstance(shape, Part):
        # The days of conduct may be written as one day; what else is shortened is shortened to a text.
        is_day = dossier_scalars.span_of_days in _inside(read)
        return Either((Plain("day"), shape)) if is_day else Part(shape.name, short=True)
    if isinstance(shape, Many) and isinstance(read("x"), list):
        return Many(shape.of, shape.least, single=True)
    return shape


def _read_by(read: Callable[..., object]) -> Shape:
    """Return the shape of what a reader of single values takes."""
    inside = _inside(read)
    for value in inside:
        if callable(value) and value in _READERS:
            return Plain(_READERS[value])
        if value in _EVENTS:
            return _spelled(EventKind, EVENT_WORDS)
        if isinstance(value, dict):
            return _spelled(value.values(), value)
    words = next(value for value in inside if isinstance(value, tuple))
    return _spelled(words, DOSSIER_WORDS if read.__module__ == dossier_docs.__name__ else DOCUMENT_WORDS)


def _spelled(words: Iterable[object], spellings: Mapping[str, object]) -> Choice:
    known = tuple(dict.fromkeys(str(word) for word in words))
    return Choice(
        known, tuple((w, str(s)) for w, s in spellings.items() if str(s) in known and w not in known)
    )


def _inside(read: Any) -> list[Any]:
    """Return a function and everything it closes over, however deep."""
    if not hasattr(read, "__code__"):
        return [read]
    held = getclosurevars(read).nonlocals.values()
    return [read, *(inner for value in held for inner in _inside(value))]
