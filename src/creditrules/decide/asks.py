"""Decide: which facts would settle an open point, how to ask for them, and what each answer changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import product

from attrs import evolve

from creditrules.decide import phrases
from creditrules.evaluate.fields import Candidate
from creditrules.evaluate.once import Once
from creditrules.evaluate.residue import residue
from creditrules.model.builtin_facts import BUILTIN_FACTS
from creditrules.model.catalogue import Catalogue
from creditrules.model.condition import Condition, Lookup, Test, holds, tests_in
from creditrules.model.decision import Ask
from creditrules.model.rulebook import Rulebook
from creditrules.model.text import Text
from creditrules.model.words import Truth

# What these ask for is a day; yes and no would be no answers.
DAYS = frozenset({"listing.determined", "listing.served", "listing.aggregated", "listing.conduct_since"})
MOST = 6  # open tests of one condition that are looked at together

_KEPT = 4096  # conditions of a rulebook whose questions are remembered


def asks_for(
    condition: Condition, candidate: Candidate, lookup: Lookup, rulebook: Rulebook
) -> tuple[Ask, ...]:
    """Return one question for each unknown test that could change the outcome, in written order."""

    def decided(test: Test) -> bool | None:
        known = lookup(test.path)
        return None if known is None else holds(known, test.op, test.value, rulebook.on)

    left = residue(condition, decided)
    if isinstance(left, bool):
        return ()
    asks: dict[str, Ask] = {}
    for test, outcomes in _open_questions(rulebook).of(left):
        ask = _ask(test, candidate, rulebook.catalogue, outcomes)
        known = asks.get(ask.fact)
        asks[ask.fact] = ask if known is None else evolve(known, answers=_joined(known.answers, ask.answers))
    return tuple(asks.values())


# A test whose answer matters, and what each answer makes of the condition.
_Questions = tuple[tuple[Test, tuple[tuple[bool, Truth], ...]], ...]


class _OpenQuestions:
    """What each answer comes to, by what is left of a condition: the same few are left again and again."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._on, self._catalogue = rulebook.on, rulebook.catalogue
        self._known: dict[Condition, _Questions] = {}

    def of(self, left: Condition) -> _Questions:
        """Return the tests of a condition whose answer can change the outcome, with their outcomes."""
        known = self._known.get(left)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            known = self._known[left] = tuple(self._asked(left))
        return known

    def _asked(self, left: Condition) -> Iterator[tuple[Test, tuple[tuple[bool, Truth], ...]]]:
        for test in deciding(left, tuple(dict.fromkeys(tests_in(left)))):
            replies = _replies(test, self._on, self._catalogue)
            yield test, tuple((answer, _outcome(left, reply)) for answer, reply in replies.items())


_open_questions = Once(_OpenQuestions)


def deciding(left: Condition, tests: tuple[Test, ...]) -> tuple[Test, ...]:
    """Return the tests whose answer can change the outcome, whatever the others come to.

    In "A, or A and B" nobody need be asked for B. Beyond a handful of open tests the question is left
    unasked: one superfluous line is better than a long wait.
    """
    if len(tests) < 2 or len(tests) > MOST:
        return tests
    outcomes = {
        answers: residue(left, lambda test, answers=answers: answers[tests.index(test)])  # type: ignore[misc]
        for answers in product((False, True), repeat=len(tests))
    }
    deciding = tuple(
        test
        for n, test in enumerate(tests)
        if any(outcomes[a] != outcomes[(*a[:n], not a[n], *a[n + 1 :])] for a in outcomes)
    )
    # "A or not A" is unknown as long as A is, whatever A comes to: then the answer is asked for all the same.
    return deciding or tests


Reply = Callable[[Test], bool | None]


def _replies(test: Test, on: date, catalogue: Catalogue) -> dict[bool, Reply]:
    """Return what an answer settles: yes or no to a fact all that is asked of it, else the one test."""

    def value(answer: bool, other: Test) -> bool | None:
        return holds(answer, other.op, other.value, on) if other.path == test.path else None

    def outcome(answer: bool, other: Test) -> bool | None:
        return answer if other == test else None

    reply = value if _is_yes_or_no(test, catalogue) else outcome
    return {answer: partial(reply, answer) for answer in (True, False)}


def _is_yes_or_no(test: Test, catalogue: Catalogue) -> bool:
    declared = catalogue.facts.get(test.path)
    return declared is not None and declared.type == "boolean"


def _outcome(left: Condition, reply: Reply) -> Truth:
    """Return what becomes of the rest of a condition when a question is answered."""
    rest = residue(left, reply)
    return Truth.of(rest) if isinstance(rest, bool) else Truth.UNKNOWN


def _ask(
    test: Test, candidate: Candidate, catalogue: Catalogue, outcomes: Iterable[tuple[bool, Truth]]
) -> Ask:
    fact, about, question = _question(test, candidate, catalogue)
    yes, no = phrases.answers(test, catalogue)
    if _is_yes_or_no(test, catalogue):
        yes, no = phrases.YES, phrases.NO
    if fact == "objection.suspends":
        # An objection that suspends is what keeps the listing from being active.
        yes, no = no, yes
    if fact in DAYS:
        yes, no = phrases.DAY_ANSWERS["held" if test.path.startswith("held.") else "reached"]
    words = {True: yes, False: no}
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
    if path == "listing.active" and candidate.seen.standing.missing is not None:
        path = candidate.seen.standing.missing
    elif path == "listing.on_record":
        path = "listing.aggregated"
    declared = catalogue.facts.get(path) or BUILTIN_FACTS[path]
    about = {"target": candidate.target.id, "subject": candidate.seen.subject.id}.get(
        declared.about, listing.id
    )
    return path, about, declared.ask


def _joined(
    one: tuple[tuple[Text, Text], ...], two: tuple[tuple[Text, Text], ...]
) -> tuple[tuple[Text, Text], ...]:
    return tuple(dict.fromkeys((*one, *two)))
