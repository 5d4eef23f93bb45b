"""Policy: where a decision may turn: ends of periods, roles and listings, and thresholds of facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from creditrules.model.catalogue import Catalogue, FactDeclaration
from creditrules.model.condition import Op, Test, tests_in
from creditrules.model.decision import Decision
from creditrules.model.dossier import Dossier, fact_on
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.text import Text
from creditrules.policy.wording import role_named, test_named, word

_ONE = timedelta(days=1)
_SIDES = ("before", "at", "after")


@frozen
class Point:
    """One side of a boundary: the day to decide for, and what to change in the dossier.

    `boundary` names the three that belong together, `side` says which of them it is.
    """

    boundary: Text
    side: str
    on: date
    change: Mapping[str, Any]


def boundaries(
    dossier: Dossier, decision: Decision, memorandum: Memorandum, catalogue: Catalogue
) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the boundaries of a case, each as its three sides.

    Args:
        dossier: what the case is about.
        decision: what is decided of it.
        memorandum: whose measures and conditions are looked at.
        catalogue: declares the facts.
    """
    seen: set[date] = set()
    for day, text in _ends(dossier, decision, memorandum, catalogue):
        if day not in seen and date.min < day < date.max - _ONE:
            seen.add(day)
            yield _three(text, *((side, day + step * _ONE, {}) for side, step in _steps()))
    stated: set[tuple[str, Any]] = set()
    for measure in memorandum.measures:
        for test in _tests(measure):
            declared = catalogue.facts.get(test.path)
            if declared is None or (test.path, test.value) in stated:
                continue
            stated.add((test.path, test.value))
            yield from _of_test(test, declared, dossier, decision, catalogue)


def _steps() -> Iterator[tuple[str, int]]:
    return zip(_SIDES, (-1, 0, 1), strict=True)


def _three(text: Text, *sides: tuple[str, date, Mapping[str, Any]]) -> tuple[Point, Point, Point]:
    before, at, after = (Point(text, side, on, change) for side, on, change in sides)
    return before, at, after


def _ends(
    dossier: Dossier, decision: Decision, memorandum: Memorandum, catalogue: Catalogue
) -> Iterator[tuple[date, Text]]:
    """Yield the last days of what a decision rests on, each with its name."""
    for listing in dossier.listings:
        if listing.until:
            yield listing.until, word("example.boundary.listing", listing=listing.id)
    for held in dossier.roles:
        role = role_named(held.role, catalogue)
        person = _named(dossier, held.person)
        if held.until:
            yield held.until, word("example.boundary.role", person=person, role=role)
    for measure in memorandum.measures:
        for test in _tests(measure):
            if test.op in (Op.WITHIN, Op.NOT_OLDER):
                yield from _period_ends(test, dossier, decision.on, catalogue)
    for action in decision.actions:
        for part in action.parts:
            if part.memorandum == memorandum.key and part.until:
                yield part.until, word("example.boundary.measure", measure=part.measure)


def _period_ends(test: Test, dossier: Dossier, on: date, catalogue: Catalogue) -> Iterator[tuple[date, Text]]:
    """Yield the last day on which a dated fact is not yet too long ago."""
    period: Any = test.value
    for facts in (*(s.facts for s in dossier.subjects.values()), *(v.facts for v in dossier.listings)):
        day = fact_on(facts, test.path, on)
        if isinstance(day, date):
            near = (period.after(day) + n * _ONE for n in range(3, -4, -1))
            last = next((d for d in near if period.before(d) <= day), None)
            declared = catalogue.facts.get(test.path)
            if last is not None and declared is not None:
                yield last, word("example.boundary.period", test=test_named(test, catalogue))


def _of_test(
    test: Test, declared: FactDeclaration, dossier: Dossier, decision: Decision, catalogue: Catalogue
) -> Iterator[tuple[Point, Point, Point]]:
    """Yield the boundary at the threshold of a test, when it has one and somebody's fact can be set."""
    if test.op not in (Op.AT_LEAST, Op.AT_MOST, Op.MORE_THAN, Op.LESS_THAN):
        return
    values = _around(test.value, declared)
    if values is None:
        return
    text = word("example.boundary.fact", test=test_named(test, catalogue))
    for holder in _holders(declared, dossier, decision):
        sides = [
            (side, decision.on, _setting(holder, declared, value))
            for side, value in zip(_SIDES, values, strict=True)
        ]
        yield _three(text, *sides)


def _around(threshold: Any, declared: FactDeclaration) -> tuple[Any, Any, Any] | None:
    """Return the values just below, at and just above a threshold, as a dossier writes them."""
    if isinstance(threshold, date):
        return threshold - _ONE, threshold, threshold + _ONE
    if type(threshold) is not int:
        return None
    if declared.type == "integer":
        return threshold - 1, threshold, threshold + 1
    below, at, above = (_hundredths(threshold + step) for step in (-1, 0, 1))
    return below, at, above


def _hundredths(number: int) -> int | Decimal:
    return Decimal(number) / 100 if number % 100 else number // 100


def _holders(
    declared: FactDeclaration, dossier: Dossier, decision: Decision
) -> Iterator[tuple[str, str | None]]:
    """Yield whose fact to set: those who state it, else who is listed, else whom an action falls on first."""
    stating: list[tuple[str, str | None]] = []
    stating += [(key, None) for key, s in dossier.subjects.items() if declared.name in s.facts]
    stating += [(v.subject, v.id) for v in dossier.listings if declared.name in v.facts]
    if stating:
        yield from dict.fromkeys(stating)
    elif declared.about == "listing":
        yield from dict.fromkeys((v.subject, v.id) for v in dossier.listings)
    elif declared.about == "subject":
        yield from dict.fromkeys((v.subject, None) for v in dossier.listings)
    else:
        yield from [(action.target, None) for action in decision.actions[:1]]


def _setting(holder: tuple[str, str | None], declared: FactDeclaration, value: Any) -> dict[str, Any]:
    subject, listing = holder
    facts = {"facts": {declared.name: value}}
    inner = facts if listing is None else {"listings": [{"id": listing, **facts}]}
    return {"subjects": [{"id": subject, **inner}]}


def _tests(measure: Measure) -> Iterator[Test]:
    yield from tests_in(measure.when)
    for exempt in measure.unless:
        yield from tests_in(exempt.when)
    for grade in measure.duration.grades:
        yield from tests_in(grade.when)


def _named(dossier: Dossier, subject: str) -> str:
    return dossier.subjects[subject].name if subject in dossier.subjects else subject
