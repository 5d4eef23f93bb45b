"""Laws of questions: an answer does what the question says it does."""

from __future__ import annotations

from attrs import evolve

from creditrules.decide.phrases import CONSEQUENCE, NO, YES
from creditrules.model.decision import Ask, Decision, Undetermined
from creditrules.model.dossier import Dossier, FactEntry, fact_on
from creditrules.model.words import Truth
from creditrules.testing.worlds import World
from tests.support.laws import decided, law, parts_of


@law
def test_every_open_point_about_facts_asks_for_one(world: World) -> None:
    """What is undetermined for want of a fact asks for at least one, each with a question and answers."""
    for item in decided(world).undetermined:
        if item.what == "fact":
            assert item.asks
            assert all(ask.fact and ask.about and ask.answers for ask in item.asks)
            assert len({(ask.fact, ask.about) for ask in item.asks}) == len(item.asks)


@law
def test_nothing_that_is_known_is_asked_for(world: World) -> None:
    """A declared fact is asked for only where the dossier has no value for the day."""
    seen = world.seen()
    for item in decided(world).undetermined:
        for ask in item.asks:
            if ask.fact in world.catalogue.facts:
                assert fact_on(_facts_about(seen, ask), ask.fact, world.on) is None


def _facts_about(dossier: Dossier, ask: Ask) -> dict[str, tuple[FactEntry, ...]]:
    owners = {**{s.id: s for s in dossier.subjects.values()}, **{v.id: v for v in dossier.listings}}
    return dict(owners[ask.about].facts)


@law
def test_the_answer_to_a_question_changes_what_it_says(world: World) -> None:
    """Giving yes or no to a question about a boolean fact has the consequence the question names."""
    for item in decided(world).undetermined:
        for ask in item.asks if item.what == "fact" else ():
            declared = world.catalogue.facts.get(ask.fact)
            if declared is None or declared.type != "boolean":
                continue
            for words, value in ((YES, True), (NO, False)):
                said = {consequence for answer, consequence in ask.answers if answer == words}
                assert len(said) == 1
                again = decided(evolve(world, dossier=_answered(world.dossier, ask, value)))
                assert said == {CONSEQUENCE[_outcome(again, item)]}


def _answered(dossier: Dossier, ask: Ask, value: bool) -> Dossier:
    entry = {ask.fact: (FactEntry(value),)}
    if ask.about in dossier.subjects:
        subject = dossier.subjects[ask.about]
        changed = evolve(subject, facts={**subject.facts, **entry})
        return evolve(dossier, subjects={**dossier.subjects, ask.about: changed})
    listings = tuple(
        evolve(v, facts={**v.facts, **entry}) if v.id == ask.about else v for v in dossier.listings
    )
    return evolve(dossier, listings=listings)


def _outcome(decision: Decision, item: Undetermined) -> Truth:
    """Say how an open point has come out: applied or open for another reason, still asking, or not at all."""
    same = [
        other
        for other in decision.undetermined
        if (other.memorandum, other.measure, other.listing, other.target, other.route)
        == (item.memorandum, item.measure, item.listing, item.target, item.route)
    ]
    if any(other.what == "fact" for other in same):
        return Truth.UNKNOWN
    acts = any(
        (p.memorandum, p.measure, p.listing, a.target, p.route)
        == (item.memorandum, item.measure, item.listing, item.target, item.route)
        for a, p in parts_of(decision)
    )
    recorded = any(
        (r.rule, r.listing, r.file_of, r.route)
        == (f"{item.memorandum}#{item.measure}", item.listing, item.target, item.route)
        for r in decision.records
    )
    return Truth.of(acts or recorded or bool(same))
