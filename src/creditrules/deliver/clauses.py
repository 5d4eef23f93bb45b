"""Deliver: what clauses, conditions, durations and bases of a memorandum say, in one language."""

from __future__ import annotations

from datetime import date

from creditrules.decide import phrases
from creditrules.deliver.articles import today_text
from creditrules.deliver.names import Names
from creditrules.model.basis import Basis
from creditrules.model.condition import All, Condition, Not, Op, Some, Test
from creditrules.model.memorandum import Clause, Duration, Reach
from creditrules.model.time import Period, Since
from creditrules.model.words import Checked, Direction, HeldAt, Rank, Strength


def condition_text(condition: Condition, names: Names) -> str:
    """Say a condition in words; empty when it always holds."""
    words = names.words
    match condition:
        case All(parts):
            return words.joined((condition_text(part, names) for part in parts), "part")
        case Some(parts):
            inner = words.joined((condition_text(part, names) for part in parts), "or")
            return words("show.any", parts=inner)
        case Not(part):
            return words("show.not", part=condition_text(part, names))
        case Test():
            fact = words.said(phrases.fact_name(condition.path, names.catalogue))
            if condition.op is Op.IS:
                value = phrases.value_text(condition.path, condition.value, names.catalogue)
                return f"{fact} {words.said(value)}"
            return f"{fact} {words.said(phrases.compared(condition, names.catalogue))}"


def clause_text(clause: Clause, names: Names) -> str:
    """Say whom a coverage clause reaches when the listed party is of one kind."""
    words = names.words
    party = names.catalogue.parties.get(clause.party)
    name = words.said(party.name) if party else clause.party
    said = f"{name} → {words.joined((_reach(reach, names) for reach in clause.reaches), 'part')}"
    when = condition_text(clause.when, names)
    said += words("show.in_brackets", text=when) if when else ""
    return said + state_mark(clause.checked, names)


def _reach(reach: Reach, names: Names) -> str:
    words = names.words
    if reach.direction is Direction.SELF:
        return words("show.self")
    roles = words.joined((names.role(role) for role in sorted(reach.roles)), "list")
    name = words("show.any_role") if reach.any_role else roles
    if reach.direction is Direction.ORGANISATION:
        return words("show.organisation_of", role=name)
    marks = [words(f"held.{reach.held.value}")] if reach.held is not HeldAt.DAY else []
    marks += [words(f"finds.{reach.finding.value}")] if reach.finding else []
    marks += [basis_text(basis, names) for basis in reach.bases]
    return name + (words("show.in_brackets", text=words.joined(marks, "part")) if marks else "")


def basis_text(basis: Basis, names: Names, on: date | None = None) -> str:
    """Name a provision, with its number of today, its rank, its strength and how far it was checked.

    *on* is the day of the document that cites it.
    """
    words = names.words
    marks = [words(f"rank.{basis.rank.value}")] if basis.rank is not Rank.UNKNOWN else []
    marks += [words(f"strength.{basis.strength.value}")] if basis.strength is not Strength.UNSTATED else []
    # A kind lists the old number and the new one side by side.
    said = str(basis) + ("" if basis.origin == "kind" else today_text(basis, names.catalogue, words, on))
    said += words("show.in_brackets", text=words.joined(marks)) if marks else ""
    return said + state_mark(basis.checked, names)


def kind_text(key: str, names: Names) -> str:
    """Name a kind of measure, the bodies competent for it and the statutes that carry it."""
    words, kind = names.words, names.catalogue.measure_kinds.get(key)
    if kind is None:
        return key
    units = words.joined(names.unit(part.unit) for part in kind.units)
    bases = words.joined((basis_text(basis, names) for basis in kind.bases), "part")
    said = (
        words.said(kind.name),
        words("show.competent", units=units) if units else "",
        words("show.carried", bases=bases) if bases else words("show.not_carried"),
    )
    return words.joined((part for part in said if part), "part")


def state_mark(checked: Checked, names: Names) -> str:
    """Mark what no source shows; nothing for what was verified."""
    if checked is Checked.VERIFIED:
        return ""
    return names.words("show.in_brackets", text=names.words(f"checked.{checked.value}"))


def duration_text(duration: Duration, names: Names) -> str:
    """Say how long a measure lasts."""
    words = names.words
    if duration.for_life:
        return words("show.for_life")
    if duration.grades:
        grades = (
            words("show.grade", when=condition_text(g.when, names), period=period_text(g.period, names))
            for g in duration.grades
        )
        return words.joined(grades, "part")
    if duration.longest is not None:
        bounds = [p for p in (duration.shortest, duration.longest) if p is not None]
        said = " – ".join(period_text(p, names) for p in bounds)
        start = words.said(phrases.fact_name(duration.counts_from, names.catalogue))
        return words("show.bounded", period=said, start=start)
    if duration.period is None:
        return words("show.with_listing")
    start = words.said(phrases.fact_name(duration.counts_from, names.catalogue))
    return words("show.counted", period=period_text(duration.period, names), start=start)


def period_text(period: Period, names: Names) -> str:
    """Say a length of time."""
    parts = ((period.years, "year"), (period.months, "month"), (period.days, "day"))
    said = (names.words(f"period.{word}{'' if n == 1 else 's'}", n=n) for n, word in parts if n)
    return names.words.joined(said, "space") or names.words("period.days", n=0)


def since_text(since: Since | None, names: Names) -> str:
    """Say a day, or the bounds between which it lies."""
    if since is None:
        return names.words("checked.unseen")
    if since.is_exact:
        return str(since)
    return names.words("show.between", earliest=since.earliest, latest=since.latest)
