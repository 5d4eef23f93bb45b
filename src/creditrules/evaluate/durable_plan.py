"""Evaluate: a rulebook compiled for durable-rules, list by list as they are asked for, refused as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from creditrules.errors import EngineError, Finding, Span
from creditrules.evaluate.candidates import Routes, Row
from creditrules.evaluate.durable_lists import Fact, ListPlan, make_list
from creditrules.evaluate.limits import surely_fits
from creditrules.evaluate.normal_form import ALWAYS_TRUE, MOST_ALTERNATIVES, TooWide, alternatives
from creditrules.evaluate.rule_texts import (
    MOST_PROPERTIES,
    Names,
    TooLarge,
    Wanted,
    make_names,
    make_rulesets,
)
from creditrules.evaluate.symbols import Columns, Unfit
from creditrules.model.condition import Value, tests_in
from creditrules.model.rulebook import Guard, Rulebook
from creditrules.model.words import Direction, Truth

Guards = tuple[int, ...]
# Roles of which it is remembered whether their holders may meet a rule.
MOST_KEPT = 1_000
_ANSWER = (False, None, True)


class _Routes(dict[tuple[Direction, str], bool]):
    """Whether a candidate may meet a rule, by its relation and role; found out when one first comes."""

    def __init__(self, plan: ListPlan, fields: tuple[str, ...], active: Truth) -> None:
        super().__init__()
        self._plan, self._fields, self._active = plan, fields, _ANSWER[active]

    def may_meet(self, more: Mapping[str, Value | None]) -> bool:
        """Say whether a candidate of which this is known besides may meet a rule."""
        known = {"listing.active": self._active, **more}
        return self._plan.may_meet({n: known[path] for n, path in enumerate(self._fields) if path in known})

    def __missing__(self, route: tuple[Direction, str]) -> bool:
        direction, office = route
        found = self.may_meet({"relation": direction.value, "role.name": office})
        if len(self) < MOST_KEPT:
            self[route] = found
        return found


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
    _routes: dict[tuple[str, Truth], _Routes | None] = field(factory=dict, repr=False)

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
            found = self._lists.setdefault(guards, make_list(asked, self._columns, self._names))
        return found

    def _of_guard(self, number: int) -> list[Wanted]:
        found = self._wanted.get(number)
        if found is None:
            found = self._wanted[number] = _wanted(self.rulebook.guards[number], self._columns)
        return found

    def routes(self, on_list: str, active: Truth) -> Routes | None:
        """Return which candidates of a listing may meet a rule, None when none may."""
        key = (on_list, active)
        if key not in self._routes:
            found = _Routes(self.of_list(on_list), self.fields, active)
            self._routes[key] = found if found.may_meet({}) else None
        return self._routes[key]

    def facts(self, row: Row) -> list[Fact]:
        """Write the facts of a row, each with the ruleset it is for; none when it can meet no rule.

        Raises:
            EngineError: CR502, a value does not fit its field.
        """
        plan = self._by_key.get(row.list_key) or self.of_list(row.list_key)
        try:
            return plan.facts(row.values)
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
