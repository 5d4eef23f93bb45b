"""Population, impact: what a rule comes to on its day, as a value: equal ones decide equally."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from creditrules.compile.coverage import party_condition, reach_condition
from creditrules.model.condition import Condition, tests_in
from creditrules.model.memorandum import Duration
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.time import covers

Meaning = tuple[Any, ...]


class Meanings:
    """What the rules of a rulebook come to, each with all that its outcome depends on beside the dossiers."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._conditions: dict[int, frozenset[Condition]] = {}
        for guard in rulebook.guards:
            for number in guard.rules:
                held = self._conditions.get(number, frozenset())
                self._conditions[number] = held | {guard.condition}

    def of(self, rule: Rule) -> Meaning:
        """Return what a rule comes to."""
        measure = rule.measure
        conditions = self._conditions.get(rule.number, frozenset())
        duration = Duration() if measure is None else measure.duration
        asked = {test.path for condition in conditions for test in tests_in(condition)}
        asked |= {test.path for grade in duration.grades for test in tests_in(grade.when)}
        return (
            (rule.document, rule.part, rule.lists, conditions, tuple(self._clauses(rule))),
            (rule.effect.effect, rule.effect.matters, None if measure is None else measure.stance),
            tuple(sorted((act.unit, act.discretion) for act in rule.acts)),
            tuple(str(basis) for basis in rule.bases),
            tuple(item.what for item in rule.open),
            (rule.since, rule.until, covers(rule.since, rule.until, self.rulebook.on)),
            (duration, self._order(duration), rule.publication_cap),
            tuple(self._fact(path) for path in sorted({*asked, duration.counts_from})),
            tuple(self._list(key) for key in sorted(rule.lists)),
            tuple(self._locals(unit) for unit in sorted({act.unit for act in rule.acts})),
            self._regions if "subject.region" in asked else None,
            None if rule.record is None else (rule.record.key, self._stops),
        )

    def _clauses(self, rule: Rule) -> Iterator[Meaning]:
        # Whether an action rests on a role held on the day is asked clause by clause.
        for clause in rule.clauses:
            reaches = tuple((r.direction, r.held, reach_condition(r)) for r in clause.reaches)
            yield party_condition(clause, self.rulebook.catalogue), reaches

    def _order(self, duration: Duration) -> tuple[int, ...]:
        """Return the grades from the shortest on: which is longer depends on the day."""
        reached = [grade.period.after(self.rulebook.on) for grade in duration.grades]
        return tuple(sorted(range(len(reached)), key=lambda n: (reached[n], n)))

    def _fact(self, path: str) -> Meaning:
        fact = self.rulebook.catalogue.facts.get(path)
        if fact is None:
            return (path,)
        return (path, fact.about, fact.type, fact.when_missing, tuple(sorted(fact.choices)))

    def _list(self, key: str) -> Meaning:
        """Return what decides where a listing stands, and when it ends."""
        kind = self.rulebook.catalogue.lists[key]
        periods = tuple((p.since, p.until, p.period, p.counts_from) for p in kind.periods)
        return (key, kind.level.is_joint, periods)

    def _locals(self, key: str) -> Meaning:
        """Return the local bodies of a unit on the day, and the divisions they are looked for in."""
        names = self.rulebook.catalogue.units.by_key[key].locals
        here = tuple((n.region, n.zh) for n in names if covers(n.since, n.until, self.rulebook.on))
        return (here, self._regions) if here else ()

    @cached_property
    def _regions(self) -> frozenset[tuple[str, str | None]]:
        regions = self.rulebook.catalogue.units.regions
        return frozenset((code, region.parent) for code, region in regions.items())

    @cached_property
    def _stops(self) -> Any:
        """Return since when repaired records are no longer shared."""
        days = (
            regime.since
            for regime in self.rulebook.regimes
            if any(rule.rule == "repaired_records_not_shared" for rule in regime.rules)
        )
        return min(days, default=None)
