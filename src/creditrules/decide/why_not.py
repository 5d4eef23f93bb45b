"""Decide: why a unit does not take a measure against a person: the first conditions that fail."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from creditrules.decide import phrases
from creditrules.decide.case import Case
from creditrules.decide.gather import Reached
from creditrules.decide.reasons import chain, listing_reason, measure_text
from creditrules.decide.requirements import Requirements
from creditrules.decide.unit_names import all_names, units_called
from creditrules.errors import Finding, Span, UsageError
from creditrules.evaluate.fields import Candidate
from creditrules.model.condition import truth_of
from creditrules.model.decision import Action, Reason
from creditrules.model.rulebook import Rule
from creditrules.model.text import Text
from creditrules.model.words import Truth


def why_not(case: Case, actions: Iterable[Action], *, unit: str, measure: str, person: str) -> Reason:
    """Return the outcome for a unit, a measure (`memorandum#key`) and a person, with what makes it so.

    *actions* are those of the decision: what contradicts another measure is withheld, whatever it requires.

    Raises:
        UsageError: CR532 unknown unit, CR533 person not in the dossier, CR534 unknown measure.
    """
    units = _units(case, unit)
    if person not in case.dossier.subjects:
        raise _usage("CR533", person, list(case.dossier.subjects))
    memorandum = _measure(case, measure)
    rules = [r for r in case.rulebook.rules if r.measure_id == measure]
    children: list[Reason] = [*_set_aside(case, measure, person)]
    truth = Truth.FALSE
    for rule in rules:
        outcome = _of_rule(case, rule, unit, units, person)
        children.append(outcome)
        truth = max(truth, outcome.truth or Truth.FALSE)
    if truth is Truth.TRUE and not _is_taken(actions, units, measure, person):
        truth = Truth.UNKNOWN
        children.append(Reason("open", phrases.CONTRADICTS, truth))
    said = phrases.OUTCOME[truth].filled(
        unit=unit, measure=f"{memorandum} {measure.partition('#')[2]}", person=_name(case, person)
    )
    return Reason("action", said, truth, tuple(children))


def _is_taken(actions: Iterable[Action], units: frozenset[str], measure: str, person: str) -> bool:
    return any(
        action.unit in units and action.target == person and f"{part.memorandum}#{part.measure}" == measure
        for action in actions
        for part in action.parts
    )


def _name(case: Case, person: str) -> Text:
    return phrases.name_of(case.dossier.subjects[person], case.catalogue)


def _units(case: Case, name: str) -> frozenset[str]:
    found = units_called(name, case.rulebook)
    if not found:
        raise _usage("CR532", name, all_names(case.rulebook))
    return found


def _measure(case: Case, measure: str) -> str:
    memorandum, _, key = measure.partition("#")
    found = case.catalogue.memoranda.get(memorandum)
    if found is None or key not in {m.key for m in found.measures}:
        known = [f"{m.key}#{x.key}" for m in case.catalogue.memoranda.values() for x in m.measures]
        raise _usage("CR534", measure, known)
    return found.doc_no


def _usage(code: str, given: str, known: list[str]) -> UsageError:
    near = ", ".join(get_close_matches(given, known, n=3, cutoff=0.4))
    words = {
        "given": given,
        "near_en": f"did you mean {near}? " if near else "",
        "near_zh": f"是不是 {near}？" if near else "",
    }
    return UsageError([Finding(code, Span("why-not"), words)])


def _set_aside(case: Case, measure: str, person: str) -> list[Reason]:
    """Return what was set aside of the measure, each reason once; what concerns persons only for persons."""
    memorandum, _, key = measure.partition("#")
    listed = {listing.subject for listing in case.dossier.listings}
    said = dict.fromkeys(
        _aside_text(case, item.text, item.regime)
        for item in case.rulebook.set_aside
        if item.memorandum == memorandum
        and item.measure in (key, None)
        and not (item.reason == "no_express_basis" and person in listed)
    )
    return [Reason("set_aside", text, Truth.FALSE) for text in said]


def _aside_text(case: Case, text: Text, regime: str | None) -> Text:
    title = next((r.title for r in case.rulebook.regimes if r.key == regime), None)
    if title is None:
        return text
    return Text(f"{text.zh}（{title.zh}）", f"{text.en or text.zh} ({title.en or title.zh})")


def _of_rule(case: Case, rule: Rule, unit: str, units: frozenset[str], person: str) -> Reason:
    """Return how one rule comes out for the person: the best of all routes to him."""
    if rule.acts and not units & {act.unit for act in rule.acts}:
        names = "、".join(case.catalogue.units.by_key[act.unit].name.zh for act in rule.acts)
        text = Text(f"实施单位是{names}，不是{unit}", f"the implementing units are {names}, not {unit}")
        return Reason("measure", measure_text(rule), Truth.FALSE, (Reason("note", text, Truth.FALSE),))
    opened = tuple(Reason("open", o.text, Truth.UNKNOWN) for o in rule.open)
    routes = [c for c in case.routes.values() if c.target.id == person and c.seen.listing.list in rule.lists]
    if not routes:
        return Reason("measure", measure_text(rule), Truth.FALSE, (*opened, _unreached(case, rule)))
    outcomes = [_of_route(case, rule, candidate) for candidate in routes]
    truth = max(o.truth or Truth.FALSE for o in outcomes)
    if opened:
        truth = min(truth, Truth.UNKNOWN)
    # Of several routes the ones that came nearest say most.
    shown = tuple(o for o in outcomes if (o.truth or Truth.FALSE) >= truth)
    return Reason("measure", measure_text(rule), truth, (*opened, *shown))


def _unreached(case: Case, rule: Rule) -> Reason:
    titles = "、".join(case.catalogue.lists[key].title.zh for key in sorted(rule.lists))
    text = Text(
        f"卷宗中没有经由{titles}及于此人的列入", f"no listing on {titles} reaches this person in the dossier"
    )
    return Reason("coverage", text, Truth.FALSE)


def _of_route(case: Case, rule: Rule, candidate: Candidate) -> Reason:
    lookup = case.lookup(candidate)
    condition = case.condition(rule.number)
    truth = truth_of(condition, lookup, case.rulebook.on)
    pieces = Requirements(case, rule, candidate, lookup).pieces(truth)
    listing = listing_reason(candidate, case)
    reached = Reached(case, candidate)
    extra: tuple[Reason, ...] = ()
    if truth is Truth.UNKNOWN and (end := reached.over(rule)) is not None:
        truth, extra = Truth.FALSE, _ran_out(end)
    elif truth is Truth.TRUE and not rule.open:
        truth, extra = _of_period(reached, rule)
    return Reason("listing", listing.text, truth, (*chain(candidate, case), *pieces, *extra))


def _of_period(reached: Reached, rule: Rule) -> tuple[Truth, tuple[Reason, ...]]:
    """A rule whose conditions hold may still have run out, or have no end to be taken with."""
    span = reached.span(rule)
    if span.until is not None and span.until < reached.case.rulebook.on:
        return Truth.FALSE, _ran_out(span.until)
    if span.is_open(reached.candidate.seen.listing.review):
        return Truth.UNKNOWN, (Reason("end", phrases.NEEDS_END, Truth.UNKNOWN),)
    return Truth.TRUE, ()


def _ran_out(end: date) -> tuple[Reason, ...]:
    text = Text(f"措施已于 {end} 期满", f"the measure ran out on {end}")
    return (Reason("period", text, Truth.FALSE),)
