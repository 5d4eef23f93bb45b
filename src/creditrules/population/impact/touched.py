"""Population, impact: which rules and which places may come out otherwise between two rulebooks.

A place is what one action is about beside its target: unit, effect, matter. Actions of one place are merged,
so every rule of a touched place has to be decided, whether it changed or not; and where rules may contradict
each other, all places of their unit and matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from attrs import evolve, frozen

from creditrules.compile.day import Day
from creditrules.compile.index import index
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.words import Stance
from creditrules.population.impact.meaning import Meanings
from creditrules.population.rules import NO_MATTER

Place = tuple[str, str, str]


@frozen(eq=False)
class Touched:
    """What differs between two rulebooks.

    `before` and `after` are the keys of the rules that are to be decided on either side, `changed` those that
    are not the same on both, `lists` the lists of the changed ones, `all_lists` those of all to be decided.
    """

    changed: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    places: frozenset[Place]
    lists: frozenset[str]
    all_lists: frozenset[str]

    @property
    def is_nothing(self) -> bool:
        """Whether no rule differs."""
        return not self.changed


def touched(before: Rulebook, after: Rulebook, lists: frozenset[str] = frozenset()) -> Touched:
    """Return what differs between two rulebooks.

    Args:
        before: the one.
        after: the other.
        lists: lists whose rules count as changed, because what is said of their listings is read otherwise.
    """
    one, two = ({rule.key: rule for rule in book.rules} for book in (before, after))
    was, now = Meanings(before), Meanings(after)
    changed = {key for key in one.keys() & two.keys() if was.of(one[key]) != now.of(two[key])}
    changed |= {key for rules in (one, two) for key, rule in rules.items() if rule.lists & lists}
    changed |= one.keys() ^ two.keys()
    moved = [rules[key] for rules in (one, two) for key in changed if key in rules]
    places = _with_torn({place for rule in moved for place in places_of(rule)}, (one, two))
    first, second = _kept(one, changed, places), _kept(two, changed, places)
    decided = [rules[key] for rules, keys in ((one, first), (two, second)) for key in keys]
    return Touched(frozenset(changed), first, second, frozenset(places), _lists(moved), _lists(decided))


def _kept(rules: Mapping[str, Rule], changed: set[str], places: set[Place]) -> frozenset[str]:
    """Return the rules that changed, and those that act at a place where one that changed acts."""
    return frozenset(
        key for key, rule in rules.items() if key in changed or not places.isdisjoint(places_of(rule))
    )


def places_of(rule: Rule) -> Iterator[Place]:
    """Yield the places of a rule; one that is open, or about records, has none."""
    if rule.open or rule.record is not None:
        return
    for act in rule.acts:
        for matter in rule.effect.matters or (NO_MATTER,):
            yield act.unit, rule.effect.effect or "", matter


def narrowed(book: Rulebook, keys: frozenset[str], places: frozenset[Place]) -> Rulebook:
    """Return a rulebook of some rules, with those of their acts that fall into some places."""
    rules = tuple(_narrowed(rule, places) for rule in book.rules if rule.key in keys)
    made = index(rules, (), Day(book.catalogue, book.on, book.recalled, book.regimes))
    kept = "\n".join((*sorted(keys), *sorted("|".join(place) for place in places)))
    return evolve(made, key=sha256(f"{book.key}\n{kept}".encode()).hexdigest()[:16])


def _narrowed(rule: Rule, places: frozenset[Place]) -> Rule:
    mine = [place for place in places_of(rule) if place in places]
    if not mine:
        return rule
    units, matters = {unit for unit, _, _ in mine}, {matter for _, _, matter in mine}
    effect = evolve(rule.effect, matters=tuple(m for m in rule.effect.matters if m in matters))
    return evolve(rule, acts=tuple(act for act in rule.acts if act.unit in units), effect=effect)


def _lists(rules: Iterable[Rule]) -> frozenset[str]:
    return frozenset(key for rule in rules for key in rule.lists)


def _with_torn(places: set[Place], sides: tuple[Mapping[str, Rule], ...]) -> set[Place]:
    """Add the places whose rules may contradict those of a place that is touched."""
    pairs = {(unit, matter) for unit, _, matter in places}
    more: set[Place] = set()
    for rules in sides:
        stances: dict[tuple[str, str], set[bool]] = {}
        there: dict[tuple[str, str], set[Place]] = {}
        for rule in rules.values():
            favours = rule.measure is not None and rule.measure.stance is Stance.INCENTIVE
            for place in places_of(rule):
                pair = (place[0], place[2])
                if pair in pairs:
                    stances.setdefault(pair, set()).add(favours)
                    there.setdefault(pair, set()).add(place)
        for pair, found in stances.items():
            if len(found) > 1 and pair[1] != NO_MATTER:
                more |= there[pair]
    return places | more
