"""Compile pass: keep the bases in force on the day; a measure whose cited basis lapsed keeps the others."""

from __future__ import annotations

from attrs import evolve

from creditrules.compile.day import Day, Passed, aside
from creditrules.model.basis import Basis
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.time import covers
from creditrules.model.words import Rank


def keep_bases_in_force(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Drop the bases that are out of force on the day and put the memorandum itself in front.

    INVARIANT: afterwards every rule has a basis in force; for a measure the first is its memorandum.
    """
    kept, dropped = [], []
    for rule in rules:
        lapsed = tuple(b for b in rule.bases if not in_force(b, day))
        stands = tuple(b for b in rule.bases if in_force(b, day))
        dropped += [aside(rule, "basis_out_of_force", _text(b), detail=str(b)) for b in lapsed]
        kept.append(evolve(rule, bases=(*document_basis(rule), *stands)))
    return tuple(kept), tuple(dropped)


def in_force(basis: Basis, day: Day) -> bool:
    """Say whether a provision stands on the day; a text of unknown commencement not before its own date."""
    return covers(basis.since or basis.version, basis.until, day.on)


def document_basis(rule: Rule) -> tuple[Basis, ...]:
    """Return the memorandum itself as a basis: a normative document, with the number of the measure."""
    if rule.memorandum is None or rule.measure is None:
        return ()
    number = rule.measure.number
    return (
        Basis(
            law=rule.memorandum.title.zh,
            item=f"惩戒措施{number}" if number else "惩戒措施",
            cited=f"（{rule.memorandum.doc_no}）" + (f"惩戒措施第{number}项" if number else ""),
            rank=Rank.NORMATIVE_DOCUMENT,
            checked=rule.checked,
        ),
    )


def _text(basis: Basis) -> Text:
    return Text(f"{basis} 当日不具效力", f"{basis} is not in force on the day")
