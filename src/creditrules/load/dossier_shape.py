"""Load: say what is wrong with the shape of a dossier, and mend it so that the rest can be checked too."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from creditrules.load.dossier_aliases import names_of
from creditrules.load.dossier_docs import (
    ConductDoc,
    DossierDoc,
    EventDoc,
    FactEntryDoc,
    ListingDoc,
    ObjectionDoc,
    RepairDoc,
    ResponsibilityDoc,
    RoleDoc,
    SubjectDoc,
)
from creditrules.load.dossier_problems import Path, Problems, written
from creditrules.load.dossier_scalars import UNREADABLE, shown
from creditrules.load.event_words import KNOWN_WORDS
from creditrules.load.forbidden import is_forbidden_category, is_relative

_STANDS_IN: dict[str, Any] = {
    "filed": "0001-01-01",
    "on": "0001-01-01",
    "finds": "not_responsible",
    "subjects": [],
}
_EXPECTED = {
    "dict_type": ("a mapping of keys and values", "由键和值组成的映射"),
    "model_type": ("a mapping of keys and values", "由键和值组成的映射"),
    "tuple_type": ("a list", "列表"),
}
_INNER: dict[str, type[BaseModel]] = {
    "subjects": SubjectDoc,
    "roles": RoleDoc,
    "listings": ListingDoc,
    "conduct": ConductDoc,
    "findings": ResponsibilityDoc,
    "objections": ObjectionDoc,
    "repairs": RepairDoc,
    "events": EventDoc,
}
_INNER_BY_NAME = {name: doc for key, doc in _INNER.items() for name in names_of(key)}
# Mending one level may uncover the next; a dossier has fewer levels than this.
_ROUNDS = 10


def checked_dossier(tree: dict[str, Any], problems: Problems) -> DossierDoc:
    """Return a dossier; one with problems is mended, so that the rest of it can be checked too."""
    try:
        return DossierDoc.model_validate(tree)
    except ValidationError as error:
        _report_shape(error, DossierDoc, (), problems)
        return _mended(tree)


def checked_entry(tree: dict[str, Any], path: Path, problems: Problems) -> FactEntryDoc | None:
    """Return one dated statement of a fact, or None with problems."""
    try:
        return FactEntryDoc.model_validate(tree)
    except ValidationError as error:
        _report_shape(error, FactEntryDoc, path, problems)
        return None


def _report_shape(error: ValidationError, doc: type[BaseModel], path: Path, problems: Problems) -> None:
    """Report what pydantic found in a document of a class that stands at a path."""
    for each in error.errors(include_url=False):
        _report(each, doc, (*path, *each["loc"]), problems)


def _mended(tree: dict[str, Any]) -> DossierDoc:
    """Return a dossier in which what has no usable shape is left out or stands as `UNREADABLE`.

    Places in lists keep their numbers, so that what is found later still has its path.
    """
    tree = deepcopy(tree)
    for _ in range(_ROUNDS):
        try:
            return DossierDoc.model_validate(tree)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                _mend(tree, each["loc"], each["type"])
    return DossierDoc(subjects=())


def _mend(tree: Any, path: Path, kind: str) -> None:
    *way, last = path
    holder = tree
    for name in way:
        holder = holder[name]
    if kind == "missing":
        holder[last] = _STANDS_IN.get(str(last), UNREADABLE)
    elif isinstance(last, int):
        holder[last] = {}
    else:
        holder.pop(last, None)


def _report(error: ErrorDetails, doc: type[BaseModel], path: Path, problems: Problems) -> None:
    kind, context, stated = error["type"], error.get("ctx", {}), shown(error["input"])
    key = str(path[-1])
    if kind == "missing":
        problems.add("CR404", path[:-1], key=key)
    elif kind == "extra_forbidden":
        _report_extra(path, _names_in(doc, error["loc"]), problems)
    elif kind in _EXPECTED:
        en, zh = _EXPECTED[kind]
        problems.add("CR405", path, key=_label(path), expected_en=en, expected_zh=zh)
    elif kind == "CR446":
        problems.unknown(kind, path, stated, KNOWN_WORDS)
    elif kind == "CR407":
        words: str = context["words"]
        problems.unknown("CR407", path, stated, words.split(", "), words=words)
    else:
        words_of = {name: str(text) for name, text in context.items()}
        problems.add(kind, path, key=_label(path), value=stated, **words_of)


def _label(path: Path) -> str:
    """Name an entry of a list by the list: `roles[2]`."""
    named = next(i for i in range(len(path) - 1, -1, -1) if isinstance(path[i], str))
    return written(path[named:])


def _names_in(doc: type[BaseModel], path: Path) -> list[str]:
    """Return every name a key may have in the class that stands around the last step of a path."""
    holders = (_INNER_BY_NAME[n] for n in reversed(path[:-1]) if isinstance(n, str) and n in _INNER_BY_NAME)
    around = next(holders, doc)
    return [name for field in around.model_fields for name in names_of(field)]


def _report_extra(path: Path, names: list[str], problems: Problems) -> None:
    key = str(path[-1])
    if key in names:
        problems.add_key("CR402", path, key=key)
    elif is_forbidden_category(key):
        problems.add_key("CR410", path, key=key)
    elif is_relative(key):
        problems.add_key("CR411", path, word=key)
    else:
        problems.unknown_key("CR403", path, key, names)
