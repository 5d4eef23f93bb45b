"""Policy, mutation: the line that would make a case notice what it lets pass.

A case whose decision changes under a mutant, though nothing it expects does, lacks only a line: the action
that goes, the person who must not be touched, the word that is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from creditrules.model.catalogue import Catalogue
from creditrules.model.decision import Action, Decision, Undetermined
from creditrules.model.rulebook import SetAside
from creditrules.model.words import Direction
from creditrules.policy.mutation.small import wordless
from creditrules.policy.ready import Ready

# What of an action an example may state, from the plainest to the finest.
_FIELDS = ("discretion", "since", "until", "review", "local")
_ORDER = ("", "set_aside", "undetermined", "not", "untouched", "actions")
Entry = Mapping[str, object]


def worth(line: str) -> int:
    """Say how much a line protects: an action more than a person left alone, that more than a note."""
    return _ORDER.index(line.partition(":")[0])


class Suggestion:
    """The lines one case could take over from its own decision, before a change that it let pass."""

    def __init__(self, ready: Ready, before: Decision, after: Decision, catalogue: Catalogue) -> None:
        self._ready, self._before, self._after = ready, before, after
        self._units = catalogue.units.by_key

    @property
    def line(self) -> str:
        """The line of YAML that holds before the change and fails after it; empty when there is none."""
        return max(self._lines(), key=worth, default="")

    def _lines(self) -> Iterator[str]:
        now = {_place(action): action for action in _nearest_first(self._before.actions)}
        then = {_place(action): action for action in _nearest_first(self._after.actions)}
        for place, action in now.items():
            if place not in then:
                yield _written("actions", self._stated(action))
        for place, action in then.items():
            if place not in now:
                yield self._kept_away(action)
        for place, action in now.items():
            if place in then and then[place] != action:
                yield from self._changed(action, then[place])
        yield from self._open(self._before.undetermined, self._after.undetermined)
        yield from self._aside(self._before.set_aside, self._after.set_aside)

    def _kept_away(self, action: Action) -> str:
        """Return that somebody is not touched; only that nothing is decided, where something is left open."""
        part = action.parts[0]
        opened = {(u.target, u.measure) for u in self._before.undetermined}
        acting = {(a.target, p.measure) for a in self._before.actions for p in a.parts}
        place = (action.target, part.measure)
        if place in acting:
            return _written("not", self._stated(action))
        wanted = {"measure": self._measure(part.memorandum, part.measure), "against": action.target}
        return _written("not" if place in opened else "untouched", wanted)

    def _changed(self, now: Action, then: Action) -> Iterator[str]:
        wanted = self._stated(now)
        for name in _FIELDS:
            value = getattr(now, name)
            if value != getattr(then, name):
                yield _written("actions", {**wanted, name: "" if value is None else value})
        cited = {str(basis) for part in then.parts for basis in part.bases}
        for part in now.parts:
            for basis in part.bases:
                if str(basis) not in cited:
                    yield _written("actions", {**wanted, "cites": [str(basis)]})

    def _open(self, now: Iterable[Undetermined], then: Iterable[Undetermined]) -> Iterator[str]:
        before, after = list(now), list(then)
        for point in before:
            if point not in after:
                wanted = {
                    "measure": self._measure(point.memorandum, point.measure),
                    "against": point.target,
                    "what": point.what,
                }
                asks = [ask.fact for ask in point.asks]
                yield _written("undetermined", {**wanted, "asks": asks} if asks else wanted)
        known = {(u.measure, u.target) for u in before}
        known |= {(p.measure, a.target) for a in self._before.actions for p in a.parts}
        for point in after:
            if (point.measure, point.target) not in known:
                measure = self._measure(point.memorandum, point.measure)
                yield _written("untouched", {"measure": measure, "against": point.target})

    def _aside(self, now: Iterable[SetAside], then: Iterable[SetAside]) -> Iterator[str]:
        after = {wordless(item) for item in then}
        for item in now:
            if wordless(item) not in after:
                wanted: Entry = {
                    "measure": self._measure(item.memorandum, item.measure or ""),
                    "reason": item.reason,
                }
                yield _written("set_aside", {**wanted, "detail": item.detail} if item.detail else wanted)

    def _stated(self, action: Action) -> dict[str, object]:
        part, unit = action.parts[0], self._units.get(action.unit)
        stated: dict[str, object] = {
            "measure": self._measure(part.memorandum, part.measure),
            "against": action.target,
            "unit": unit.name.zh if unit else action.unit,
        }
        return {**stated, "matter": action.matter} if action.matter else stated

    def _measure(self, document: str, key: str) -> str:
        return key if self._ready.example.memorandum == document else f"{document}#{key}"


def _nearest_first(actions: Iterable[Action]) -> list[Action]:
    """Return actions, those against listed subjects before those against people around them."""
    return sorted(actions, key=lambda a: a.parts[0].route.direction is not Direction.SELF)


def _place(action: Action) -> tuple[str, str, str, str | None]:
    return action.unit, action.target, action.effect, action.matter


def _written(key: str, entry: Entry) -> str:
    return f"{key}: [{{" + ", ".join(f"{name}: {_value(value)}" for name, value in entry.items()) + "}]"


def _value(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    text = str(value)
    # A number is a number to YAML, and a flow list ends at a bracket or a comma.
    is_word = bool(text) and text[0].isalpha() and not set(text) & set(",[]{}:#'\"")
    is_day = text[:4].isdigit() and text[4:5] == "-"
    return text if is_word or is_day else f'"{text}"'
