"""Testing: a world as text and back, so that a disagreement found at random can be kept as a case.

The text is YAML: an object is a mapping of its class to its fields (those at their default are left out), a
word of a closed vocabulary a mapping of its class to its value. Nothing in it is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import attrs
import yaml

import creditrules.model
from creditrules.model.catalogue import Catalogue
from creditrules.testing.catalogues import catalogue_of
from creditrules.testing.dossiers import digested_dossier
from creditrules.testing.worlds import World

_CLASSES: dict[str, Any] = {
    name: each
    for module in iter_modules(creditrules.model.__path__)
    for name, each in vars(import_module(f"creditrules.model.{module.name}")).items()
    if isinstance(each, type) and (attrs.has(each) or issubclass(each, Enum))
} | {"World": World}
_PARTS = ("lists", "units", "regimes", "liabilities")


class _Plain(yaml.CSafeDumper):
    """Writes a thing that occurs twice twice, so that a case can be read and edited."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def spell(world: World) -> str:
    """Return a world as text. Its catalogue must be of the vocabulary that `catalogues` uses."""
    return yaml.dump(_plain(world), Dumper=_Plain, allow_unicode=True, sort_keys=False, width=110)


def read_world(written: str) -> World:
    """Return the world that `spell` has written.

    Raises:
        KeyError: the text names a class that is not of the model.
    """
    world = _meant(yaml.load(written, Loader=yaml.CSafeLoader))
    if not isinstance(world, World):
        raise TypeError("the text holds no world")
    return attrs.evolve(world, dossier=digested_dossier(world.dossier))


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return {type(value).__name__: value.value}
        case Catalogue():
            parts = {name: _plain(getattr(value, name)) for name in _PARTS}
            return {"Catalogue": {"signed": _plain(tuple(value.memoranda.values())), **parts}}
        case Mapping():
            return {"mapping": {key: _plain(each) for key, each in value.items()}}
        case frozenset():
            return {"set": [_plain(each) for each in sorted(value, key=str)]}
        case tuple():
            return [_plain(each) for each in value]
        case None | bool() | int() | str() | date():
            return value
    fields = attrs.fields(type(value))
    stated = {f.name: getattr(value, f.name) for f in fields if f.name not in ("span", "digest")}
    return {
        type(value).__name__: {
            f.name: _plain(stated[f.name])
            for f in fields
            if f.name in stated and stated[f.name] != _default(f)
        }
    }


def _default(field: Any) -> Any:
    default = field.default
    return default.factory() if isinstance(default, attrs.Factory) else default  # type: ignore[arg-type]


def _meant(value: Any) -> Any:
    match value:
        case list():
            return tuple(_meant(each) for each in value)
        case dict():
            ((name, inner),) = value.items()
            return _named(name, inner)
    return value


def _named(name: str, inner: Any) -> Any:
    if name == "mapping":
        return {key: _meant(each) for key, each in inner.items()}
    if name == "set":
        return frozenset(_meant(each) for each in inner)
    if name == "Catalogue":
        parts = {key: _meant(each) for key, each in inner.items()}
        return catalogue_of(**{**parts, "lists": parts["lists"].values()})
    made = _CLASSES[name]
    if issubclass(made, Enum):
        return made(inner)
    return made(**{key: _meant(each) for key, each in inner.items()})
