"""Evaluate: the guards of one list compiled for durable-rules: its rulesets, and how rows become their facts.

The rules of a list lie in sections, one a relation, since no candidate meets rules of two. A section knows
what all its rules ask for; a row that lacks it can meet none of them, and no fact is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from operator import itemgetter
from typing import Any

from attrs import evolve

from creditrules.evaluate.normal_form import Allowed, Conjunct, Run
from creditrules.evaluate.rule_texts import Names, Ruleset, Wanted, make_rulesets
from creditrules.evaluate.symbols import UNKNOWN_ABOVE, UNKNOWN_BELOW, Columns, is_there
from creditrules.model.condition import Value
from creditrules.model.words import Truth

RELATION = "relation"
# More codes than this are not looked at beforehand.
MOST_CODES = 64

Encode = Callable[[Any], int]
# The coding of a field, and the codes all rules of a section ask for (None: they differ; None among them:
# unknown may pass).
Step = tuple[Encode, frozenset[int | None] | None]
Values = tuple[Value | None, ...]
Fact = tuple[Ruleset, str]
Writer = tuple[Ruleset, Callable[[list[int]], str]]
TRUE = int(Truth.TRUE)
# A section of more fields than this has no quick way.
MOST_QUICK = 100


class Section:
    """Rules that are met or missed together: what is looked at in a row, and what is made of it.

    Where nothing is unknown, what is true says all. Such a row goes to rulesets of half the rules, has one
    property a field instead of two, and what all rules ask alike is asked once, before any fact is made.
    Rulesets are written when the first row needs them.
    """

    def __init__(self, rules: list[Wanted], columns: Columns, names: Names) -> None:
        self._rules, self._names, self._start = rules, names, names.start
        conjuncts = [conjunct for _, _, conjunct in rules]
        passing = {n: _passing(n, conjuncts) for n in sorted({n for c in conjuncts for n in c})}
        self._passing = passing
        # What may end the look at a row comes first.
        self._used = sorted(passing, key=lambda n: (passing[n] is None, len(passing[n] or ()), n))
        self._steps: tuple[Step, ...] = tuple((columns.columns[n].encode, passing[n]) for n in self._used)
        self._places = tuple(columns.columns[n].place for n in self._used)

    @cached_property
    def quick(self) -> tuple[Ruleset, tuple[Pieces, ...]] | None:
        """The ruleset for rows in which nothing is unknown, and the texts of each field; None: several."""
        certain = [rule for rule in self._rules if rule[1] == TRUE]
        alike = {n for n in self._used if self._is_settled(n, [conjunct for _, _, conjunct in certain])}
        left = [(guard, truth, {n: a for n, a in c.items() if n not in alike}) for guard, truth, c in certain]
        asked = [n for n in self._used if n not in alike]
        if len(asked) > MOST_QUICK:
            return None
        low = self._names.low
        rulesets = make_rulesets(left, asked, evolve(self._names, high=low))
        if len(rulesets) != 1:
            return None
        names = [None if n in alike else low[n] for n in self._used]
        steps = zip(self._steps, names, strict=True)
        return rulesets[0], tuple(Pieces(encode, passing, name) for (encode, passing), name in steps)

    def _is_settled(self, column: int, certain: list[Conjunct]) -> bool:
        """Say whether every row that gets so far passes what each rule asks of a column."""
        passing = self._passing[column]
        return passing is not None and all(
            column in conjunct and passing <= {*_codes(conjunct[column]), None} for conjunct in certain
        )

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """All rulesets of the section."""
        quick = () if self.quick is None else (self.quick[0],)
        return (*quick, *(ruleset for ruleset, _ in self.whole))

    @cached_property
    def whole(self) -> tuple[Writer, ...]:
        """The rulesets for all rows."""
        rulesets = make_rulesets(self._rules, self._used, self._names)
        return tuple((ruleset, _writer(ruleset)) for ruleset in rulesets)

    def facts(self, values: Values) -> list[Fact]:
        """Write the fact of a row for each ruleset; none when the row can meet no rule."""
        mine = [values[place] for place in self._places]
        if None in mine or self.quick is None:
            return self._facts(mine)
        ruleset, fields = self.quick
        text = self._start
        for pieces, value in zip(fields, mine, strict=True):
            piece = pieces[value]
            if piece is None:
                return []
            text += piece
        return [(ruleset, text + "}")]

    def _facts(self, values: list[Value | None]) -> list[Fact]:
        codes = [0]
        for (encode, passing), value in zip(self._steps, values, strict=True):
            code = None if value is None else encode(value)
            if passing is not None and code not in passing:
                return []
            if code is None:
                codes[0] = 1
                codes += (UNKNOWN_BELOW, UNKNOWN_ABOVE)
            else:
                codes += (code, code)
        return [(ruleset, write(codes)) for ruleset, write in self.whole]

    def may_meet(self, known: Mapping[int, Value | None]) -> bool:
        """Say whether a row may meet a rule of which some values are known, by their places."""
        for place, (encode, passing) in zip(self._places, self._steps, strict=True):
            if passing is not None and place in known:
                value = known[place]
                if (None if value is None else encode(value)) not in passing:
                    return False
        return True


class Pieces(dict[Value | None, str | None]):
    """The text of a field in a fact, by its value: nothing when it need not be in it, None when it may not.

    Few values are kept: those of a number or a day may be any.
    """

    def __init__(self, encode: Encode, passing: frozenset[int | None] | None, name: str | None) -> None:
        super().__init__()
        self._encode, self._passing, self._name = encode, passing, name

    def __missing__(self, value: Value | None) -> str | None:
        code = self._encode(value)
        piece: str | None = "" if self._name is None else f',"{self._name}":{code:d}'
        if self._passing is not None and code not in self._passing:
            piece = None
        # To `exists` no and nought differ, which as keys are one.
        if len(self) < MOST_CODES and self._encode is not is_there:
            self[value] = piece
        return piece


class ListPlan:
    """What is compiled for the guards of a list; *relation* is the place of that field in a row, if any."""

    def __init__(self, sections: tuple[Section, ...], relation: int | None) -> None:
        self.sections = sections
        self._relation = relation
        self._of: dict[Value | None, tuple[Section, ...]] = {}

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets of all sections."""
        return tuple(ruleset for section in self.sections for ruleset in section.rulesets)

    def facts(self, values: Values) -> list[Fact]:
        """Write the facts of a row, each with the ruleset it is for."""
        found: list[Fact] = []
        for section in self.sections if self._relation is None else self._along(values[self._relation]):
            found += section.facts(values)
        return found

    def _along(self, relation: Value | None) -> tuple[Section, ...]:
        found = self._of.get(relation)
        if found is None:
            known = {} if self._relation is None else {self._relation: relation}
            found = tuple(section for section in self.sections if section.may_meet(known))
            # There are three relations; what else comes is not remembered.
            if len(self._of) < MOST_CODES:
                self._of[relation] = found
        return found

    def may_meet(self, known: Mapping[int, Value | None]) -> bool:
        """Say whether a row may meet a rule of which some values are known, by their places."""
        return any(section.may_meet(known) for section in self.sections)


def make_list(wanted: Iterable[Wanted], columns: Columns, names: Names) -> ListPlan:
    """Compile the rules of a list."""
    relation = next((n for n, column in enumerate(columns.columns) if column.path == RELATION), None)
    sections: dict[tuple[Run, ...], list[Wanted]] = {}
    for rule in wanted:
        asked = rule[2].get(relation) if relation is not None else None
        sections.setdefault(() if asked is None else asked.runs, []).append(rule)
    place = None if relation is None else columns.columns[relation].place
    return ListPlan(tuple(Section(rules, columns, names) for rules in sections.values()), place)


def _passing(column: int, conjuncts: list[Conjunct]) -> frozenset[int | None] | None:
    asked = [conjunct.get(column) for conjunct in conjuncts]
    given = [allowed for allowed in asked if allowed is not None]
    passing = reduce(Allowed.either, given)
    if len(given) < len(asked) or passing.is_everything or sum(b - a for a, b in passing.runs) > MOST_CODES:
        return None
    return frozenset((*_codes(passing), *([None] if passing.unknown else [])))


def _codes(allowed: Allowed) -> Iterator[int]:
    return (code for low, high in allowed.runs for code in range(low, high + 1))


def _writer(ruleset: Ruleset) -> Callable[[list[int]], str]:
    text = ruleset.fact
    if not ruleset.picks:
        return lambda codes: text
    pick = itemgetter(*ruleset.picks)
    return lambda codes: text % pick(codes)
