"""Decide: why, why not, until when. Reasons are made only when somebody asks."""

from __future__ import annotations

from creditrules.decide.case import Case, route_of
from creditrules.decide.reasons import action_text, part_reason
from creditrules.decide.unit_names import units_called
from creditrules.evaluate.fields import Candidate
from creditrules.model.decision import Action, Part, Reason
from creditrules.model.text import Text
from creditrules.model.words import Truth


class Explanation:
    """The reasons of one decision."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def why(self, action: Action) -> Reason:
        """Return why an action stands, what ends it, and where to object."""
        return why(self._case, action)

    def why_not(self, *, unit: str, measure: str, person: str) -> Reason:
        """Return why a unit does not take a measure against a person, or why it does."""
        # Few ask; the import is theirs.
        from creditrules.decide.why_not import why_not

        return why_not(self._case, unit=unit, measure=measure, person=person)

    def unit_keys(self, name: str) -> frozenset[str]:
        """Return the units of the day that a name stands for, successors included."""
        return units_called(name, self._case.rulebook) or frozenset({name})

    def text(self, action: Action) -> Text:
        """Return an action in one sentence."""
        return action_text(action, self._case)


def why(case: Case, action: Action) -> Reason:
    """Return the reasons of an action as a tree."""
    parts = tuple(
        part_reason(part, _candidate(case, action, part), case.rules_by_key[part.rule], case)
        for part in action.parts
    )
    ends = tuple(Reason("end", Text(f"因{t.zh}而终止", f"ends by: {t.en or t.zh}")) for t in action.ends_by)
    remedies = tuple(Reason("remedy", text) for text in action.remedy)
    return Reason("action", action_text(action, case), Truth.TRUE, (*parts, _end(action), *ends, *remedies))


def _candidate(case: Case, action: Action, part: Part) -> Candidate:
    return next(
        c
        for c in case.routes.values()
        if c.seen.listing.id == part.listing and c.target.id == action.target and route_of(c) == part.route
    )


def _end(action: Action) -> Reason:
    if action.until is not None:
        return Reason("end", Text(f"最迟至 {action.until}", f"at the latest on {action.until}"))
    return Reason("end", Text(f"须于 {action.review} 复核", f"to be reviewed on {action.review}"))
