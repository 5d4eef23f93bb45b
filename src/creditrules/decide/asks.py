"""Decide: which facts would settle an open point, how to ask for them, and what each answer changes."""

from __future__ import annotations

from attrs import evolve

from creditrules.decide import phrases
from creditrules.evaluate.fields import Candidate
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import All, Condition, Lookup, Not, Some, Test, truth_of
from creditrules.model.decision import Ask
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.words import Truth


def asks_for(
    condition: Condition, candidate: Candidate, lookup: Lookup, rulebook: Rulebook
) -> tuple[Ask, ...]:
    """Return one question for each unknown test that could change the outcome, in written order."""
    asks: dict[str, Ask] = {}
    for test in _unknown_tests(condition, lookup, rulebook):
        outcomes = [
            (answer, truth_of(_with_answer(condition, test, answer), lookup, rulebook.on))
            for answer in (Truth.TRUE, Truth.FALSE)
        ]
        ask = _ask(test, candidate, rulebook.catalogue, outcomes)
        known = asks.get(ask.fact)
        asks[ask.fact] = ask if known is None else evolve(known, answers=_joined(known.answers, ask.answers))
    return tuple(asks.values())


def _unknown_tests(condition: Condition, lookup: Lookup, rulebook: Rulebook) -> list[Test]:
    """Return the unknown tests that stand in parts which are themselves unknown: only those can matter."""
    if truth_of(condition, lookup, rulebook.on) is not Truth.UNKNOWN:
        return []
    match condition:
        case All(parts) | Some(parts):
            found = [test for part in parts for test in _unknown_tests(part, lookup, rulebook)]
            return list(dict.fromkeys(found))
        case Not(part):
            return _unknown_tests(part, lookup, rulebook)
        case Test():
            return [condition]


def _with_answer(condition: Condition, test: Test, answer: Truth) -> Condition:
    """Replace a test by its answer: an empty `all` is true, an empty `any` is false."""
    match condition:
        case All(parts):
            return All(tuple(_with_answer(part, test, answer) for part in parts))
        case Some(parts):
            return Some(tuple(_with_answer(part, test, answer) for part in parts))
        case Not(part):
            return Not(_with_answer(part, test, answer))
        case Test():
            if condition != test:
                return condition
            return All() if answer is Truth.TRUE else Some(())


def _ask(test: Test, candidate: Candidate, catalogue: Catalogue, outcomes: list[tuple[Truth, Truth]]) -> Ask:
    fact, about, question = _question(test, candidate, catalogue)
    yes, no = phrases.answers(test, catalogue)
    words = {Truth.TRUE: yes, Truth.FALSE: no}
    return Ask(fact, about, question, tuple((words[a], phrases.CONSEQUENCE[t]) for a, t in outcomes))


def _question(test: Test, candidate: Candidate, catalogue: Catalogue) -> tuple[str, str, Text]:
    """Return the entry to supply, whom it is about, and the question in words."""
    path, listing = test.path, candidate.seen.listing
    head, _, tail = path.partition(".")
    target = phrases.name_of(candidate.target, catalogue)
    if head == "held" and candidate.role is not None:
        return phrases.ask_held(tail, listing, candidate.role, target, catalogue)
    if head == "found":
        fact = f"finding.{tail}"
        return fact, candidate.target.id, phrases.ASK_FOUND[tail].filled(person=target, listing=listing.id)
    if path in ("listing.active", "listing.on_record"):
        path = candidate.seen.standing.missing or "listing.aggregated"
    declared = catalogue.facts.get(path) or BUILTIN_FACTS[path]
    about = {"target": candidate.target.id, "subject": candidate.seen.subject.id}.get(
        declared.about, listing.id
    )
    return path, about, declared.ask


def _joined(
    one: tuple[tuple[Text, Text], ...], two: tuple[tuple[Text, Text], ...]
) -> tuple[tuple[Text, Text], ...]:
    return tuple(dict.fromkeys((*one, *two)))
