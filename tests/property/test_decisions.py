"""Laws of decisions as a whole: nothing is dropped, nothing is invented, nothing depends on chance."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from creditrules.decide.case import route_of
from creditrules.decide.decide import decide
from creditrules.decide.gather import Reached
from creditrules.evaluate.engines import engine_named
from creditrules.model.dossier import Dossier, Facts, Listing
from creditrules.model.words import Truth
from creditrules.testing.worlds import World
from tests.support.laws import case_of, decided, law, parts_of


@law
def test_deciding_twice_gives_the_same(world: World) -> None:
    """Same rulebook and same dossier, same decision, down to its printed form."""
    rulebook = world.rulebook()

    one = decide(rulebook, world.dossier, known=world.known, engine="indexed")
    two = decide(rulebook, world.dossier, known=world.known, engine="indexed")

    assert one == two
    assert repr(one) == repr(two)


@law
def test_a_decision_cites_only_what_it_was_given(world: World) -> None:
    """Listings, subjects, measures and units of a decision are those of dossier and catalogue."""
    decision, seen = decided(world), world.seen()
    listings = {listing.id for listing in seen.listings}
    measures = {(m.key, x.key) for m in world.catalogue.memoranda.values() for x in m.measures}

    assert {status[0] for status in decision.statuses} == listings
    assert {item.listing for item in decision.undetermined} <= listings
    assert {item.target for item in decision.undetermined} <= set(seen.subjects)
    assert {record.listing for record in decision.records} <= listings
    assert {record.file_of for record in decision.records} <= set(seen.subjects)
    assert {(part.memorandum, part.measure) for _, part in parts_of(decision)} <= measures
    assert {part.listing for _, part in parts_of(decision)} <= listings


@law
def test_no_match_is_dropped(world: World) -> None:
    """Every match becomes a part of an action, a record, an open point, or one whose time is over."""
    case, decision = case_of(world), decided(world)
    acted = {(p.rule, p.listing, p.route) for _, p in parts_of(decision)}
    kept = {(r.rule, r.listing, r.route) for r in decision.records}
    opened = {(u.memorandum, u.measure, u.listing, u.target, u.route) for u in decision.undetermined}
    timed = {(s.memorandum, s.measure, s.detail) for s in decision.set_aside if s.reason == "period_over"}
    for match in engine_named("reference").matches(case.rulebook, case.dossier):
        rule, candidate = case.rulebook.rules[match.rule], case.candidate(match.listing, match.role)
        memorandum, _, measure = (rule.measure_id or rule.key).partition("#")
        route, listing, target = route_of(candidate), candidate.seen.listing.id, candidate.target.id
        end = Reached(case, candidate).span(rule).until
        over = end is not None and end < world.on and (memorandum, measure, f"{listing}:{target}") in timed
        done = (rule.key, listing, route) in acted | kept
        assert done or over or (memorandum, measure, listing, target, route) in opened


@law
def test_what_is_unknown_never_acts(world: World) -> None:
    """A rule whose condition is not certain for a target is in no action of that target."""
    case, decision = case_of(world), decided(world)
    certain = {
        (case.rulebook.rules[m.rule].key, case.candidate(m.listing, m.role).target.id)
        for m in engine_named("reference").matches(case.rulebook, case.dossier)
        if m.truth == Truth.TRUE
    }

    assert {(p.rule, a.target) for a, p in parts_of(decision)} <= certain


@law
def test_what_is_set_aside_speaks_of_the_lists_of_the_dossier(world: World) -> None:
    """A decision tells what was set aside of documents about its lists, all of it and nothing else."""
    lists = {listing.list for listing in world.seen().listings}

    aside = decided(world).set_aside

    assert all(item.lists & lists for item in aside)
    general = [item for item in world.rulebook().set_aside if item.lists & lists]
    assert list(aside[: len(general)]) == general
    assert {item.reason for item in aside[len(general) :]} <= {"period_over", "not_yet_begun"}


@law
def test_what_overlaps_is_one_action_with_all_its_parts(world: World) -> None:
    """Same unit, effect, matter and target are one action; the stricter discretion and the later end win."""
    decision = decided(world)
    places = [(a.unit, a.effect, a.matter, a.target) for a in decision.actions]

    assert len(set(places)) == len(places)
    assert len({action.key for action in decision.actions}) == len(places)
    for action in decision.actions:
        ends = [part.until for part in action.parts]
        assert action.discretion.strictness == max(part.discretion.strictness for part in action.parts)
        assert action.until == (None if None in ends else max(end for end in ends if end))
        assert action.since == min(part.since for part in action.parts if part.since)


@law
def test_sanction_and_incentive_on_one_matter_are_never_both_taken(world: World) -> None:
    """No unit both sanctions and favours one target in one matter; where rules say so, neither is decided."""
    rules = {rule.key: rule for rule in world.rulebook().rules}
    stances: dict[tuple[str, str, str], set[object]] = {}
    for action, part in parts_of(decided(world)):
        measure = rules[part.rule].measure
        if action.matter is not None and measure is not None:
            stances.setdefault((action.unit, action.target, action.matter), set()).add(measure.stance)

    assert all(len(found) == 1 for found in stances.values())


@law
def test_what_was_not_recorded_yet_is_not_known(world: World) -> None:
    """Known before anything was recorded, a dossier decides as if the late entries were not in it."""
    early = decided(evolve(world, known=date.min))
    without = decided(evolve(world, known=None, dossier=_without_late(world.dossier)))

    assert evolve(early, known=None) == without


def _without_late(dossier: Dossier) -> Dossier:
    return Dossier(
        {key: evolve(s, facts=_early(s.facts)) for key, s in dossier.subjects.items()},
        tuple(_early_listing(listing) for listing in dossier.listings if listing.recorded is None),
        tuple(role for role in dossier.roles if role.recorded is None),
        dossier.digest,
    )


def _early_listing(listing: Listing) -> Listing:
    return evolve(
        listing,
        facts=_early(listing.facts),
        findings=tuple(f for f in listing.findings if f.recorded is None),
        objections=tuple(o for o in listing.objections if o.recorded is None),
        repairs=tuple(r for r in listing.repairs if r.recorded is None),
    )


def _early(facts: Facts) -> Facts:
    kept = {name: tuple(e for e in entries if e.recorded is None) for name, entries in facts.items()}
    return {name: entries for name, entries in kept.items() if entries}


@law
def test_known_today_is_known_with_everything_recorded_by_today(world: World) -> None:
    """Known on the last day anything was recorded, a dossier decides as with all of it."""
    late = decided(evolve(world, known=date.max))
    whole = decided(evolve(world, known=None))

    assert evolve(late, known=None) == whole


@law
def test_the_printed_order_is_by_unit_and_what_it_says(world: World) -> None:
    """Actions, open points, records and what was set aside are sorted, whatever order they were found in."""
    decision = decided(world)

    assert [a.key for a in decision.actions] == sorted(a.key for a in decision.actions)
    whats = [(u.what, u.memorandum, u.measure, u.listing, u.target) for u in decision.undetermined]
    assert whats == sorted(whats)
    assert [s[0] for s in decision.statuses] == sorted(s[0] for s in decision.statuses)
