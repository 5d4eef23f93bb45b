"""Evaluate: the index of a list: branches that read one field and go on by its value, down to what is left.

The standing of a listing, kinds, relation, role, and facts of few values settle most of every guard. A branch
is followed by a look-up, and what lies behind it is worked out when the first candidate goes there. At the
end stand the rules that hold for whoever comes that way, and closures for what still depends on numbers,
days and texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar, final

from creditrules.compile.coverage import ACTIVE, ON_RECORD
from creditrules.evaluate.index_closures import Closure, closure
from creditrules.evaluate.index_readers import ANSWER, NO_ROLE, Reader, reader
from creditrules.evaluate.residue import residue
from creditrules.model.condition import Condition, Test, Value, holds, tests_in
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Direction

# Ways of one rulebook. Beyond them the index is begun anew, so that no input makes it grow for ever.
MOST = 50_000
_OF_LISTING = frozenset({"subject.kind", "listing.capacity", "listing.publishable"})
_CLOSED = frozenset({"choice", "boolean"})

Known = Mapping[str, Value | None]
Rules = tuple[int, ...]
# Conditions that are not settled yet, each with the rules under it.
Open = Mapping[Condition, Rules]
W = TypeVar("W")


@final
class Branch(Generic[W]):
    """A field that is read, and where each of its values leads."""

    __slots__ = ("_lead", "children", "read")

    def __init__(self, read: Reader, lead: Callable[[Value | None], W]) -> None:
        self.read = read
        self.children: dict[Value | None, W] = {}
        self._lead = lead

    def grow(self, value: Value | None) -> W:
        """Work out where a value leads. Two threads may do so at once; they come to the same."""
        self.children[value] = way = self._lead(value)
        return way


@final
class Leaf:
    """The end of a route: the rules that hold, and closures for those that may."""

    __slots__ = ("always", "asked")

    def __init__(self, always: Rules, asked: tuple[tuple[Closure, Rules], ...]) -> None:
        self.always, self.asked = always, asked


class Ways(dict[str, "Route | None"]):
    """Where each role leads, worked out when it is first met; None: no rule goes there."""

    def __init__(self, lead: Callable[[str], Route | None]) -> None:
        super().__init__()
        self._lead = lead

    def __missing__(self, role: str) -> Route | None:
        self[role] = way = self._lead(role)
        return way


@final
class Fork:
    """Where the entries of the listed party have decided all they can: its routes part from here.

    `holders` lead by role to those who hold one in the listed organisation, `organisations` to those in which
    the listed person holds one; `along_roles` says whether any rule goes there.
    """

    __slots__ = ("along_roles", "holders", "organisations", "to_self")

    def __init__(self, to_self: Route | None, holders: Ways, organisations: Ways, along_roles: bool) -> None:
        self.to_self, self.holders, self.organisations = to_self, holders, organisations
        self.along_roles = along_roles


Route = Branch["Route"] | Leaf
Way = Branch["Way"] | Fork


class Start(dict[int, "Way | None"]):
    """Where the listings of a list begin, by how they stand; None: no rule is about such a listing.

    The key is `active + 3 * on_record`, both truth values; the second counts only if some rule asks for it.
    """

    def __init__(self, on_list: str, index: Index) -> None:
        super().__init__()
        self.kind = index.rulebook.catalogue.lists[on_list]
        guards = (index.rulebook.guards[n].condition for n in index.rulebook.guards_for(on_list))
        self.asks_records = any(t.path == ON_RECORD.path for guard in guards for t in tests_in(guard))
        self._index = index

    def __missing__(self, stands: int) -> Way | None:
        on_record, active = divmod(stands, 3)
        known = {ACTIVE.path: ANSWER[active], ON_RECORD.path: ANSWER[on_record]}
        self[stands] = way = self._index.first(self.kind.key, known)
        return way


class Starts(dict[str, Start]):
    """The start of each list, made when a listing on it first comes."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._index = index

    def __missing__(self, on_list: str) -> Start:
        self[on_list] = start = Start(on_list, self._index)
        return start


class Index:
    """The ways through one rulebook; `starts` has the first ones of each list."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.on = rulebook.on
        self.rulebook = rulebook
        self._facts = rulebook.catalogue.facts
        self._readers: dict[str, Reader] = {}
        self._made = 0
        self.starts = Starts(self)

    def first(self, on_list: str, known: Known) -> Way | None:
        """Return the first way of listings on a list of which this is known, None when no rule is left."""
        guards: dict[Condition, Rules] = {}
        for guard in (self.rulebook.guards[n] for n in self.rulebook.guards_for(on_list)):
            guards[guard.condition] = guards.get(guard.condition, ()) + guard.rules
        rules, left = self._settled((), guards, known)
        return self._way(rules, left, known) if rules or left else None

    def _way(self, rules: Rules, left: Open, known: Known) -> Way:
        self._count()
        path = _most_tested(left, known, self._is_of_listing)
        if path is None:
            return self._fork(rules, left, known)

        def lead(value: Value | None) -> Way:
            more = {**known, path: value}
            return self._way(*self._settled(rules, left, more), more)

        return Branch(self._reader(path), lead)

    def _fork(self, rules: Rules, left: Open, known: Known) -> Fork:
        def along(direction: Direction, more: Known) -> Route | None:
            seen = {**known, "relation": direction.value, **more}
            always, rest = self._settled(rules, left, seen)
            return self._route(always, rest, seen) if always or rest else None

        def ways(direction: Direction) -> Ways:
            return Ways(lambda role: along(direction, {"role.name": role}))

        # The listed subject holds no office towards itself, and is its own target.
        mine: dict[str, Value | None] = {path: False for path in _paths(left) if path.startswith("held.")}
        if "subject.kind" in known:
            mine["target.kind"] = known["subject.kind"]
        to_self = along(Direction.SELF, {"role.name": NO_ROLE, **mine})
        others = ({**known, "relation": d.value} for d in (Direction.ROLE, Direction.ORGANISATION))
        along_roles = any(any(self._settled(rules, left, seen)) for seen in others)
        return Fork(to_self, ways(Direction.ROLE), ways(Direction.ORGANISATION), along_roles)

    def _route(self, rules: Rules, left: Open, known: Known) -> Route:
        self._count()
        path = _most_tested(left, known, self._is_of_route)
        if path is None:
            asked = ((closure(condition, self._reader, self.on), under) for condition, under in left.items())
            return Leaf(rules, tuple(asked))

        def lead(value: Value | None) -> Route:
            more = {**known, path: value}
            return self._route(*self._settled(rules, left, more), more)

        return Branch(self._reader(path), lead)

    def _settled(self, rules: Rules, left: Open, known: Known) -> tuple[Rules, Open]:
        """Return the rules that hold when this is known, and what is left of the other conditions."""

        def decided(test: Test) -> bool | None:
            # What is unknown stays to be asked, and is found unknown.
            value = known.get(test.path)
            return None if value is None else holds(value, test.op, test.value, self.on)

        certain = list(rules)
        rest: dict[Condition, Rules] = {}
        for condition, under in left.items():
            now = residue(condition, decided)
            if now is True:
                certain += under
            elif now is not False:
                rest[now] = rest.get(now, ()) + under
        return tuple(certain), rest

    def _reader(self, path: str) -> Reader:
        if path not in self._readers:
            self._readers[path] = reader(path, self.rulebook)
        return self._readers[path]

    def _is_of_listing(self, path: str) -> bool:
        declared = self._facts.get(path)
        if declared is None:
            return path in _OF_LISTING
        return declared.about != "target" and declared.type in _CLOSED

    def _is_of_route(self, path: str) -> bool:
        declared = self._facts.get(path)
        if declared is None:
            return path == "target.kind" or path.startswith(("held.", "found."))
        return declared.type in _CLOSED

    def _count(self) -> None:
        self._made += 1
        if self._made > MOST:
            self._made = 0
            self.starts.clear()


def _paths(left: Open) -> Iterator[str]:
    """Yield the fields that open conditions test, each once a condition."""
    return (path for condition in left for path in {test.path for test in tests_in(condition)})


def _most_tested(left: Open, known: Known, may_ask: Callable[[str], bool]) -> str | None:
    """Return the field that most conditions wait for, None when a look-up would settle too few of them."""
    counted = Counter(path for path in _paths(left) if path not in known and may_ask(path))
    path, number = min(counted.items(), key=lambda item: (-item[1], item[0]), default=(None, 0))
    return path if number * 4 >= len(left) else None
