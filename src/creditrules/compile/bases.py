"""Compile pass: keep the bases in force on the day; a measure whose cited basis lapsed keeps the others."""

from __future__ import annotations

from attrs import evolve

from creditrules.compile.day import Day, Passed, aside
from creditrules.model.basis import Basis, plain_title
from creditrules.model.memorandum import STATUTE
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.time import covers
from creditrules.model.words import Rank, Strength

NO_BASIS = Text(
    "法规中的该项措施未引用任何条款", "the measure of a statute cites no provision, so it stands on nothing"
)


def keep_bases_in_force(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Drop the bases that are out of force on the day and put the memorandum itself in front.

    A measure of a statute that cites no provision, or none in force on the day, stands on nothing and goes.
    INVARIANT: afterwards every rule has a basis in force; for a measure of a memorandum the first is the
    memorandum.
    """
    kept, dropped = [], []
    for rule in rules:
        lapsed = tuple(b for b in rule.bases if not in_force(b, day))
        stands = tuple(b for b in rule.bases if in_force(b, day))
        dropped += [aside(rule, "basis_out_of_force", _text(b), detail=str(b)) for b in lapsed]
        bases = (*document_basis(rule), *_each_once(stands))
        if bases:
            kept.append(evolve(rule, bases=bases))
        elif not lapsed:
            dropped.append(aside(rule, "no_basis", NO_BASIS))
    return tuple(kept), tuple(dropped)


def _each_once(bases: tuple[Basis, ...]) -> tuple[Basis, ...]:
    """Keep of a provision that both the memorandum and its kind cite the memorandum's citation only.

    What somebody read in the provision for the kind (how strongly it carries, whom it makes liable) holds
    for the citation too.
    """
    kept: dict[tuple[str, int | None, str], Basis] = {}
    for basis in bases:
        place = (plain_title(basis.law), basis.article, basis.item)
        first = kept.setdefault(place, basis)
        if first is not basis and first.strength is Strength.UNSTATED:
            kept[place] = evolve(first, strength=basis.strength, reaches=first.reaches | basis.reaches)
    return tuple(kept.values())


def in_force(basis: Basis, day: Day) -> bool:
    """Say whether a provision stands on the day; a text of unknown commencement not before its own date."""
    return covers(basis.since or basis.version, basis.until, day.on)


def document_basis(rule: Rule) -> tuple[Basis, ...]:
    """Return the memorandum itself as a basis: a normative document, with the number of the measure.

    A statute is none: its measures cite the provisions that order them.
    """
    if rule.memorandum is None or rule.measure is None or rule.memorandum.instrument == STATUTE:
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
