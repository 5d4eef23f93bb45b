"""Laws of rulebooks: nothing of a catalogue gets lost on the way, and order changes nothing."""

from __future__ import annotations

from collections import Counter

from attrs import evolve

from creditrules.compile.passes import PASSES
from creditrules.decide.decide import decide
from creditrules.model.catalogue import Catalogue
from creditrules.model.memorandum import STATUTE
from creditrules.model.time import covers
from creditrules.model.unit import Units
from creditrules.model.words import Checked, Direction, Rank
from creditrules.testing.catalogues import digested
from creditrules.testing.worlds import World
from tests.support.laws import decided, law

# What is set aside of a measure while the rest of it stands.
PARTIAL = {"basis_out_of_force", "unit", "no_express_basis", "compulsion", "publishing_persons", "watchlist"}
# What takes one effect of a measure away, or the whole measure.
OF_EFFECT = {"no_basis_for_reduction"}
WHOLE = {"unseen", "recalled", "undated", "not_yet_in_force", "ended", "superseded"}


@law
def test_every_measure_is_in_the_rulebook_or_set_aside(world: World) -> None:
    """Every measure of a catalogue is in the rulebook, or set aside with a reason in both languages."""
    rulebook = world.rulebook()
    ruled = {(r.memorandum.key, r.measure.key) for r in rulebook.rules if r.memorandum and r.measure}
    aside = {(s.memorandum, s.measure) for s in rulebook.set_aside}

    for memorandum in world.catalogue.memoranda.values():
        for measure in memorandum.measures:
            assert (memorandum.key, measure.key) in ruled | aside
    assert all(s.reason and s.text.zh and s.text.en for s in rulebook.set_aside)


@law
def test_what_is_wholly_set_aside_is_not_in_the_rulebook(world: World) -> None:
    """A measure is both in the rulebook and set aside only where a part of it was set aside."""
    rulebook = world.rulebook()
    reasons: dict[tuple[str, str | None], set[str]] = {}
    for item in rulebook.set_aside:
        reasons.setdefault((item.memorandum, item.measure), set()).add(item.reason)

    for rule in rulebook.rules:
        if rule.memorandum is not None and rule.measure is not None:
            given = reasons.get((rule.memorandum.key, rule.measure.key), set())
            several = len(rule.measure.effects) > 1
            assert given <= PARTIAL | (OF_EFFECT if several else set())


@law
def test_every_rule_stands_under_one_guard_of_each_of_its_lists(world: World) -> None:
    """A rule stands under exactly one guard, and the guard under exactly the lists of the rule."""
    rulebook = world.rulebook()

    assert Counter(n for guard in rulebook.guards for n in guard.rules) == Counter(range(len(rulebook.rules)))
    for guard in rulebook.guards:
        lists = {key for key, guards in rulebook.by_list.items() if guard.number in guards}
        assert all(rulebook.rules[n].lists == lists for n in guard.rules)
    assert [rule.number for rule in rulebook.rules] == list(range(len(rulebook.rules)))


@law
def test_every_rule_of_a_measure_rests_on_its_memorandum_first(world: World) -> None:
    """The first basis of a rule is its memorandum, unless a statute orders it; every basis is in force."""
    for rule in world.rulebook().rules:
        assert rule.bases
        if rule.memorandum is not None and rule.memorandum.instrument != STATUTE:
            assert rule.bases[0].rank is Rank.NORMATIVE_DOCUMENT
            assert rule.memorandum.doc_no in rule.bases[0].cited
        if rule.measure is not None:
            assert all(covers(b.since or b.version, b.until, world.on) for b in rule.bases)


@law
def test_every_act_names_one_body_of_the_day_once(world: World) -> None:
    """The acts of a rule name different bodies, none a phrase, none dissolved by the day."""
    units = world.catalogue.units.by_key
    for rule in world.rulebook().rules:
        acting = [units[act.unit] for act in rule.acts]
        assert len({unit.key for unit in acting}) == len(acting)
        assert not any(unit.is_generic for unit in acting)
        assert all(unit.until is None or world.on < unit.until for unit in acting)


@law
def test_a_rule_without_a_body_or_an_effect_is_open(world: World) -> None:
    """A rule that lacks a unit or an effect says so, and so decides nothing."""
    for rule in world.rulebook().rules:
        if rule.record is None:
            missing = {"unit"} if not rule.acts else set()
            missing |= {"effect"} if rule.effect.effect is None else set()
            assert missing <= {item.what for item in rule.open}


@law
def test_only_a_verified_measure_acts_unless_recalled_ones_are_asked_for(world: World) -> None:
    """No rule of a measure is unseen, and none is recalled unless the caller asked for them."""
    allowed = {Checked.VERIFIED, Checked.RECALLED} if world.recalled else {Checked.VERIFIED}

    assert all(rule.checked in allowed for rule in world.rulebook().rules if rule.measure is not None)


@law
def test_asking_for_recalled_measures_takes_no_verified_one_away(world: World) -> None:
    """Letting recalled measures act only adds rules."""
    without = evolve(world, recalled=False).rulebook()
    with_them = evolve(world, recalled=True).rulebook()

    assert {rule.key for rule in without.rules} <= {rule.key for rule in with_them.rules}


@law
def test_the_order_of_documents_changes_no_decision(world: World) -> None:
    """A catalogue read in the opposite order gives an equal decision."""
    turned = evolve(world, catalogue=_turned(world.catalogue))

    one, two = decided(world), decided(turned)

    assert evolve(one, catalogue="") == evolve(two, catalogue="")


def _turned(catalogue: Catalogue) -> Catalogue:
    units = catalogue.units
    return digested(
        evolve(
            catalogue,
            memoranda=dict(reversed(catalogue.memoranda.items())),
            lists=dict(reversed(catalogue.lists.items())),
            units=Units(dict(reversed(units.by_key.items())), units.by_name, units.regions),
            regimes=catalogue.regimes[::-1],
            liabilities=catalogue.liabilities[::-1],
        )
    )


@law
def test_a_rulebook_is_a_function_of_catalogue_and_day(world: World) -> None:
    """Compiling twice gives an equal rulebook, and no pass changes what it is given."""
    before = repr(world.catalogue.memoranda)

    assert world.rulebook() == world.rulebook()
    assert repr(world.catalogue.memoranda) == before
    assert len(PASSES) == len(set(PASSES))


@law
def test_a_regime_only_takes_away_from_persons(world: World) -> None:
    """A regime adds nobody to the coverage of a measure: whom it reaches it reached before."""
    bare = evolve(world, catalogue=digested(evolve(world.catalogue, regimes=())))
    before = {rule.key: rule for rule in bare.rulebook().rules}

    for rule in world.rulebook().rules:
        if rule.record is None:
            old = before[rule.key]
            assert rule.lists <= old.lists
            assert _roles(rule.clauses) <= _roles(old.clauses)
            assert not old.target_kinds or rule.target_kinds <= old.target_kinds


def _roles(clauses: tuple[object, ...]) -> set[tuple[Direction, str, str]]:
    return {
        (reach.direction, role, reach.held)
        for clause in clauses
        for reach in clause.reaches  # type: ignore[attr-defined]
        for role in (*reach.roles, *(("any",) if reach.any_role else ()))
    }


@law
def test_an_engine_given_by_name_or_by_hand_decides_the_same(world: World) -> None:
    """Deciding by reference and by index gives one decision but for the engine's name."""
    one = decide(world.rulebook(), world.dossier, known=world.known, engine="reference")

    assert evolve(one, engine="indexed") == decided(world)
