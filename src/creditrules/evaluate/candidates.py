"""Evaluate: the candidates of a dossier, made flat so that engines need no joins.

A candidate is one listing, seen with the listed subject itself (role -1) or with one role that joins it to
another subject: a person who holds a role in the listed organisation, or an organisation in which the listed
person holds one. The joins are made here, once; engines see a row of values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cached_property

from attrs import field, frozen

from creditrules.evaluate.fields import NO_ROLE, SELF, Candidate, Reader, Seen, reader
from creditrules.evaluate.once import Once
from creditrules.model.condition import Value, tests_in
from creditrules.model.dossier import Dossier, RoleHeld
from creditrules.model.rulebook import Rulebook
from creditrules.model.status import carries, last_day, standing
from creditrules.model.words import Direction, Truth


@frozen(slots=False)
class Row:
    """A candidate as engines see it: its identity and its values in the order of `Candidates.fields`."""

    listing: int
    role: int
    list_key: str
    values: tuple[Value | None, ...]


@frozen
class Candidates:
    """The candidates of one dossier on one day; `rows[n]` are the values of `of[n]`.

    The rows are read only when an engine asks for them: one that looks at the candidates themselves need not.
    """

    fields: tuple[str, ...]
    _rows: tuple[Row, ...] | None = None
    of: tuple[Candidate, ...] = field(default=(), repr=False)
    _rulebook: Rulebook | None = field(default=None, repr=False, eq=False)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The values of every candidate, in the order of `fields`."""
        if self._rows is not None or self._rulebook is None:
            return self._rows or ()
        return tuple(_plan(self._rulebook).rows(self.of, self._rulebook.on))


# Which candidates of a listing are worth making, by its list and whether it carries: a look-up from relation
# and role to yes or no, or None when none is.
Routes = Mapping[tuple[Direction, str], bool]
Wanted = Callable[[str, Truth], Routes | None]


def candidates(rulebook: Rulebook, dossier: Dossier, wanted: Wanted | None = None) -> Candidates:
    """Make the candidates of a dossier, listing by listing, the listed subject first, then its roles."""
    around = tuple(each_candidate(rulebook, dossier, wanted))
    return Candidates(_plan(rulebook).fields, of=around, rulebook=rulebook)


def fields_of(rulebook: Rulebook) -> tuple[str, ...]:
    """Return the fields that the guards of a rulebook test, in the order of the values of a row."""
    return _plan(rulebook).fields


def each_candidate(rulebook: Rulebook, dossier: Dossier, wanted: Wanted | None = None) -> Iterator[Candidate]:
    """Yield every listing with every route from it to a target, in the order of the dossier."""
    around: dict[str, list[tuple[int, RoleHeld]]] = {}
    for numbered in enumerate(dossier.roles):
        role = numbered[1]
        around.setdefault(role.organisation, []).append(numbered)
        # An organisation said to hold a role in itself is one route, not two.
        if role.person != role.organisation:
            around.setdefault(role.person, []).append(numbered)
    lists, on = rulebook.catalogue.lists, rulebook.on
    for number, listing in enumerate(dossier.listings):
        key, who = listing.list, listing.subject
        routes = _ALL if wanted is None else wanted(key, carries(listing, lists[key], on))
        if routes is None:
            continue
        seen = see(number, rulebook, dossier)
        if routes[_SELF, NO_ROLE]:
            yield candidate_of(seen, SELF, dossier)
        for role_number, role in around.get(who, ()):
            if routes[_ROLE if role.organisation == who else _ORGANISATION, role.role]:
                yield candidate_of(seen, role_number, dossier)


def see(number: int, rulebook: Rulebook, dossier: Dossier) -> Seen:
    """Return a listing of a dossier with where it stands on the day."""
    listing = dossier.listings[number]
    kind = rulebook.catalogue.lists[listing.list]
    end = last_day(listing, kind)
    stands = standing(listing, end, rulebook.on, kind.level)
    return Seen(number, listing, dossier.subjects[listing.subject], stands, end)


def candidate_of(seen: Seen, role_number: int, dossier: Dossier) -> Candidate:
    """Return a listing with one route: to the listed subject itself, or along a role around it."""
    if role_number == SELF:
        return Candidate(seen, SELF, None, _SELF, seen.subject)
    role = dossier.roles[role_number]
    if role.organisation == seen.subject.id:
        return Candidate(seen, role_number, role, _ROLE, dossier.subjects[role.person])
    return Candidate(seen, role_number, role, _ORGANISATION, dossier.subjects[role.organisation])


_SELF, _ROLE, _ORGANISATION = Direction


class _Always(dict[tuple[Direction, str], bool]):
    def __missing__(self, route: tuple[Direction, str]) -> bool:
        return True


_ALL = _Always()


Step = tuple[int, Reader]


@frozen
class _Plan:
    """Which fields the guards of each list test, and how each is read: once a listing, or once a route."""

    fields: tuple[str, ...]
    by_list: dict[str, tuple[tuple[Step, ...], tuple[Step, ...]]]

    def rows(self, found: tuple[Candidate, ...], on: date) -> Iterator[Row]:
        """Read the values of candidates; those of a listing are read once for all its routes."""
        listing = -1
        shared: list[Value | None] = []
        of_route: tuple[Step, ...] = ()
        for candidate in found:
            seen = candidate.seen
            if seen.number != listing:
                listing = seen.number
                of_listing, of_route = self.by_list.get(seen.listing.list, ((), ()))
                shared = [None] * len(self.fields)
                for place, read in of_listing:
                    shared[place] = read(candidate, on)
            values = shared.copy()
            for place, read in of_route:
                values[place] = read(candidate, on)
            yield Row(listing, candidate.role_number, seen.listing.list, tuple(values))


def _make_plan(rulebook: Rulebook) -> _Plan:
    tested = [sorted({t.path for t in tests_in(guard.condition)}) for guard in rulebook.guards]
    fields = tuple(sorted({path for paths in tested for path in paths}))
    place = {path: n for n, path in enumerate(fields)}
    by_list = {}
    for key, guards in rulebook.by_list.items():
        paths = sorted({path for n in guards for path in tested[n]})
        steps = [(place[p], reader(p, rulebook)) for p in paths]
        is_shared = [_is_of_listing(p, rulebook) for p in paths]
        by_list[key] = (
            tuple(s for s, shared in zip(steps, is_shared, strict=True) if shared),
            tuple(s for s, shared in zip(steps, is_shared, strict=True) if not shared),
        )
    return _Plan(fields, by_list)


_plan = Once(_make_plan)


def _is_of_listing(path: str, rulebook: Rulebook) -> bool:
    declared = rulebook.catalogue.facts.get(path)
    return declared.about != "target" if declared else path.split(".")[0] in ("listing", "subject")
