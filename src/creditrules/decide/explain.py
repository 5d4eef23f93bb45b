"""Decide: why, why not, until when. Reasons are made only when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from creditrules.decide.case import Case, route_of
from creditrules.decide.gather import Reached
from creditrules.decide.reasons import action_text, part_reason
from creditrules.decide.unit_names import units_called
from creditrules.evaluate.fields import Candidate
from creditrules.model.condition import truth_of
from creditrules.model.decision import Action, Part, Reason, Route
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.words import Truth


class Explanation:
    """The reasons of one decision. What several actions share is said once and kept."""

    def __init__(self, case: Case, actions: Callable[[], Iterable[Action]] = tuple) -> None:
        self._case = case
        self._actions = actions
        self._parts: dict[tuple[object, ...], Reason] = {}
        self._said: dict[Text, tuple[Reason, Reason]] = {}

    @cached_property
    def _routes(self) -> dict[tuple[str, str, Route], list[Candidate]]:
        routes: dict[tuple[str, str, Route], list[Candidate]] = {}
        for candidate in self._case.routes.values():
            place = (candidate.seen.listing.id, candidate.target.id, route_of(candidate))
            routes.setdefault(place, []).append(candidate)
        return routes

    def why(self, action: Action) -> Reason:
        """Return why an action stands, what ends it, and where to object, as a tree."""
        parts = tuple(self._part(action, part) for part in action.parts)
        ends = tuple(self._line(text)[0] for text in action.ends_by)
        remedies = tuple(self._line(text)[1] for text in action.remedy)
        said = action_text(action, self._case)
        return Reason("action", said, Truth.TRUE, (*parts, _end(action), *ends, *remedies))

    def _part(self, action: Action, part: Part) -> Reason:
        # One measure makes many actions: the same reasons for each of its units and matters.
        key = (part.rule, part.listing, action.target, part.route, part.since, part.until)
        if key not in self._parts:
            rule = self._case.rules_by_key[part.rule]
            candidate = self._candidate(action, part, rule)
            self._parts[key] = part_reason(part, candidate, rule, self._case)
        return self._parts[key]

    def _candidate(self, action: Action, part: Part, rule: Rule) -> Candidate:
        """Return the candidate behind a part; who held a role twice is reached by one tenure or the other."""
        routes = self._routes[part.listing, action.target, part.route]
        if len(routes) == 1:
            return routes[0]
        return next((c for c in routes if self._carries(c, part, rule)), routes[0])

    def _carries(self, candidate: Candidate, part: Part, rule: Rule) -> bool:
        span = Reached(self._case, candidate).span(rule)
        if (span.since, span.until) != (part.since, part.until):
            return False
        condition, lookup = self._case.condition(rule.number), self._case.lookup(candidate)
        return truth_of(condition, lookup, self._case.rulebook.on) is Truth.TRUE

    def _line(self, text: Text) -> tuple[Reason, Reason]:
        """Return a text as a line about the end and as a line about the remedy."""
        if text not in self._said:
            ends = Text(f"因{text.zh}而终止", f"ends by: {text.en or text.zh}")
            self._said[text] = (Reason("end", ends), Reason("remedy", text))
        return self._said[text]

    def why_not(self, *, unit: str, measure: str, person: str) -> Reason:
        """Return why a unit does not take a measure against a person, or why it does."""
        # Few ask; the import is theirs.
        from creditrules.decide.why_not import why_not

        return why_not(self._case, self._actions(), unit=unit, measure=measure, person=person)

    def unit_keys(self, name: str) -> frozenset[str]:
        """Return the units of the day that a name stands for, successors included."""
        return units_called(name, self._case.rulebook) or frozenset({name})

    def text(self, action: Action) -> Text:
        """Return an action in one sentence."""
        return action_text(action, self._case)


def _end(action: Action) -> Reason:
    if action.until is not None:
        return Reason("end", Text(f"最迟至 {action.until}", f"at the latest on {action.until}"))
    return Reason("end", Text(f"须于 {action.review} 复核", f"to be reviewed on {action.review}"))
