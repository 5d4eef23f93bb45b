"""Load: the dossier that cases of an example share: given in place or by path, its keys in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_args

from attrs import frozen
from pydantic import BaseModel

from creditrules.errors import CreditRulesError, FactsError, Finding, Span
from creditrules.load.dossier_aliases import names_of
from creditrules.load.dossier_docs import DossierDoc
from creditrules.load.dossier_problems import Places, TreePlaces
from creditrules.load.findings import near
from creditrules.load.limits import Limits
from creditrules.load.node import plain
from creditrules.load.strict_yaml import read_yaml
from creditrules.model.text import Text

_NO_FILE = Text("文件不存在或者无法打开", "there is no such file, or it may not be opened")
_NO_DOSSIER = Text("其中没有卷宗", "it holds no dossier")


@frozen
class Base:
    """A dossier as written, with the places of what it says."""

    tree: dict[str, Any]
    places: Places


def base_at(name: str, file: str, span: Span, line: str = "") -> Base:
    """Read the dossier whose path an example gives, from the folder of the example's file.

    Raises:
        FactsError: CR466 at the place of the path, or what the YAML of the dossier has.
    """
    path = Path(file).parent / name
    try:
        node = read_yaml(path.read_bytes(), str(path), Limits(), FactsError)
    except (OSError, ValueError) as error:
        if isinstance(error, CreditRulesError):
            raise
        raise FactsError([_unreadable(name, _NO_FILE, span, line)]) from None
    tree = plain(node)
    if not isinstance(tree, dict):
        raise FactsError([_unreadable(name, _NO_DOSSIER, span, line)])
    return Base(in_english(tree), TreePlaces(node))


def _unreadable(name: str, reason: Text, span: Span, line: str) -> Finding:
    return Finding(
        "CR466", span, {"name": name, "reason_en": reason.en, "reason_zh": reason.zh}, excerpt=line
    )


def in_english(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dossier, or a change of one, with its keys in English; what is no key of one is kept.

    A change and what it is laid over then say the same by the same keys.
    """
    return _in_english(tree, DossierDoc)


def _in_english(tree: Mapping[str, Any], doc: type[BaseModel]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in tree.items():
        field = next((f for f in doc.model_fields if key in names_of(f)), None)
        name = names_of(field)[0] if field else key
        inner = _class_in(doc.model_fields[field].annotation) if field else None
        if inner is not None and isinstance(value, list):
            value = [_in_english(each, inner) if isinstance(each, Mapping) else each for each in value]
        elif inner is not None and isinstance(value, Mapping):
            value = _in_english(value, inner)
        # A field that is there under two names is reported as such by whoever reads the dossier.
        made[key if name in made else name] = value
    return made


def _class_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _class_in(each))), None)


def kept(tree: Mapping[str, Any], only: Iterable[str]) -> dict[str, Any]:
    """Return a dossier with these subjects alone.

    Roles in organisations that are left out, and findings and events about persons who are, go with them.
    """
    wanted = set(only)
    subjects = [s for s in _entries(tree.get("subjects")) if s.get("id") in wanted]
    return {**tree, "subjects": [_without(subject, wanted) for subject in subjects]}


def unknown_only(tree: Mapping[str, Any], only: Iterable[str], span: Span, line: str) -> list[Finding]:
    """Return a finding (CR465) for every name in `only` that no subject of a dossier bears."""
    known = [str(subject.get("id")) for subject in _entries(tree.get("subjects"))]
    return [
        Finding("CR465", span, {"name": name, **near(name, known)}, excerpt=line)
        for name in only
        if name not in known
    ]


def _entries(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _without(subject: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    made = dict(subject)
    if isinstance(made.get("roles"), list):
        made["roles"] = [role for role in _entries(made["roles"]) if role.get("in") in wanted]
    if isinstance(made.get("listings"), list):
        made["listings"] = [_of_wanted(listing, wanted) for listing in _entries(made["listings"])]
    return made


def _of_wanted(listing: dict[str, Any], wanted: set[str]) -> dict[str, Any]:
    made = dict(listing)
    for key in ("findings", "events"):
        if isinstance(made.get(key), list):
            about = (each for each in _entries(made[key]))
            made[key] = [each for each in about if each.get("person") in (None, *wanted)]
    return made
