"""Policy, mutation: what changed between two decisions, and whether what a case expects can notice it.

Only those cases are decided again in full whose expectations speak of something that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from attrs import evolve, frozen

from creditrules.load.expectation_docs import ExpectedAction, Untouched
from creditrules.model.decision import Action, Decision, Undetermined
from creditrules.model.memorandum import Measure, Memorandum
from creditrules.model.rulebook import SetAside
from creditrules.model.text import Text
from creditrules.policy.mutation.small import undated, wordless
from creditrules.policy.ready import Ready

Named = set[tuple[str, str]]
T = TypeVar("T")


@frozen
class Change:
    """What differs between two decisions: against whom actions, about whom open points; what was set aside.

    `new` are those against whom something stands that did not before.
    """

    acted: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    aside: bool = False

    def __bool__(self) -> bool:
        return bool(self.acted or self.opened or self.aside)


NOTHING = Change()


def change_between(one: Decision, other: Decision) -> Change:
    """Return what differs of everything that an example can speak of.

    By which name a document calls a unit, in which words something is open, and on which days a provision
    that stands came or goes, it cannot.
    """
    aside = one.set_aside != other.set_aside and _aside(one) != _aside(other)
    if one.actions == other.actions and one.undetermined == other.undetermined:
        return Change(aside=True) if aside else NOTHING
    acted = _differing(map(_said, one.actions), map(_said, other.actions))
    opened = _differing(map(_open, one.undetermined), map(_open, other.undetermined))
    stood = {place for action in one.actions for place in _places(action)}
    new = {a.target for a in other.actions if not stood.issuperset(_places(a))}
    left = {_open(point) for point in one.undetermined}
    new |= {point.target for point in other.undetermined if _open(point) not in left}
    return Change(
        frozenset(action.target for action in acted),
        frozenset(point.target for point in opened),
        frozenset(new),
        aside,
    )


def _differing(one: Iterable[T], other: Iterable[T]) -> list[T]:
    first, second = list(one), list(other)
    return [x for x in first if x not in second] + [x for x in second if x not in first]


def _places(action: Action) -> Iterator[tuple[object, ...]]:
    for part in action.parts:
        yield action.unit, action.target, action.effect, action.matter, part.memorandum, part.measure


def _aside(decision: Decision) -> tuple[SetAside, ...]:
    return tuple(wordless(item) for item in decision.set_aside)


def _open(point: Undetermined) -> Undetermined:
    return evolve(point, text=Text())


def _said(action: Action) -> Action:
    parts = tuple(
        evolve(p, rule="", written_unit="", unit_origin="", bases=tuple(map(undated, p.bases)))
        for p in action.parts
    )
    return evolve(action, parts=parts)


def may_notice(ready: Ready, change: Change, named: Named, kin: Named) -> bool:
    """Say whether anything a case expects could come out otherwise.

    The case holds without the change, so whoever must not be touched is touched only by something new.

    Args:
        ready: the day of the case.
        change: what came out otherwise about the measures concerned, by themselves.
        named: the measures concerned.
        kin: the measures that may make one action together with one of them.
    """
    expect = ready.expect
    if _asks_why(ready, named):
        return True
    if not change:
        return False
    return (
        bool(expect.nothing_else and change.new)
        or any(w.against in change.acted and _concerns(w, ready, named, kin) for w in expect.actions)
        or any(w.against in change.acted and _concerns(w, ready, named, kin) for w in expect.not_)
        or any(
            spared.against in change.new and (spared.measure is None or ready.names(spared.measure) in named)
            for spared in expect.untouched
        )
        or any(
            point.against in change.opened and ready.names(point.measure) in named
            for point in expect.undetermined
        )
        or (change.aside and any(ready.names(gone.measure) in named for gone in expect.set_aside))
    )


def speaks(ready: Ready, named: Named, kin: Named) -> bool:
    """Say whether a case expects anything of some measures, or of measures of any kind."""
    expect = ready.expect
    anything: list[ExpectedAction | Untouched] = [*expect.actions, *expect.not_, *expect.untouched]
    return (
        expect.nothing_else
        or not named.isdisjoint(measures_named(ready))
        or any(item.measure is None for item in anything)
        or any(_concerns(wanted, ready, named, kin) for wanted in (*expect.actions, *expect.not_))
    )


def _concerns(wanted: ExpectedAction, ready: Ready, named: Named, kin: Named) -> bool:
    if wanted.measure is None:
        return True
    return ready.names(wanted.measure) in (kin if _is_whole(wanted) else named)


def _is_whole(wanted: ExpectedAction) -> bool:
    """Say whether something is stated of an action as a whole: two measures may make one action."""
    stated = (wanted.discretion, wanted.since, wanted.until, wanted.review, wanted.reasons, wanted.because)
    return any(stated)


def _asks_why(ready: Ready, named: Named) -> bool:
    """Say whether words of the reasons are expected: they may change where the decision does not."""
    asked = [why.measure for why in ready.expect.why_not]
    asked += [wanted.measure or "" for wanted in ready.expect.actions if wanted.because]
    return any(not measure or ready.names(measure) in named for measure in asked)


def kin_of(named: Named, documents: Iterable[Memorandum]) -> Named:
    """Return the measures that do the same to the same matter as some measures do, themselves included."""
    does = {(d.key, m.key): frozenset(_done(m)) for d in documents for m in d.measures}
    wanted = frozenset[tuple[str | None, str | None]]().union(*(does.get(name, ()) for name in named))
    return {name for name, done in does.items() if done & wanted} | named


def _done(measure: Measure) -> Iterator[tuple[str | None, str | None]]:
    for effect in measure.effects:
        matters: tuple[str | None, ...] = effect.matters or (None,)
        yield from ((effect.effect, matter) for matter in matters)
        # A measure that loses a matter may act on none.
        yield effect.effect, None


def measures_named(ready: Ready) -> Named:
    """Return the measures that a day's expectations name, each with its document."""
    expect = ready.expect
    items: list[ExpectedAction | Untouched] = [*expect.actions, *expect.not_, *expect.untouched]
    named = [item.measure for item in items if item.measure]
    named += [point.measure for point in expect.undetermined]
    named += [gone.measure for gone in expect.set_aside]
    named += [why.measure for why in expect.why_not]
    named += [reason for wanted in (*expect.actions, *expect.not_) for reason in wanted.reasons]
    return {ready.names(measure) for measure in named}


def documents_named(ready: Ready) -> frozenset[str]:
    """Return the documents whose measures a day's expectations name."""
    return frozenset(document for document, _ in measures_named(ready))
