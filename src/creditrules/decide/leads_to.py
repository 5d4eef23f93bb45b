"""Decide: which lists an active listing, or a measure that is carried out, may lead to next.

That is a warning about what may follow, never an action: whoever determines the other list decides anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from creditrules.decide.case import Case
from creditrules.evaluate.once import Once
from creditrules.model.decision import Action, LeadsTo
from creditrules.model.rulebook import Rule, Rulebook
from creditrules.model.status import Status
from creditrules.model.time import covers


def leads_to(case: Case, actions: Iterable[Action]) -> tuple[LeadsTo, ...]:
    """Return what may follow from the active listings of a dossier and from the actions taken on them.

    A list that the subject is on already, or that does not exist on the day, is left out.
    """
    active = _active(case)
    on_it = {(subject, key) for _, subject, key in active}
    found = {*_by_lists(case, active), *_by_measures(case, actions)}
    kept = (item for item in found if (item.subject, item.list) not in on_it and _exists(item.list, case))
    return tuple(sorted(kept, key=_order))


def _active(case: Case) -> tuple[tuple[str, str, str], ...]:
    """Return the active listings: id, subject and list."""
    return tuple(
        (s.listing.id, s.listing.subject, s.listing.list)
        for s in case.all_seen
        if s.standing.status is Status.ACTIVE
    )


def _by_lists(case: Case, active: Iterable[tuple[str, str, str]]) -> Iterator[LeadsTo]:
    subjects = case.dossier.subjects
    for listing, subject, key in active:
        for trigger in case.catalogue.lists[key].triggers:
            concerned = not trigger.reaches or subjects[subject].kind in trigger.reaches
            if concerned and covers(trigger.since, trigger.until, case.rulebook.on):
                yield LeadsTo(listing, subject, trigger.list, trigger.because, key, trigger.checked)


def _by_measures(case: Case, actions: Iterable[Action]) -> Iterator[LeadsTo]:
    leading = _leading(case.rulebook)
    if not leading:
        return
    for action in actions:
        for part in action.parts:
            rule = leading.get(part.rule)
            if rule is not None and rule.measure is not None:
                measure = rule.measure
                yield LeadsTo(
                    part.listing,
                    action.target,
                    measure.leads_to,
                    measure.does,
                    rule.measure_id,
                    measure.checked,
                )


def _exists(key: str | None, case: Case) -> bool:
    if key is None:
        return True
    kind = case.catalogue.lists[key]
    return covers(kind.since, kind.until, case.rulebook.on)


def _order(item: LeadsTo) -> tuple[str, ...]:
    return (item.listing, item.subject, item.list or "", item.by, item.because.zh)


def _leading_rules(rulebook: Rulebook) -> dict[str, Rule]:
    return {rule.key: rule for rule in rulebook.rules if rule.measure and rule.measure.leads_to}


_leading = Once(_leading_rules)
