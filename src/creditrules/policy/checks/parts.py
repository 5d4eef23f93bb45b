"""Policy, checks: measures laid side by side, effect by effect, to see what one adds to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from attrs import frozen

from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition
from creditrules.model.memorandum import Effect, Measure, Memorandum
from creditrules.model.words import Checked
from creditrules.policy.checks.check import Scope
from creditrules.policy.checks.targets import whole_condition


@frozen(eq=False)
class Side:
    """One effect of one measure: who takes it, on which matters, for listings of which lists, when."""

    memorandum: Memorandum
    measure: Measure
    effect: Effect
    units: frozenset[str]
    lists: frozenset[str]
    condition: Condition


def pairs_of(scope: Scope, memorandum: Memorandum) -> Iterator[tuple[Side, Side]]:
    """Yield each two measures of a document that one unit takes in one matter, in written order."""
    by_place: dict[tuple[str, str], list[Side]] = defaultdict(list)
    for side in _sides(memorandum, scope.catalogue):
        for unit in sorted(side.units):
            for matter in side.effect.matters:
                by_place[unit, matter].append(side)
    told: set[tuple[int, int]] = set()
    for sides in by_place.values():
        for at, one in enumerate(sides):
            for other in sides[at + 1 :]:
                key = (id(one), id(other))
                if one.measure is not other.measure and key not in told and one.lists & other.lists:
                    told.add(key)
                    yield one, other


def _sides(memorandum: Memorandum, catalogue: Catalogue) -> Iterator[Side]:
    for measure in memorandum.measures:
        if measure.checked is Checked.UNSEEN:
            continue
        condition = whole_condition(memorandum, measure, catalogue)
        named = frozenset(part.unit for part in measure.units if not part.assists)
        kinds = (catalogue.measure_kinds[key] for key in measure.kinds)
        competent = frozenset(part.unit for kind in kinds for part in kind.units)
        for effect in measure.effects:
            if effect.effect is not None:
                lists = measure.lists or memorandum.lists
                yield Side(memorandum, measure, effect, named or competent, lists, condition)
