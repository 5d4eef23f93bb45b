"""Population: small tables beside the answers: what each rule is, how listings end, what is set aside."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import polars as pl

from creditrules.model.basis import Basis
from creditrules.model.rulebook import Rulebook


def _columns(text: str = "", texts: str = "", **others: Any) -> dict[str, Any]:
    words = {**dict.fromkeys(text.split(), pl.String), **others}
    return {**words, **dict.fromkeys(texts.split(), pl.List(pl.String))}


_RULES = _columns(
    "rule memorandum doc_no measure effect does_zh does_en checked bases_digest",
    "bases shared_with notes_zh notes_en",
)
_ACTS = _columns("rule unit written origin discretion", "notes_zh notes_en", assists=pl.Boolean)
_LISTS = _columns("list title_zh title_en level remedy_zh remedy_en", "ends_by_zh ends_by_en")
_SET_ASIDE = _columns("memorandum measure reason detail regime text_zh text_en", "lists")


def side_tables(rulebook: Rulebook) -> dict[str, Any]:
    """Return the tables that the keys in the answers are explained by."""
    return {
        "rules": _rules(rulebook).to_arrow(),
        "acts": _acts(rulebook).to_arrow(),
        "lists": _lists(rulebook).to_arrow(),
        "documents_set_aside": _set_aside(rulebook).to_arrow(),
    }


def bases_digest(bases: Iterable[Basis]) -> str:
    """Return a short digest of some bases, by which two rules that rest on the same can be told."""
    return sha256("\n".join(str(basis) for basis in bases).encode()).hexdigest()[:16]


def _rules(rulebook: Rulebook) -> pl.DataFrame:
    rows = [
        {
            "rule": rule.key,
            "memorandum": rule.document,
            "doc_no": rule.memorandum.doc_no if rule.memorandum else None,
            "measure": rule.part,
            "effect": rule.effect.effect,
            "does_zh": rule.measure.does.zh if rule.measure else None,
            "does_en": rule.measure.does.en if rule.measure else None,
            "checked": rule.checked.value,
            "bases": [str(basis) for basis in rule.bases],
            "bases_digest": bases_digest(rule.bases),
            "shared_with": list(rule.record.shared_with) if rule.record else [],
            "notes_zh": [note.zh for note in rule.notes],
            "notes_en": [note.en for note in rule.notes],
        }
        for rule in rulebook.rules
    ]
    return pl.DataFrame(rows, schema=_RULES)


def _acts(rulebook: Rulebook) -> pl.DataFrame:
    rows = [
        {
            "rule": rule.key,
            "unit": act.unit,
            "written": act.written,
            "origin": act.origin,
            "assists": act.assists,
            "discretion": act.discretion.value,
            "notes_zh": [note.zh for note in act.notes],
            "notes_en": [note.en for note in act.notes],
        }
        for rule in rulebook.rules
        for act in rule.acts
    ]
    return pl.DataFrame(rows, schema=_ACTS)


def _lists(rulebook: Rulebook) -> pl.DataFrame:
    rows = [
        {
            "list": key,
            "title_zh": kind.title.zh,
            "title_en": kind.title.en,
            "level": kind.level.value,
            "remedy_zh": kind.remedy.zh,
            "remedy_en": kind.remedy.en,
            "ends_by_zh": [text.zh for text in kind.ends_by],
            "ends_by_en": [text.en for text in kind.ends_by],
        }
        for key, kind in rulebook.catalogue.lists.items()
    ]
    return pl.DataFrame(rows, schema=_LISTS)


def _set_aside(rulebook: Rulebook) -> pl.DataFrame:
    rows = [
        {
            "memorandum": item.memorandum,
            "measure": item.measure,
            "reason": item.reason,
            "detail": item.detail,
            "regime": item.regime,
            "text_zh": item.text.zh,
            "text_en": item.text.en,
            "lists": sorted(item.lists),
        }
        for item in rulebook.set_aside
    ]
    return pl.DataFrame(rows, schema=_SET_ASIDE)
