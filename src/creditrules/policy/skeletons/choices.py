"""Policy: what a skeleton is filled with where the author has not chosen: things of the catalogue itself."""

from __future__ import annotations

import re
from collections import Counter

from creditrules.errors import Finding, Span, UsageError
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue, MeasureKind
from creditrules.model.words import Discretion, Level, Strength
from creditrules.policy.skeletons.templates import Value, Written, quoted

_KEY = re.compile(r"[^\W\d_][\w-]*")


def check_key(key: str) -> None:
    """Say so when a word cannot be the key of a document.

    Raises:
        UsageError: CR584.
    """
    if not _KEY.fullmatch(key):
        raise UsageError([Finding("CR584", Span(""), {"given": key})])


def check_free(key: str, taken: bool, en: str, zh: str) -> None:
    """Say so when the catalogue has something under a key already.

    Raises:
        UsageError: CR585.
    """
    if taken:
        raise UsageError([Finding("CR585", Span(""), {"given": key, "what_en": en, "what_zh": zh})])


def free_number(catalogue: Catalogue, year: int) -> str:
    """Return a document number to be filled in, which no document of the catalogue has."""
    taken = {memorandum.doc_no for memorandum in catalogue.memoranda.values()}
    return next(
        f"待填〔{year}〕{n}号" for n in range(1, len(taken) + 2) if f"待填〔{year}〕{n}号" not in taken
    )


def first_list(catalogue: Catalogue) -> str | None:
    """Return the black list that most memoranda answer, or any list."""
    named = Counter(key for m in catalogue.memoranda.values() for key in m.lists)
    lists = [kind.key for kind in catalogue.lists.values() if kind.level is Level.BLACKLIST]
    return max(lists or list(catalogue.lists), key=lambda key: named[key], default=None)


def first_unit(catalogue: Catalogue) -> str | None:
    """Return a unit of the nation that stands for itself, as documents write it."""
    units = [u for u in catalogue.units.by_key.values() if not u.is_generic and u.level == "national"]
    return min((name for unit in units[:1] for name in unit.spellings), key=len, default=None)


def kind_meant(catalogue: Catalogue, key: str | None) -> MeasureKind | None:
    """Return a kind of measure: the one asked for, or one of which everything is known."""
    kinds = catalogue.measure_kinds
    if key is not None:
        return kinds[key]
    used = Counter(
        key for m in catalogue.memoranda.values() for measure in m.measures for key in measure.kinds[:1]
    )
    whole = (k for k in kinds.values() if k.units and k.matter and _cited(k))
    return max(whole, key=lambda kind: used[kind.key], default=None)


def covers(catalogue: Catalogue) -> Written:
    """Return a coverage clause over the commonest parties that the catalogue has."""
    common = [party for party in ("natural_person", "enterprise") if party in catalogue.parties]
    lines = [f"  {quoted(party)}: [self]" for party in common or list(catalogue.parties)[:1]]
    return Written("\n".join(lines) + "\n")


def measure_values(catalogue: Catalogue, kind: MeasureKind | None, unit: str | None) -> dict[str, Value]:
    """Return what a measure is filled with: by its kind where there is one, else by the catalogue."""
    values: dict[str, Value] = {
        "discretion": Discretion.MUST.value,
        "heading": None,
        "part": None,
        "key": None,
        "kind": kind.key if kind else None,
        "effect": kind.effect if kind else next(iter(catalogue.effects), None),
        "matter": kind.matter if kind else next(iter(catalogue.matters), None),
        "unit": unit or (kind.units[0].name if kind and kind.units else first_unit(catalogue)),
        "basis": None,
    }
    basis = _cited(kind) if kind else None
    if basis is not None:
        values["basis"] = Written(_basis_text(basis))
    return values


def _cited(kind: MeasureKind) -> Basis | None:
    """Return a provision that carries the kind whatever the list."""
    fit = (b for b in kind.bases if b.article and not b.lists and not b.conduct)
    return next((b for b in fit if b.strength is not Strength.LIMIT), None)


def _basis_text(basis: Basis) -> str:
    parts = [f"law: {quoted(basis.law)}", f"article: {basis.article}"]
    parts += [f"cited: {quoted(basis.cited)}"] if basis.cited else []
    return f"{{{', '.join(parts)}}}"
