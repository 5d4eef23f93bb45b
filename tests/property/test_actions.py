"""Laws of actions: due process. None of them can be configured away."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from creditrules.model.memorandum import Memorandum
from creditrules.model.status import last_day, standing
from creditrules.model.time import Since
from creditrules.model.words import Direction, HeldAt, Rank, Stance, Truth
from creditrules.testing.catalogues import digested
from creditrules.testing.worlds import World
from tests.support.laws import carriers, case_of, decided, law, parts_of, rules_of


@law
def test_a_dossier_without_listings_has_no_actions(world: World) -> None:
    """Without a listing there is no action, nothing to ask, nothing set aside and no record."""
    decision = decided(evolve(world, dossier=evolve(world.dossier, listings=())))

    assert (decision.actions, decision.undetermined, decision.set_aside, decision.records) == ((), (), (), ())


@law
def test_removing_every_listing_empties_the_decision(world: World) -> None:
    """Once every listing is removed no action is left and nothing is to be asked for one."""
    listings = tuple(evolve(listing, removed=world.on) for listing in world.dossier.listings)

    decision = decided(evolve(world, dossier=evolve(world.dossier, listings=listings)))

    assert decision.actions == ()
    assert all("@" in item.measure for item in decision.undetermined)


@law
def test_revoking_every_listing_empties_the_decision(world: World) -> None:
    """Once every listing is revoked no action is left."""
    listings = tuple(evolve(listing, revoked=world.on) for listing in world.dossier.listings)

    assert decided(evolve(world, dossier=evolve(world.dossier, listings=listings))).actions == ()


@law
def test_an_action_has_a_unit_a_basis_an_end_and_a_remedy(world: World) -> None:
    """Every action names a unit, a basis in force, an end or a review, how it ends and where to object."""
    units = world.catalogue.units.by_key
    for action in decided(world).actions:
        assert units[action.unit].until is None or world.on < units[action.unit].until
        assert action.until is not None or action.review is not None
        assert action.until is None or world.on <= action.until
        assert action.remedy
        assert action.ends_by
        assert all(text.zh and text.en for text in (*action.remedy, *action.ends_by))
        assert action.parts
        assert all(part.bases for part in action.parts)


@law
def test_an_action_rests_on_active_listings_of_its_dossier(world: World) -> None:
    """Every part of an action names a listing of the dossier that is active on the day."""
    listings = {listing.id: listing for listing in world.seen().listings}
    for action, part in parts_of(decided(world)):
        listing = listings[part.listing]
        end = last_day(listing, world.catalogue.lists[listing.list])
        assert standing(listing, end, world.on).carries is Truth.TRUE
        assert action.target in world.dossier.subjects


@law
def test_an_action_lies_within_its_listing_and_its_memorandum(world: World) -> None:
    """No part starts before its listing or memorandum, is still to start, or outlives either of them."""
    listings = {listing.id: listing for listing in world.seen().listings}
    for _, part in parts_of(decided(world)):
        listing, memorandum = listings[part.listing], world.catalogue.memoranda[part.memorandum]
        assert memorandum.since is not None
        assert part.since is not None
        assert listing.determined is not None
        assert max(memorandum.since.latest, listing.determined) <= part.since <= world.on
        for end in (last_day(listing, world.catalogue.lists[listing.list]), *_ends(world, memorandum)):
            assert end is None or (part.until is not None and part.until <= end)


def _ends(world: World, memorandum: Memorandum) -> list[object]:
    starts: list[Since | None] = [memorandum.until]
    starts += [m.since for m in world.catalogue.memoranda.values() if memorandum.doc_no in m.supersedes]
    return [None if start is None else start.earliest - timedelta(days=1) for start in starts]


@law
def test_an_action_through_a_role_held_on_the_day_ends_with_the_role(world: World) -> None:
    """A part that rests only on a role being held on the day does not outlive the role."""
    case, rules = case_of(world), rules_of(world)
    for action, part in parts_of(decided(world)):
        if part.route.role is None:
            continue
        ends = [
            candidate.role.until
            for candidate, reaches in carriers(case, rules[part.rule], action, part)
            if candidate.role is not None
            if all(reach.held is HeldAt.DAY for reach in reaches) or candidate.role.until is None
        ]
        others = [
            candidate
            for candidate, reaches in carriers(case, rules[part.rule], action, part)
            if any(reach.held is not HeldAt.DAY for reach in reaches)
        ]
        assert others or any(end is None or (part.until and part.until <= end) for end in ends)


@law
def test_nobody_is_reached_without_listing_or_clause_role_and_finding(world: World) -> None:
    """Whoever is reached is listed himself, or a clause names his role, held in time, found where asked."""
    case, rules = case_of(world), rules_of(world)
    subjects = {listing.id: listing.subject for listing in world.seen().listings}
    for action, part in parts_of(decided(world)):
        reaching = carriers(case, rules[part.rule], action, part)
        assert reaching
        if part.route.direction is Direction.SELF:
            assert subjects[part.listing] == action.target
        elif part.route.direction is Direction.ROLE:
            assert part.route.organisation == subjects[part.listing]
            assert all(c.role is not None and c.role.person == action.target for c, _ in reaching)
        else:
            assert part.route.organisation == action.target
            assert all(c.role is not None and c.role.person == subjects[part.listing] for c, _ in reaching)


@law
def test_an_action_is_of_a_kind_its_measure_allows(world: World) -> None:
    """A measure limited to some kinds of target acts on no other."""
    rules = rules_of(world)
    for action, part in parts_of(decided(world)):
        kinds = rules[part.rule].target_kinds
        assert not kinds or world.dossier.subjects[action.target].kind in kinds


@law
def test_where_reductions_need_a_basis_none_rests_on_a_document_alone(world: World) -> None:
    """Once a regime asks for a basis, every sanction of its types has one of the ranks it names."""
    rulebook = world.rulebook()
    asked = [
        rule
        for regime in rulebook.regimes
        if regime.region is None
        for rule in regime.rules
        if rule.rule == "basis_for_reduction"
    ]
    rules = rules_of(world)
    for action, part in parts_of(decided(world)):
        measure = rules[part.rule].measure
        for says in asked:
            sanctions = measure is not None and measure.stance is Stance.SANCTION
            if sanctions and world.catalogue.effects[action.effect].type in says.types:
                # The document itself is a normative one, a rank no regime is satisfied with.
                assert Rank.NORMATIVE_DOCUMENT not in says.ranks
                assert any(basis.rank in says.ranks for basis in part.bases)


@law
def test_nobody_outside_government_is_compelled_once_that_is_forbidden(world: World) -> None:
    """Where no body of a nature may be compelled, its actions are left to its own choice."""
    rulebook = world.rulebook()
    asked = [(g, r) for g in rulebook.regimes for r in g.rules if r.rule == "no_compulsion" and not g.region]
    rules = rules_of(world)
    for action, part in parts_of(decided(world)):
        nature = world.catalogue.units.by_key[action.unit].nature
        measure = rules[part.rule].measure
        if measure is not None and measure.stance is Stance.SANCTION:
            assert not any(nature in says.natures for _, says in asked) or part.discretion == "free"


@law
def test_watchlists_carry_no_measure_once_they_are_internal(world: World) -> None:
    """Where watchlists are internal, no action rests on a listing on one."""
    internal = any(
        rule.rule == "no_watchlist_measures"
        for regime in world.rulebook().regimes
        if regime.region is None
        for rule in regime.rules
    )
    lists = {listing.id: listing.list for listing in world.seen().listings}
    for _, part in parts_of(decided(world)):
        assert not internal or world.catalogue.lists[lists[part.listing]].level != "watchlist"


@law
def test_an_unrelated_memorandum_changes_no_action(world: World) -> None:
    """Adding a memorandum about a list on which nobody is listed changes nothing that is decided."""
    used = {listing.list for listing in world.dossier.listings}
    free = sorted(set(world.catalogue.lists) - used)
    if not free:
        return
    first = next(iter(world.catalogue.memoranda.values()))
    only = frozenset({free[0]})
    other = evolve(
        first,
        key="another",
        doc_no="虚构〔2017〕99号",
        supersedes=(),
        lists=only,
        measures=tuple(evolve(measure, lists=only) for measure in first.measures),
    )
    more = digested(evolve(world.catalogue, memoranda={"another": other, **world.catalogue.memoranda}))

    one, two = decided(world), decided(evolve(world, catalogue=more))

    assert evolve(one, catalogue="") == evolve(two, catalogue="")
