"""Decide: what the rules that are met come to, field by field of a decision, when each is first read."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from creditrules.decide.case import Case
from creditrules.decide.explain import Explanation
from creditrules.decide.gather import Gathered, gather
from creditrules.decide.leads_to import leads_to
from creditrules.decide.left_over import out_of_time, records, undetermined
from creditrules.decide.masking import view
from creditrules.decide.overlap import Merged, merge
from creditrules.evaluate.protocol import Met
from creditrules.model.decision import Action, LeadsTo, Record, SubjectView, Undetermined
from creditrules.model.rulebook import SetAside


class Outcome:
    """A case and the rules met in it; each field is worked out once, and only if somebody reads it."""

    def __init__(self, case: Case, met: list[Met]) -> None:
        self._case, self._met = case, met
        self.explanation = Explanation(case, lambda: self.actions)

    @cached_property
    def _gathered(self) -> Gathered:
        return gather(self._case, self._met)

    @cached_property
    def _merged(self) -> Merged:
        return merge(self._case, self._gathered)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions, by their keys."""
        return tuple(sorted(self._merged.actions(), key=lambda action: action.key))

    @cached_property
    def undetermined(self) -> tuple[Undetermined, ...]:
        """What could not be decided, with what is asked for."""
        return tuple(sorted((*undetermined(self._gathered), *self._merged.withheld()), key=_order))

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        """What was set aside of the documents that speak of the dossier's lists, and for its targets."""
        here = sorted(out_of_time(self._gathered), key=lambda i: (i.memorandum, i.measure or "", i.detail))
        return (*self._case.set_aside(), *here)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """What enters whose credit file."""
        return tuple(sorted(records(self._gathered), key=_record_order))

    @cached_property
    def statuses(self) -> tuple[tuple[str, str, date | None], ...]:
        """Where each listing stands."""
        seen = {s.listing.id: s.standing for s in self._case.all_seen}
        return tuple((listing, at.status.value, at.since) for listing, at in sorted(seen.items()))

    @cached_property
    def leads_to(self) -> tuple[LeadsTo, ...]:
        """What may follow."""
        return leads_to(self._case, self.actions)

    @cached_property
    def subjects(self) -> tuple[SubjectView, ...]:
        """The subjects of the dossier as outputs may show them."""
        return tuple(view(subject, self._case.catalogue) for subject in self._case.dossier.subjects.values())


def _order(item: Undetermined) -> tuple[str, ...]:
    return (item.what, item.memorandum, item.measure, item.listing, item.target, item.route.role or "")


def _record_order(record: Record) -> tuple[str, ...]:
    return (record.file_of, record.listing, record.rule, record.route.role or "")
