"""Deliver: a selection of measures as plain data; keys and codes as in the documents."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from creditrules.decide.selection import Found, Line, Selection
from creditrules.deliver.json import plain
from creditrules.model.catalogue import Catalogue

SCHEMA = "creditrules/measures/1"


def to_json(
    selection: Selection,
    catalogue: Catalogue,
    *,
    on: date | None = None,
    asked: Mapping[str, str] | None = None,
    counts: tuple[tuple[str, int], ...] | None = None,
) -> str:
    """Return a selection as one line of canonical JSON.

    Args:
        selection: what to write.
        catalogue: where it was made; its versions and digest are named.
        on: the day it is for.
        asked: the question, by the names of its parts.
        counts: numbers by key, written in place of the measures.
    """
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "catalogue": catalogue.digest,
        "on": plain(on),
        "asked": dict(asked or {}),
        "left_out": [{"reason": reason, "measures": n} for reason, n in selection.left_out],
    }
    if counts is None:
        data["measures"] = [_found(found) for found in selection.measures]
    else:
        data["counts"] = [{"key": key or None, "measures": n} for key, n in counts]
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _found(found: Found) -> dict[str, Any]:
    memorandum, measure = found.memorandum, found.measure
    return {
        "key": found.key,
        "memorandum": memorandum.key,
        "doc_no": memorandum.doc_no,
        "title": plain(memorandum.title),
        "number": measure.number,
        "heading": measure.heading,
        "does": plain(measure.does),
        "stance": plain(measure.stance),
        "kinds": plain(measure.kinds),
        "rank": plain(found.rank),
        "checked": plain(measure.checked),
        "effects": [_line(line) for line in found.lines],
        "bases": plain(found.bases),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "effect": line.effect.effect,
        "discretion": plain(line.effect.discretion),
        "matters": plain(line.effect.matters),
        "lists": plain(line.lists),
        "open": plain(line.open),
        "units": [
            {"unit": act.unit, "written": act.written, "assists": act.assists, "origin": act.origin}
            for act in line.acts
        ],
    }
