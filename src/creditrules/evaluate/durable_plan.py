"""Evaluate: a rulebook compiled for durable-rules: how rows become facts, and the rulesets of each list."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from attrs import field, frozen

from creditrules.errors import EngineError, Finding, Span
from creditrules.evaluate.candidates import Row
from creditrules.evaluate.limits import surely_fits
from creditrules.evaluate.normal_form import ALWAYS_TRUE, MOST_ALTERNATIVES, TooWide, alternatives
from creditrules.evaluate.rule_texts import (
    MOST_PROPERTIES,
    Names,
    Ruleset,
    TooLarge,
    Wanted,
    make_names,
    make_rulesets,
)
from creditrules.evaluate.symbols import UNKNOWN_ABOVE, UNKNOWN_BELOW, Columns, Unfit
from creditrules.model.condition import tests_in
from creditrules.model.rulebook import Guard, Rulebook
from creditrules.model.words import Truth

Guards = tuple[int, ...]


@frozen
class ListPlan:
    """What is compiled for the guards of a list: the columns of its facts in order, and its rulesets."""

    guards: Guards
    columns: tuple[tuple[int, Callable[[Any], int]], ...]
    rulesets: tuple[Ruleset, ...]
    writers: tuple[Callable[[list[int]], str], ...]

    def facts(self, row: Row) -> tuple[str, ...]:
        """Write the fact of a row for each ruleset."""
        codes = [0]
        values = row.values
        for place, encode in self.columns:
            value = values[place]
            if value is None:
                codes[0] = 1
                codes += (UNKNOWN_BELOW, UNKNOWN_ABOVE)
            else:
                code = encode(value)
                codes += (code, code)
        return tuple([write(codes) for write in self.writers])


@frozen(eq=False)
class Plan:
    """A rulebook made ready for durable-rules; a list is compiled when it is first asked for.

    Threads may share it: two that ask for a list at once come to the same, and both get what was kept first.
    """

    rulebook: Rulebook
    fields: tuple[str, ...]
    _columns: Columns = field(repr=False)
    _names: Names = field(repr=False)
    _wanted: dict[int, list[Wanted]] = field(factory=dict, repr=False)
    _lists: dict[Guards, ListPlan] = field(factory=dict, repr=False)
    _by_key: dict[str, ListPlan] = field(factory=dict, repr=False)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What the plan is kept under; the order of the fields is part of it."""
        return self.rulebook.key, self.fields

    @property
    def lists(self) -> dict[Guards, ListPlan]:
        """What is compiled for every list there is."""
        return {guards: self._of_guards(guards) for guards in {(), *self.rulebook.by_list.values()}}

    def of_list(self, list_key: str) -> ListPlan:
        """Return what is compiled for a list."""
        found = self._by_key.get(list_key)
        if found is None:
            found = self._by_key[list_key] = self._of_guards(self.rulebook.guards_for(list_key))
        return found

    def _of_guards(self, guards: Guards) -> ListPlan:
        found = self._lists.get(guards)
        if found is None:
            asked = [w for n in guards for w in self._of_guard(n)]
            found = self._lists.setdefault(guards, _make_list(guards, asked, self._columns, self._names))
        return found

    def _of_guard(self, number: int) -> list[Wanted]:
        found = self._wanted.get(number)
        if found is None:
            found = self._wanted[number] = _wanted(self.rulebook.guards[number], self._columns)
        return found

    def facts(self, row: Row) -> tuple[ListPlan, tuple[str, ...]]:
        """Write the facts of a row, for the rulesets of its list.

        Raises:
            EngineError: CR502, a value does not fit its field.
        """
        plan = self.of_list(row.list_key)
        try:
            return plan, plan.facts(row)
        except Unfit as problem:
            raise EngineError([finding(self.rulebook, problem.code, None, **problem.words)]) from None

    def error(self, code: str, **words: str) -> EngineError:
        """Make the error for something that went wrong with this rulebook."""
        return EngineError([finding(self.rulebook, code, None, **words)])


def finding(rulebook: Rulebook, code: str, guard: Guard | None, **words: str) -> Finding:
    """Make a finding about a rulebook; with a guard, it names the measures that stand under it."""
    span = Span(f"rulebook {rulebook.key}")
    if guard is not None:
        rules = [rulebook.rules[n] for n in guard.rules]
        words["rules"] = ", ".join(rule.key for rule in rules)
        first = rules[0]
        span = (first.measure and first.measure.span) or (first.memorandum and first.memorandum.span) or span
    return Finding(code, span, {"rulebook": rulebook.key, "day": str(rulebook.on), **words})


def make_plan(rulebook: Rulebook, fields: tuple[str, ...]) -> Plan:
    """Prepare a rulebook; the findings of all guards are reported together, whichever lists are used later.

    Raises:
        EngineError: CR500, a condition has too many alternatives; CR501, a number is too large; CR503, a
            field is compared with values of different kinds; CR506, a condition tests too many fields.
    """
    columns = Columns((t for g in rulebook.guards for t in tests_in(g.condition)), fields, rulebook.on)
    names = make_names(len(columns.columns))
    findings: list[Finding] = []
    for guard in rulebook.guards:
        if columns.fit_all and surely_fits(guard.condition):
            continue
        try:
            make_rulesets(_wanted(guard, columns), range(len(columns.columns)), names)
        except TooWide:
            findings.append(finding(rulebook, "CR500", guard, limit=str(MOST_ALTERNATIVES)))
        except Unfit as problem:
            findings.append(finding(rulebook, problem.code, guard, **problem.words))
        except TooLarge:
            findings.append(finding(rulebook, "CR506", guard, limit=str(MOST_PROPERTIES // 2)))
    if findings:
        raise EngineError(findings)
    return Plan(rulebook, fields, columns, names)


def _wanted(guard: Guard, columns: Columns) -> list[Wanted]:
    true = alternatives(guard.condition, columns.literal, unknown=False)
    # What is always true is never unknown.
    possible = () if true == ALWAYS_TRUE else alternatives(guard.condition, columns.literal, unknown=True)
    return [
        *((guard.number, int(Truth.TRUE), conjunct) for conjunct in true),
        *((guard.number, int(Truth.UNKNOWN), conjunct) for conjunct in possible),
    ]


def _make_list(guards: Guards, wanted: list[Wanted], columns: Columns, names: Names) -> ListPlan:
    used = sorted({column for _, _, conjunct in wanted for column in conjunct})
    rulesets = make_rulesets(wanted, used, names)
    encoders = tuple((columns.columns[n].place, columns.columns[n].encode) for n in used)
    return ListPlan(guards, encoders, rulesets, tuple(_writer(ruleset) for ruleset in rulesets))


def _writer(ruleset: Ruleset) -> Callable[[list[int]], str]:
    text = ruleset.fact
    if not ruleset.picks:
        return lambda codes: text
    pick = itemgetter(*ruleset.picks)
    return lambda codes: text % pick(codes)
