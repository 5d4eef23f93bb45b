"""Policy: where the actions of a decision differ from those an example expects, and from those it forbids."""

from __future__ import annotations

from collections.abc import Iterator

from creditrules.load.expectation_docs import ExpectedAction, ExpectedWhyNot, Untouched
from creditrules.model.decision import Action, Undetermined
from creditrules.model.text import Text
from creditrules.model.words import Truth
from creditrules.policy.action_match import is_about, is_meant, otherwise
from creditrules.policy.comparison import Comparison
from creditrules.policy.difference import Difference
from creditrules.policy.reasons import lacking, why_decided, why_not_decided, why_not_trees, why_open
from creditrules.policy.said import joined, words

_MOST = 4
_OTHERS = 2


def action_differences(compared: Comparison) -> Iterator[Difference]:
    """Yield what differs about actions: those expected, those forbidden, and those nobody spoke of."""
    expect, actions = compared.expect, compared.decision.actions
    for n, wanted in enumerate(expect.actions):
        yield from _about_wanted(compared, wanted, n)
    for n, unwanted in enumerate(expect.not_):
        for action in actions:
            if is_meant(compared, action, unwanted) and not _lacking(compared, [action], unwanted.because):
                text = words(
                    "difference.unwanted",
                    wanted=compared.said.wanted(unwanted),
                    got=compared.said.action(action),
                )
                why = why_decided(compared, action)
                yield compared.differs("unwanted", text, "not", n, why=why)
    if expect.nothing_else:
        for action in actions:
            if not any(is_meant(compared, action, wanted) for wanted in expect.actions):
                text = words(
                    "difference.unexpected",
                    got=compared.said.action(action),
                    measures=compared.said.measures_of(action),
                )
                why = why_decided(compared, action)
                yield compared.differs("unexpected", text, "nothing_else", why=why)
    for n, spared in enumerate(expect.untouched):
        yield from _touching(compared, spared, n)
    for n, absent in enumerate(expect.why_not):
        yield from _about_absent(compared, absent, n)


def _about_wanted(compared: Comparison, wanted: ExpectedAction, n: int) -> Iterator[Difference]:
    actions, said = compared.decision.actions, compared.said
    found = [action for action in actions if is_meant(compared, action, wanted)]
    if found:
        gap = _lacking(compared, found, wanted.because)
        if gap:
            because = joined((Text(word, word) for word in gap), "list")
            text = words("difference.reason", wanted=said.wanted(wanted), because=because)
            why = why_decided(compared, found[0])
            yield compared.differs("reason", text, "actions", n, "because", why=why)
        return
    near = [otherwise(compared, action, wanted) for action in actions if is_about(compared, action, wanted)]
    if near:
        nearest = min(near, key=len)
        text = words("difference.otherwise", wanted=said.wanted(wanted), fields=joined(nearest))
        yield compared.differs("otherwise", text, "actions", n)
        return
    text = words("difference.missing", wanted=said.wanted(wanted), got=_instead(compared, wanted))
    why = ()
    if wanted.measure is not None:
        why = why_not_decided(compared, wanted.measure, wanted.against, wanted.unit)
    yield compared.differs("missing", text, "actions", n, why=why)


def _lacking(compared: Comparison, found: list[Action], because: tuple[str, ...]) -> tuple[str, ...]:
    return lacking((compared.decision.why(action) for action in found), because) if because else ()


def _instead(compared: Comparison, wanted: ExpectedAction) -> Text:
    """Say what was decided about the measure instead: other actions, open points, what was set aside.

    What concerns the target says most; what concerns others is told when there is nothing of that.
    """
    decision, said, measure = compared.decision, compared.said, wanted.measure
    acts = [a for a in decision.actions if compared.rests_on(a, measure)]
    points = [u for u in decision.undetermined if compared.names(u.memorandum, u.measure, measure)]
    gone = [s for s in decision.set_aside if compared.names(s.memorandum, s.measure or "", measure)]
    about = [said.action(a) for a in acts if a.target == wanted.against]
    if measure is None:
        return joined(dict.fromkeys(about[:_MOST])) if about else words("difference.nothing_at_all")
    about += [open_said(compared, u) for u in points if u.target == wanted.against]
    others = [*(said.action(a) for a in acts[:_OTHERS]), *(open_said(compared, u) for u in points[:_OTHERS])]
    got = [
        *(about or others)[:_MOST],
        *(words("difference.gone", reason=said.reason(s.reason)) for s in gone),
    ]
    return joined(dict.fromkeys(got)) if got else words("difference.nothing")


def _touching(compared: Comparison, spared: Untouched, n: int) -> Iterator[Difference]:
    """Yield what is decided or open about somebody whom nothing (or not this measure) must touch."""
    for action in compared.decision.actions:
        if action.target == spared.against and compared.rests_on(action, spared.measure):
            text = _touched(compared, spared, compared.said.action(action))
            yield compared.differs("touched", text, "untouched", n, why=why_decided(compared, action))
    for point in compared.decision.undetermined:
        named = compared.names(point.memorandum, point.measure, spared.measure)
        # What goes into a credit file is no measure; `no_records` speaks of it.
        if point.target == spared.against and named and (spared.measure or _is_measure(point)):
            text = _touched(compared, spared, open_said(compared, point))
            yield compared.differs("touched", text, "untouched", n, why=why_open(point))


def _touched(compared: Comparison, spared: Untouched, got: Text) -> Text:
    who = compared.said.subject(spared.against)
    wanted = words("difference.anybody", who=who)
    if spared.measure is not None:
        wanted = words("difference.spared", who=who, measure=compared.said.measure(spared.measure))
    return words("difference.touched", wanted=wanted, got=got)


def _is_measure(point: Undetermined) -> bool:
    return "@" not in point.measure


def _about_absent(compared: Comparison, absent: ExpectedWhyNot, n: int) -> Iterator[Difference]:
    """Yield what differs about a measure that must stay away for a reason."""
    wanted = ExpectedAction(unit=absent.unit, measure=absent.measure, against=absent.against)
    trees = list(why_not_trees(compared, absent.measure, absent.against, absent.unit))
    taken = [action for action in compared.decision.actions if is_about(compared, action, wanted)]
    if taken:
        said = compared.said
        text = words("difference.taken", wanted=said.wanted(wanted), got=said.action(taken[0]))
        yield compared.differs("taken", text, "why_not", n, why=why_decided(compared, taken[0]))
        return
    away = [tree for tree in trees if tree.truth is not Truth.TRUE]
    if not away:
        text = words("difference.no_unit", wanted=compared.said.wanted(wanted))
        yield compared.differs("reason", text, "why_not", n)
        return
    gap = lacking(away, absent.because)
    if gap:
        because = joined((Text(word, word) for word in gap), "list")
        text = words("difference.why_not", wanted=compared.said.wanted(wanted), because=because)
        why = why_not_decided(compared, absent.measure, absent.against, absent.unit)
        yield compared.differs("reason", text, "why_not", n, "because", why=why)


def open_said(compared: Comparison, point: Undetermined) -> Text:
    """Say an open point: the measure, what is open, whom it concerns, and what is asked."""
    said = compared.said
    asks = joined((Text(ask.fact, ask.fact) for ask in point.asks), "list")
    return words(
        "difference.asking" if point.asks else "difference.open_there",
        measure=said.measure(f"{point.memorandum}#{point.measure}"),
        who=said.subject(point.target),
        what=said.open(point.what),
        asks=asks,
    )
