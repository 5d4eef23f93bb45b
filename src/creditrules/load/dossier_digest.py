"""Load: the canonical form of a dossier, and its digest: one content, one digest, however it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from operator import attrgetter
from typing import Any

from attrs import Factory, fields

from creditrules.model.dossier import (
    Dossier,
    FactEntry,
    Listing,
    Objection,
    Repair,
    ResponsibilityFinding,
    RoleHeld,
    Subject,
)
from creditrules.model.event import Event


def canonical(dossier: Dossier) -> str:
    """Return a dossier as one line of JSON, keys sorted, what has its default left out.

    A field added to the model later changes no digest as long as it has its default.
    """
    content = (tuple(dossier.subjects.values()), dossier.listings, dossier.roles)
    return json.dumps(content, default=_simple, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(text: str) -> str:
    """Return the digest of a canonical form."""
    return sha256(text.encode()).hexdigest()


def _simple(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    names, get, defaults = _FORMS[type(value)]
    return {n: v for n, v, d in zip(names, get(value), defaults, strict=True) if v is not d and v != d}


def _form(of: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    """Return the names of the fields that count, what gets them all at once, and their defaults."""
    compared = [field for field in fields(of) if field.eq]
    names = tuple(field.name for field in compared)
    defaults = tuple({} if field.default.__class__ is Factory else field.default for field in compared)
    return names, attrgetter(*names), defaults


_PARTS: tuple[type, ...] = (
    Subject,
    FactEntry,
    Listing,
    ResponsibilityFinding,
    Objection,
    Repair,
    RoleHeld,
    Event,
)
_FORMS = {of: _form(of) for of in _PARTS}
