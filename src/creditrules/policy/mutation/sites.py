"""Policy, mutation: the places of a document at which operators change something, and how to put it back.

Every site can be `put` anew: that gives the whole document with this one place changed and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from attrs import evolve, frozen

from creditrules.errors import Span
from creditrules.model.condition import ALWAYS, Condition
from creditrules.model.memorandum import Clause, Exempt, Measure, Memorandum, Reach
from creditrules.model.words import Direction

T = TypeVar("T")


@frozen
class Site(Generic[T]):
    """One place: its name in the document, what stands there, and which measures rest on it.

    `put(x)` returns the document with *x* there instead, `put(None)` the document without it. `measure` is
    the measure the place belongs to; None for the clauses that several measures share. `clause` and `exempt`
    are the coverage clause and the exception it lies in.
    """

    place: str
    value: T
    put: Callable[[T | None], Memorandum]
    measures: frozenset[str]
    measure: Measure | None = None
    span: Span | None = None
    clause: Clause | None = None
    exempt: Exempt | None = None


def without(items: tuple[T, ...], n: int) -> tuple[T, ...]:
    """Return a tuple without its n-th entry."""
    return (*items[:n], *items[n + 1 :])


def replaced(items: tuple[T, ...], n: int, new: T | None) -> tuple[T, ...]:
    """Return a tuple with another n-th entry; without it when the new one is None."""
    return without(items, n) if new is None else (*items[:n], new, *items[n + 1 :])


def measures(document: Memorandum) -> Iterator[Site[Measure]]:
    """Yield every measure that a source shows: what nobody has seen cannot be changed."""
    for n, measure in enumerate(document.measures):

        def put(new: Measure | None, n: int = n) -> Memorandum:
            return evolve(document, measures=replaced(document.measures, n, new))

        if any(effect.effect for effect in measure.effects):
            yield Site(measure.key, measure, put, frozenset({measure.key}), measure, measure.span)


def clauses(document: Memorandum) -> Iterator[Site[Clause]]:
    """Yield every coverage clause: those the measures share, then those of single measures."""
    sharing = frozenset(s.value.key for s in measures(document) if s.value.covers is None)
    for n, clause in enumerate(document.covers if sharing else ()):

        def put(new: Clause | None, n: int = n) -> Memorandum:
            return evolve(document, covers=replaced(document.covers, n, new))

        yield Site(_named(n, clause), clause, put, sharing, None, clause.span, clause)
    for site in measures(document):
        covers = site.value.covers or ()
        for n, clause in enumerate(covers):

            def put_own(new: Clause | None, n: int = n, site: Site[Measure] = site) -> Memorandum:
                own = site.value.covers or ()
                return site.put(evolve(site.value, covers=replaced(own, n, new)))

            place = f"{site.place}.{_named(n, clause)}"
            yield Site(place, clause, put_own, site.measures, site.value, clause.span, clause)


def _named(n: int, clause: Clause) -> str:
    return f"covers.{n + 1}.{clause.party}"


def reaches(document: Memorandum) -> Iterator[Site[Reach]]:
    """Yield every item of every coverage clause; a clause that loses its only item goes with it."""
    for site in clauses(document):
        for n, reach in enumerate(site.value.reaches):

            def put(new: Reach | None, n: int = n, site: Site[Clause] = site) -> Memorandum:
                left = replaced(site.value.reaches, n, new)
                return site.put(evolve(site.value, reaches=left) if left else None)

            place = f"{site.place}.{n + 1}"
            span = reach.span or site.span
            yield Site(place, reach, put, site.measures, site.measure, span, site.value)


def conditions(document: Memorandum) -> Iterator[Site[Condition]]:
    """Yield every condition that is written: of measures, exceptions, lengths, clauses and their items."""
    for measure in measures(document):
        yield from _of_measure(measure)
    for clause in clauses(document):

        def put_clause(new: Condition | None, at: Site[Clause] = clause) -> Memorandum:
            return at.put(evolve(at.value, when=ALWAYS if new is None else new))

        if clause.value.when != ALWAYS:
            yield _condition(clause, "when", clause.value.when, put_clause)
    for reach in reaches(document):

        def put_reach(new: Condition | None, at: Site[Reach] = reach) -> Memorandum:
            return at.put(evolve(at.value, when=ALWAYS if new is None else new))

        if reach.value.when != ALWAYS and reach.value.direction is not Direction.SELF:
            yield _condition(reach, "when", reach.value.when, put_reach)


def _of_measure(site: Site[Measure]) -> Iterator[Site[Condition]]:
    measure = site.value

    def put(new: Condition | None) -> Memorandum:
        return site.put(evolve(measure, when=ALWAYS if new is None else new))

    if measure.when != ALWAYS:
        yield _condition(site, "when", measure.when, put)
    for n, exempt in enumerate(measure.unless):

        def put_exempt(new: Condition | None, n: int = n) -> Memorandum:
            other = evolve(measure.unless[n], when=ALWAYS if new is None else new)
            return site.put(evolve(measure, unless=replaced(measure.unless, n, other)))

        yield evolve(
            _condition(site, f"unless.{exempt.label}", exempt.when, put_exempt),
            exempt=exempt,
            span=exempt.span or site.span,
        )
    for n, grade in enumerate(measure.duration.grades):

        def put_grade(new: Condition | None, n: int = n) -> Memorandum:
            grades = measure.duration.grades
            other = evolve(grades[n], when=ALWAYS if new is None else new)
            return site.put(
                evolve(measure, duration=evolve(measure.duration, grades=replaced(grades, n, other)))
            )

        yield _condition(site, f"grade.{n + 1}", grade.when, put_grade)


def _condition(
    site: Site[T], name: str, condition: Condition, put: Callable[[Condition | None], Memorandum]
) -> Site[Condition]:
    place = f"{site.place}.{name}"
    return Site(place, condition, put, site.measures, site.measure, site.span, site.clause)
