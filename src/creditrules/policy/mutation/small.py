"""Policy, mutation: what a few measures alone come to, before and after a change.

A change of one measure leaves the rules of all others as they are. So a decision can only differ where the
rules of this measure, by themselves, decide something else; and those few rules compile and decide in a
fraction of a millisecond.
"""

from __future__ import annotations

from attrs import evolve

from creditrules.compile.passes import compile_rulebook
from creditrules.decide.decide import decide
from creditrules.evaluate.indexed import IndexedEngine
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import ALWAYS
from creditrules.model.decision import Decision
from creditrules.model.memorandum import Clause, Duration, Memorandum
from creditrules.model.rulebook import Open, Rule, Rulebook, SetAside
from creditrules.model.text import Text
from creditrules.model.words import Discretion, HeldAt, Truth
from creditrules.policy.mutation.meaning import mean_the_same
from creditrules.policy.narrow import only
from creditrules.policy.ready import Day, Ready

Essence = tuple[object, ...]
# A rule by its key, a listing and a role by their numbers, and whether it holds or may hold.
Matched = list[tuple[str, int, int, int]]
_ENGINE = IndexedEngine()


class Small:
    """The rules of a few measures of one document, by day; what was compiled and decided is kept."""

    def __init__(
        self, catalogue: Catalogue, document: Memorandum, measures: frozenset[str], name: str
    ) -> None:
        self._catalogue = only(catalogue, document, measures, f"{catalogue.digest}#{name}")
        self._rulebooks: dict[Day, Rulebook] = {}
        self._decisions: dict[int, Decision] = {}
        self._essences: dict[Day, Essence] = {}
        self._aside: dict[Day, tuple[SetAside, ...]] = {}
        self._matched: dict[int, Matched] = {}
        self._rules: dict[Day, dict[str, Rule]] = {}

    def rulebook(self, day: Day) -> Rulebook:
        """Return the few rules of a day."""
        if day not in self._rulebooks:
            self._rulebooks[day] = compile_rulebook(self._catalogue, *day)
        return self._rulebooks[day]

    def decided(self, ready: Ready) -> Decision:
        """Return what the few rules decide about the dossier of a ready."""
        known = self._decisions.get(id(ready))
        if known is None:
            book = self.rulebook(ready.day)
            known = decide(book, ready.dossier, known=ready.step.known, engine="indexed")
            self._decisions[id(ready)] = known
        return known

    def matched(self, ready: Ready) -> Matched:
        """Return which of the few rules hold, or may hold, for whom, without deciding anything."""
        known = self._matched.get(id(ready))
        if known is None:
            book = self.rulebook(ready.day)
            matches = _ENGINE.matches(book, ready.known)
            known = [(book.rules[m.rule].key, m.listing, m.role, m.truth) for m in matches]
            self._matched[id(ready)] = known
        return known

    def rules(self, day: Day) -> dict[str, Rule]:
        """Return the few rules of a day by their keys."""
        if day not in self._rules:
            self._rules[day] = {rule.key: rule for rule in self.rulebook(day).rules}
        return self._rules[day]

    def aside(self, day: Day) -> tuple[SetAside, ...]:
        """Return what is set aside on a day, without the words it is told in."""
        if day not in self._aside:
            self._aside[day] = tuple(wordless(item) for item in self.rulebook(day).set_aside)
        return self._aside[day]

    def essence(self, day: Day) -> Essence:
        """Return everything about the rules of a day that what a decision says could ever depend on."""
        if day not in self._essences:
            book = self.rulebook(day)
            self._essences[day] = tuple(_essence(rule) for rule in book.rules), self.aside(day)
        return self._essences[day]


def differ(before: Small, after: Small, day: Day) -> bool:
    """Say whether the rules of a day could ever decide anything else."""
    if before.essence(day) == after.essence(day):
        return False
    old, new = before.rules(day), after.rules(day)
    if old.keys() != new.keys() or before.aside(day) != after.aside(day):
        return True
    catalogue = before.rulebook(day).catalogue
    pairs = [(old[key], new[key]) for key in old]
    return any(
        _essence(_unconditional(one)) != _essence(_unconditional(other))
        or _lasts(one) != _lasts(other)
        or not mean_the_same(one, other, catalogue)
        for one, other in pairs
    )


def alike(before: Small, after: Small, ready: Ready) -> bool:
    """Say whether a decision must come out the same, without making it; False means that it may not.

    It must where the same rules hold for the same people, and each of those rules says the same.
    """
    day = ready.day
    matched = after.matched(ready)
    if before.matched(ready) != matched:
        return False
    if before.aside(day) != after.aside(day):
        return False
    old, new = before.rules(day), after.rules(day)
    pairs = {(key, truth == Truth.TRUE) for key, _, _, truth in matched}
    return all(_says_the_same(old[key], new[key], certain) for key, certain in pairs)


def _says_the_same(one: Rule, other: Rule, certain: bool) -> bool:
    """Compare two versions of a rule that holds for certain, or only may hold, for the same people."""
    if (_lasts(one), _unconditional(one)) != (_lasts(other), _unconditional(other)):
        return False
    # What is asked for, and a tenure that bounds an action, depend on the conditions themselves.
    by_day = any(reach.held is HeldAt.DAY for r in (one, other) for c in r.clauses for reach in c.reaches)
    return _conditions(one) == _conditions(other) or (certain and not by_day)


def _lasts(rule: Rule) -> Duration | None:
    return None if rule.measure is None else rule.measure.duration


def _conditions(rule: Rule) -> tuple[object, ...]:
    return _bare(rule.clauses), rule.when, rule.unless, rule.target_kinds


def _bare(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Return clauses without the provisions of their items: after compiling they have done their part."""
    return tuple(
        evolve(clause, reaches=tuple(evolve(reach, bases=()) for reach in clause.reaches))
        for clause in clauses
    )


def _unconditional(rule: Rule) -> Rule:
    return evolve(
        rule,
        number=-1,
        memorandum=None,
        measure=None,
        clauses=(),
        when=ALWAYS,
        unless=(),
        target_kinds=frozenset(),
    )


def wordless(item: SetAside) -> SetAside:
    """Return what was set aside without the words it is told in: no example can speak of them."""
    return evolve(item, text=Text())


def undated(basis: Basis) -> Basis:
    """Return a provision without its days: whoever reads a decision sees that it stands, not how long."""
    return evolve(basis, since=None, until=None) if basis.since or basis.until else basis


def _essence(rule: Rule) -> object:
    measure = rule.measure
    said = None if measure is None else (measure.duration, measure.stance, measure.leads_to)
    plain = evolve(
        rule,
        memorandum=None,
        measure=None,
        number=-1,
        # How binding it is, each act says for itself.
        effect=evolve(rule.effect, discretion=Discretion.UNSTATED),
        clauses=_bare(rule.clauses),
        acts=tuple(evolve(act, written="", origin="") for act in rule.acts),
        bases=tuple(map(undated, rule.bases)),
        open=tuple(Open(point.what, Text()) for point in rule.open),
    )
    return plain, said
