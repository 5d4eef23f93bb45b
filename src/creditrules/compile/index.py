"""Compile, last step: number the rules, gather those of one condition under one guard, index them by list."""

from __future__ import annotations

from collections import defaultdict
from hashlib import sha256

from attrs import evolve

from creditrules.compile.coverage import condition_of, covered
from creditrules.compile.day import Day
from creditrules.model.condition import Condition
from creditrules.model.rulebook import Guard, Rule, Rulebook, SetAside


def index(rules: tuple[Rule, ...], set_aside: tuple[SetAside, ...], day: Day) -> Rulebook:
    """Make the rulebook.

    Many measures of a memorandum share one coverage clause and have no condition of their own: they stand
    under one guard, so an engine matches the condition once.
    """
    ordered = sorted(rules, key=lambda r: r.key)
    numbered = tuple(evolve(rule, number=n) for n, rule in enumerate(ordered))
    groups: dict[tuple[frozenset[str], Condition], list[int]] = defaultdict(list)
    # By identity: the measures of a memorandum have its clauses in common, and rules keep them alive.
    known: dict[int, Condition] = {}
    for rule in numbered:
        is_covered = known.get(id(rule.clauses))
        if is_covered is None:
            is_covered = known[id(rule.clauses)] = covered(rule.clauses, day.catalogue)
        groups[rule.lists, condition_of(rule, is_covered)].append(rule.number)
    guards = tuple(Guard(n, condition, tuple(r)) for n, ((_, condition), r) in enumerate(groups.items()))
    by_list: dict[str, tuple[int, ...]] = dict.fromkeys(day.catalogue.lists, ())
    for number, (lists, _) in enumerate(groups):
        for key in lists:
            by_list[key] += (number,)
    return Rulebook(
        catalogue=day.catalogue,
        on=day.on,
        recalled=day.recalled,
        rules=numbered,
        guards=guards,
        by_list=by_list,
        regimes=day.regimes,
        set_aside=tuple(sorted(dict.fromkeys(set_aside), key=_order)),
        key=sha256(f"{day.catalogue.digest}|{day.on}|{day.recalled}".encode()).hexdigest()[:16],
    )


def _order(item: SetAside) -> tuple[str, ...]:
    # The whole of it: what comes first must not depend on which document was read first.
    said = (item.detail, item.regime or "", item.text.zh, *sorted(item.lists))
    return (item.memorandum, item.measure or "", item.reason, *said)
