"""Evaluate: the guards of a rulebook as rulesets of durable-rules: small, flat, whole numbers only.

Each alternative of a guard is one rule over one flat fact. A column has two properties: `low` holds the code,
or a number below every code when unknown; `high` the same with a number above. Which of the two a comparison
looks at decides whether unknown passes it, so no comparison ever meets an unknown value by accident.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from typing import Any

from attrs import frozen

from creditrules.evaluate.normal_form import Allowed, Conjunct
from creditrules.evaluate.symbols import UNKNOWN_BELOW, distinct

# The limits of durable-rules are above these: 64 true conditions at once (error 303; those that wait at one
# time lie on different rules, so 60 rules never reach it), 512 first conditions (a hang), 256 rules that end
# in one condition (108), 252 properties (302).
MOST_RULES = 60
MOST_PROPERTIES = 200
_MOST_HOLES = 8

# Every name whose hash durable-rules looks for, in a fact or in a condition.
# fmt: off
RESERVED = (
    "id", "sid", "m", "name", "all", "any", "pri", "count", "cap", "dist", "$s", "$m", "$i", "$l", "$r",
    "$lt", "$lte", "$gt", "$gte", "$eq", "$neq", "$mt", "$imt", "$iall", "$iany", "$ex", "$nex", "$or",
    "$and", "$not", "$add", "$sub", "$mul", "$div", "$forward", "$time", "$timerName", "$baseTime", "$pulse",
)
# fmt: on

Comparison = dict[str, Any]
# One rule: the guard, what a hit says (2 true; 1 not false), and what is asked of each column.
Wanted = tuple[int, int, Conjunct]


class TooLarge(Exception):
    """A single rule does not fit into a ruleset; `args[0]` is its guard."""


@frozen
class Names:
    """The property names of a rulebook: of each column, of "some column is unknown", of "here is a fact"."""

    low: tuple[str, ...]
    high: tuple[str, ...]
    is_open: str
    always: str

    @property
    def start(self) -> str:
        """How every fact begins."""
        return f'{{"id":"1","sid":"1","{self.always}":1'


@frozen(eq=False)
class Ruleset:
    """One ruleset as durable-rules loads it. Rule *n* stands for `says[n]`; one more, the last, always fires.

    A fact is `fact % tuple(codes[n] for n in picks)`.
    """

    definition: str
    says: tuple[tuple[int, int], ...]
    fact: str
    picks: tuple[int, ...]


def make_names(columns: int) -> Names:
    """Choose the property names of a rulebook's columns, none of which durable-rules can confuse."""
    free = distinct((f"p{n}" for n in count()), RESERVED)
    return Names(tuple(islice(free, columns)), tuple(islice(free, columns)), next(free), next(free))


def make_rulesets(wanted: Iterable[Wanted], columns: Sequence[int], names: Names) -> tuple[Ruleset, ...]:
    """Write the rules of one list into as many rulesets as the limits ask for.

    *columns* are the columns of the list in the order of a row's codes: codes[0] is 1 when one of them is
    unknown, then follow the low and the high code of each.

    Raises:
        TooLarge: one rule alone has more properties than a ruleset may have.
    """
    place = {names.is_open: 0}
    for n, column in enumerate(columns):
        place[names.low[column]], place[names.high[column]] = 2 * n + 1, 2 * n + 2
    rules = list(_written(wanted, names))
    return tuple(_ruleset(part, place, names) for part in _parts(rules))


_Rule = tuple[int, int, list[Comparison]]


def _written(wanted: Iterable[Wanted], names: Names) -> Iterator[_Rule]:
    listed = list(wanted)
    # What most rules ask comes first, so that they share it and a fact that fails it is done with.
    common = Counter(item for _, _, conjunct in listed for item in conjunct.items())
    for guard, truth, conjunct in listed:
        ordered = sorted(conjunct.items(), key=lambda item: (-common[item], item[0]))
        for pieces in _each_way([_pieces(allowed) for _, allowed in ordered]):
            asked = zip(ordered, pieces, strict=True)
            comparisons = [c for (column, _), piece in asked for c in _comparisons(column, piece, names)]
            # "Not false" only matters where something is unknown: elsewhere "true" has said it all.
            first = [{names.is_open: 1}] if truth == 1 else []
            yield guard, truth, first + comparisons


def _pieces(allowed: Allowed) -> tuple[Allowed, ...]:
    holes = sum(b[0] - a[1] - 1 for a, b in zip(allowed.runs, allowed.runs[1:], strict=False))
    if holes <= _MOST_HOLES:
        return (allowed,)
    return tuple(Allowed(allowed.bounds, (run,), allowed.unknown) for run in allowed.runs)


def _each_way(choices: list[tuple[Allowed, ...]]) -> Iterator[tuple[Allowed, ...]]:
    ways: list[tuple[Allowed, ...]] = [()]
    for choice in choices:
        ways = [(*way, one) for way in ways for one in choice]
    yield from ways


def _comparisons(column: int, allowed: Allowed, names: Names) -> list[Comparison]:
    low, high = names.low[column], names.high[column]
    if not allowed.runs:
        return [{low: UNKNOWN_BELOW}]
    (lowest, highest), (first, last) = allowed.bounds, (allowed.runs[0][0], allowed.runs[-1][1])
    if first == last and not allowed.unknown:
        return [{low: first}]
    # Unknown is below every `low` and above every `high`: an upper bound on `low` lets it pass, one on `high`
    # does not.
    above, below = (high, low) if allowed.unknown else (low, high)
    comparisons: list[Comparison] = []
    if first > lowest:
        comparisons.append({"$gte": {above: first}})
    if last < highest:
        comparisons.append({"$lte": {below: last}})
    if not comparisons and not allowed.unknown:
        comparisons.append({"$gte": {low: lowest}})
    for (_, end), (start, _) in zip(allowed.runs, allowed.runs[1:], strict=False):
        comparisons.extend({"$neq": {low: hole}} for hole in range(end + 1, start))
    return comparisons


def _properties(comparisons: list[Comparison]) -> set[str]:
    named = (value if isinstance(value, dict) else (key,) for c in comparisons for key, value in c.items())
    return set(chain.from_iterable(named))


def _parts(rules: list[_Rule]) -> Iterator[list[_Rule]]:
    part: list[_Rule] = []
    used: set[str] = set()
    for rule in rules:
        asks = _properties(rule[2])
        if len(asks) > MOST_PROPERTIES:
            raise TooLarge(rule[0])
        # One rule less than the limit: the rule that always fires needs its place.
        if len(part) == MOST_RULES - 1 or len(used | asks) > MOST_PROPERTIES:
            yield part
            part, used = [], set()
        part.append(rule)
        used |= asks
    if part:
        yield part


def _ruleset(rules: list[_Rule], place: dict[str, int], names: Names) -> Ruleset:
    # Never an empty `$and` (defect 4): a rule that asks nothing asks for what every fact has.
    every = [comparisons or [{names.always: 1}] for _, _, comparisons in rules]
    every.append([{names.always: 1}])
    definition = {str(n): {"all": [{"m": {"$and": asked}}]} for n, asked in enumerate(every)}
    used = sorted(set().union(*map(_properties, every)) - {names.always}, key=place.__getitem__)
    fact = ",".join([names.start, *(f'"{name}":%d' for name in used)]) + "}"
    says = tuple((guard, truth) for guard, truth, _ in rules)
    return Ruleset(json.dumps(definition), says, fact, tuple(place[name] for name in used))
