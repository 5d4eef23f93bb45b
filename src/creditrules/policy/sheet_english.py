"""Policy: the keys of dossiers in English, whatever language a file of examples writes them in."""

from __future__ import annotations

from typing import Any

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

# What the entries of a list are, by its key.
_BELOW: dict[str, type] = {
    "subjects": SubjectDoc,
    "roles": RoleDoc,
    "listings": ListingDoc,
    "findings": ResponsibilityDoc,
    "objections": ObjectionDoc,
    "repairs": RepairDoc,
    "events": EventDoc,
}


def in_english(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a file of examples in which the keys of every dossier and every change are English.

    It says the same: which name a key has makes no difference. Keys that no dossier has stay as they are.
    """
    made = {**tree, "cases": [_holder(case) for case in tree["cases"]]}
    return _holder(made)


def _holder(tree: dict[str, Any]) -> dict[str, Any]:
    made = dict(tree)
    for key in ("given", "change"):
        if isinstance(made.get(key), dict):
            made[key] = _entry(made[key], DossierDoc)
    if "timeline" in made:
        made["timeline"] = [_holder(step) for step in made["timeline"]]
    return made


def _entry(tree: Any, doc: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    spelled = {name: names_of(field)[0] for field in doc.model_fields for name in names_of(field)}
    made: dict[str, Any] = {}
    for key, value in tree.items():
        name = spelled.get(key, key)
        if name in made or (name != key and name in tree):
            name = key  # the same key twice is for whoever reads the dossier to tell
        made[name] = _value(name, value)
    return made


def _value(key: str, value: Any) -> Any:
    if key in _BELOW and isinstance(value, list):
        return [_entry(each, _BELOW[key]) for each in value]
    if key == "facts" and isinstance(value, dict):
        return {name: _stated(each) for name, each in value.items()}
    if key == "conduct":
        return _entry(value, ConductDoc)
    return value


def _stated(value: Any) -> Any:
    if isinstance(value, list):
        return [_entry(each, FactEntryDoc) for each in value]
    return _entry(value, FactEntryDoc)
