"""Evaluate: the indexed engine. A candidate falls into a cell, and a cell knows what is left to ask.

What kind of candidate it is (list, standing, relation, role, kinds) settles most of every guard beforehand.
Each cell holds the guards that hold for all its candidates, and closures for what remains of the others:
facts, the time a role was held, findings. The closures are made from the typed model; no text of a document
is ever compiled as code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import frozen

from creditrules.evaluate.candidates import Candidates
from creditrules.evaluate.fields import NO_ROLE, Reader, reader
from creditrules.evaluate.once import Once
from creditrules.evaluate.protocol import Hit
from creditrules.evaluate.residue import residue
from creditrules.model.condition import All, Condition, Not, Op, Some, Test, Value, holds, tests_in
from creditrules.model.rulebook import Rulebook

Values = list[Value | None]
Closure = Callable[[Values], int]

FALSE, UNKNOWN, TRUE = 0, 1, 2

# What puts candidates into one cell, besides the list. All of it comes from closed vocabularies.
CELL = ("listing.active", "listing.on_record", "relation", "role.name", "subject.kind", "target.kind")
Cell = tuple[str, Value | None, Value | None, str, str, str, str]


class IndexedEngine:
    """The rulebook compiled to an index of cells."""

    name = "indexed"

    def hits(self, rulebook: Rulebook, candidates: Candidates) -> list[Hit]:
        """Return every guard that holds, or may hold, for every candidate."""
        index = _index(rulebook)
        hits: list[Hit] = []
        listing = -1
        active = on_record = None
        for row, candidate in enumerate(candidates.of):
            seen, role = candidate.seen, candidate.role
            if seen.number != listing:
                listing = seen.number
                active = index.active(candidate, rulebook.on)
                on_record = index.on_record(candidate, rulebook.on)
            cell = (
                seen.listing.list,
                active,
                on_record,
                candidate.direction,
                NO_ROLE if role is None else role.role,
                seen.subject.kind,
                candidate.target.kind,
            )
            known = index.cells.get(cell) or index.make(cell)
            for guard in known.always:
                hits.append((guard, row, TRUE))
            if known.asked:
                values = [read(candidate, rulebook.on) for read in known.readers]
                for ask, guards in known.asked:
                    truth = ask(values)
                    if truth:
                        hits += [(guard, row, truth) for guard in guards]
        hits.sort()
        return hits


@frozen
class _Known:
    """What is left of the guards of a cell: those that hold, and those that still have to be asked.

    `readers` read the fields that are asked for, each once a candidate.
    """

    always: tuple[int, ...]
    readers: tuple[Reader, ...]
    asked: tuple[tuple[Closure, tuple[int, ...]], ...]


class _Index:
    """The cells of one rulebook, each made when the first candidate falls into it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.cells: dict[Cell, _Known] = {}
        self.active = reader("listing.active", rulebook)
        self.on_record = reader("listing.on_record", rulebook)
        self._rulebook = rulebook
        self._readers: dict[str, Reader] = {}

    def make(self, cell: Cell) -> _Known:
        """Work out what a cell settles. Two threads may do so at once; they come to the same."""
        settled = dict(zip(CELL, cell[1:], strict=True))
        on = self._rulebook.on

        def decided(test: Test) -> bool | None:
            # What is unknown for the whole cell stays to be asked, and is found unknown.
            known = settled.get(test.path)
            return None if known is None else holds(known, test.op, test.value, on)

        always: list[int] = []
        groups: dict[Condition, list[int]] = {}
        for number in self._rulebook.guards_for(cell[0]):
            left = residue(self._rulebook.guards[number].condition, decided)
            if left is True:
                always.append(number)
            elif left is not False:
                groups.setdefault(left, []).append(number)
        paths = sorted({test.path for left in groups for test in tests_in(left)})
        place = {path: n for n, path in enumerate(paths)}
        asked = tuple((_closure(left, place, on), tuple(guards)) for left, guards in groups.items())
        readers = tuple(self._reader(path) for path in paths)
        self.cells[cell] = known = _Known(tuple(always), readers, asked)
        return known

    def _reader(self, path: str) -> Reader:
        return self._readers.setdefault(path, reader(path, self._rulebook))


_index = Once(_Index)


def _closure(condition: Condition, place: dict[str, int], on: date) -> Closure:
    match condition:
        case All(parts):
            return _all(tuple(_closure(part, place, on) for part in parts))
        case Some(parts):
            return _some(tuple(_closure(part, place, on) for part in parts))
        case Not(part):
            inner = _closure(part, place, on)
            return lambda values: 2 - inner(values)
        case Test():
            return _test(condition, place[condition.path], on)


def _all(parts: tuple[Closure, ...]) -> Closure:
    def every(values: Values) -> int:
        truth = TRUE
        for part in parts:
            found = part(values)
            if not found:
                return FALSE
            if found < truth:
                truth = found
        return truth

    return every


def _some(parts: tuple[Closure, ...]) -> Closure:
    def any_of(values: Values) -> int:
        truth = FALSE
        for part in parts:
            found = part(values)
            if found == TRUE:
                return TRUE
            if found:
                truth = found
        return truth

    return any_of


def _test(test: Test, n: int, on: date) -> Closure:
    passes = _comparison(test, on)
    if test.op is Op.IS:
        asked = test.value
        return lambda values: UNKNOWN if values[n] is None else TRUE if values[n] == asked else FALSE

    def tested(values: Values) -> int:
        value = values[n]
        return UNKNOWN if value is None else TRUE if passes(value) else FALSE

    return tested


def _comparison(test: Test, on: date) -> Callable[[Value], bool]:
    asked = test.value
    match test.op:
        case Op.IS:
            return lambda value: value == asked
        case Op.IN:
            among = frozenset(asked)  # type: ignore[arg-type]
            return lambda value: value in among
        case Op.AT_LEAST:
            return lambda value: value >= asked  # type: ignore[operator]
        case Op.AT_MOST:
            return lambda value: value <= asked  # type: ignore[operator]
        case Op.MORE_THAN:
            return lambda value: value > asked  # type: ignore[operator]
        case Op.LESS_THAN:
            return lambda value: value < asked  # type: ignore[operator]
        case Op.EXISTS:
            return lambda value: value is not False
        case Op.WITHIN:
            first = asked.before(on)  # type: ignore[union-attr]
            return lambda value: first <= value <= on  # type: ignore[operator]
        case Op.NOT_OLDER:
            start = asked.before(on)  # type: ignore[union-attr]
            return lambda value: value >= start  # type: ignore[operator]
