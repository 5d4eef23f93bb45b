"""Compile pass: apply the general law of the day.

Each rule of a regime in `rules/regimes.yaml` names one of the functions below. What the law of the day no
longer carries is set aside with its reason; the source of every such rule is the basis its regime cites.
"""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from creditrules.compile.day import Day, Passed, aside
from creditrules.compile.persons import keep_liable_persons
from creditrules.model.basis import Basis
from creditrules.model.catalogue import Regime, RegimeRule
from creditrules.model.rulebook import Act, Rule, SetAside
from creditrules.model.words import Checked, Discretion, Level, Stance, Strength

Applied = tuple[Rule | None, tuple[SetAside, ...]]
Apply = Callable[[Rule, Regime, RegimeRule, Day], Applied]


def apply_regime(rules: tuple[Rule, ...], day: Day) -> Passed:
    """Put every rule through the regime rules of the day, in the order the regimes came into force."""
    kept: list[Rule] = []
    dropped: list[SetAside] = []
    for rule in rules:
        stands: Rule | None = rule
        for name, apply in APPLY.items():
            for regime, says in day.rules_named(name):
                if stands is not None:
                    stands, gone = apply(stands, regime, says, day)
                    dropped += gone
        if stands is not None:
            kept.append(stands)
    return tuple(kept), tuple(dropped)


def carries(basis: Basis, says: RegimeRule) -> bool:
    """Say whether a basis is of a rank the regime asks for, and quoted with its place in the text."""
    placed = basis.article is not None or bool(basis.item or basis.cited)
    # A power of office or a general clause does not say that a listing may cost anybody a right. What the
    # memorandum itself quotes is taken as quoted, unless somebody has read it and found it weaker.
    weak = (Strength.GENERAL, Strength.POWER, Strength.LIMIT)
    # A statute nobody has read for the purpose lends no strength to a measure that does not even cite it.
    known = basis.origin == "memorandum" or basis.checked is Checked.VERIFIED
    strong = basis.strength not in weak and not basis.conduct and known
    return basis.rank in says.ranks and placed and strong


def effect_type(rule: Rule, day: Day) -> str:
    """Return the type (A, B, C) of what a rule does: its kind's, where the effect is the kind's own."""
    effect = rule.effect.effect or ""
    kinds = [day.catalogue.measure_kinds[k] for k in rule.kinds]
    own = [kind.type for kind in kinds if kind.effect == effect]
    return min(own, default=day.catalogue.effects[effect].type)


def _no_watchlist_measures(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if rule.record is not None:
        return rule, ()
    watched = frozenset(k for k in rule.lists if day.catalogue.lists[k].level is Level.WATCHLIST)
    if not watched:
        return rule, ()
    gone = aside(evolve(rule, lists=watched), "watchlist", says.text, regime=regime.key)
    left = rule.lists - watched
    return (evolve(rule, lists=left) if left else None), (gone,)


def _basis_for_reduction(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if rule.effect.effect is None or rule.record is not None or _grants(rule):
        return rule, ()
    reduces = effect_type(rule, day) in says.types
    if not reduces or any(carries(b, says) for b in rule.bases):
        return rule, ()
    return None, (aside(rule, "no_basis_for_reduction", says.text, regime=regime.key),)


def _express_basis_for_persons(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if _grants(rule):
        return rule, ()
    return keep_liable_persons(rule, regime, says, day, lambda basis: carries(basis, says))


def _basis_for_publishing_persons(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if rule.effect.effect not in says.effects or any(carries(b, says) for b in rule.bases):
        return rule, ()
    organisations = frozenset(k for k, kind in day.catalogue.kinds.items() if not kind.natural)
    left = (rule.target_kinds & organisations) if rule.target_kinds else organisations
    if left == rule.target_kinds:
        return rule, ()
    gone = aside(rule, "publishing_persons", says.text, regime=regime.key)
    return (evolve(rule, target_kinds=left) if left else None), (gone,)


def _no_compulsion(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if _grants(rule):
        return rule, ()
    acts: list[Act] = []
    gone: list[SetAside] = []
    for act in rule.acts:
        unit = day.catalogue.units.by_key[act.unit]
        if unit.nature in says.natures and act.discretion is not Discretion.FREE:
            gone.append(aside(rule, "compulsion", says.text, detail=act.unit, regime=regime.key))
            act = evolve(act, discretion=Discretion.FREE, notes=(*act.notes, says.text))
        acts.append(act)
    return evolve(rule, acts=tuple(acts)), tuple(gone)


def _publication_cap(rule: Rule, regime: Regime, says: RegimeRule, day: Day) -> Applied:
    if rule.effect.effect not in says.effects:
        return rule, ()
    return evolve(rule, publication_cap=says.period, notes=(*rule.notes, says.text)), ()


def _grants(rule: Rule) -> bool:
    return rule.measure is not None and rule.measure.stance is Stance.INCENTIVE


APPLY: dict[str, Apply] = {
    "no_watchlist_measures": _no_watchlist_measures,
    "basis_for_reduction": _basis_for_reduction,
    "express_basis_for_persons": _express_basis_for_persons,
    "basis_for_publishing_persons": _basis_for_publishing_persons,
    "no_compulsion": _no_compulsion,
    "publication_cap": _publication_cap,
}
