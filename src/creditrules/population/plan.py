"""Population: a rulebook made ready for many candidates: fields, shares, rules, questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from creditrules.evaluate.once import Once
from creditrules.model.condition import Test, tests_in
from creditrules.model.rulebook import Rulebook
from creditrules.model.words import Direction
from creditrules.population.fields import Field, fields_of
from creditrules.population.rules import OWN_DAYS, Rules, rules_of
from creditrules.population.shares import Share, shares_of, weights_of


@frozen(eq=False)
class Plan:
    """What the kernel knows of a rulebook. `weights` says by field what each class adds to a pattern.

    `directions` are those each guard speaks of, `shares_of_list` the numbers of the shares of each list.
    `asks` are the questions of the undetermined, each combination once, and `kept` what was worked out
    about them; both grow as patterns turn up. `joint` are the guards of shares put together, once asked for.
    """

    rulebook: Rulebook
    fields: Mapping[str, Field]
    shares: tuple[Share, ...]
    shares_of_list: tuple[Any, ...]
    rules: Rules
    weights: Mapping[str, Any]
    directions: tuple[frozenset[str], ...]
    asks: dict[tuple[tuple[str, str], ...], int] = field(factory=dict)
    kept: dict[Any, int] = field(factory=dict)
    joint: dict[int, Any] = field(factory=dict)

    @property
    def number(self) -> Any:
        """The type of the numbers of the patterns of listings: as small as it can be."""
        return np.int32 if sum(share.listing_size for share in self.shares) < 2**31 else np.int64

    @property
    def lists(self) -> tuple[str, ...]:
        """The keys of the lists in the order of their numbers."""
        return tuple(self.rulebook.catalogue.lists)

    @property
    def roles(self) -> tuple[str, ...]:
        """The keys of the roles in the order of their numbers."""
        return tuple(self.rulebook.catalogue.roles)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The keys of the kinds of subject in the order of their numbers."""
        return tuple(self.rulebook.catalogue.kinds)

    def reaching(self, share: Share, direction: Direction) -> tuple[int, ...]:
        """Return the guards of a share that speak of a direction."""
        return tuple(n for n in share.guards if direction.value in self.directions[n])


def _make(rulebook: Rulebook) -> Plan:
    rules = rules_of(rulebook)
    more = _tests_of_lengths(rulebook, rules)
    tests = [test for guard in rulebook.guards for test in tests_in(guard.condition)]
    tests += [test for asked in more.values() for test in asked]
    fields = fields_of(tests, rulebook)
    shares = shares_of(rulebook, fields, more)
    of_list = tuple(
        np.array([share.number for share in shares if share.list == n], np.int64)
        for n in range(len(rulebook.catalogue.lists))
    )
    return Plan(
        rulebook=rulebook,
        fields=fields,
        shares=shares,
        shares_of_list=of_list,
        rules=rules,
        weights={path: _small(weights_of(shares, found)) for path, found in fields.items()},
        directions=tuple(
            frozenset(str(t.value) for t in tests_in(guard.condition) if t.path == "relation")
            for guard in rulebook.guards
        ),
    )


def _small(weights: Any) -> Any:
    return weights.astype(np.int32) if weights.max(initial=0) < 2**31 else weights


def _tests_of_lengths(rulebook: Rulebook, rules: Rules) -> dict[int, list[Test]]:
    """Return the tests that say how long the rules of each guard last, where that depends on facts."""
    more: dict[int, list[Test]] = {}
    for guard in rulebook.guards:
        for number in guard.rules:
            measure = rules.rules[number].measure
            if rules.ways[number] == OWN_DAYS and measure is not None:
                for grade in measure.duration.grades:
                    more.setdefault(guard.number, []).extend(tests_in(grade.when))
    return more


plan_of = Once(_make)
